/// One field of a form, as its template shows it.
package struct FieldView: Codable, Sendable {
    /// The template of each type of control.
    package enum Template: String, CaseIterable, TemplateChoice {
        case line = "account/field_line"
        case password = "account/field_password"
        case box = "account/field_box"
        case choice = "account/field_choice"
        case hidden = "account/field_hidden"

        package static var sample: Self { .line }
    }

    /// One option of a choice.
    package struct Option: Codable, Sendable {
        package let id: String
        package let name: String
        package let value: String
        package let label: String
        package let hint: String?
        package let checked: Bool
    }

    package let template: Template
    package let id: String
    package let name: String
    package let label: String
    package let hint: String?
    package let fault: String?
    /// The ids of what a screen reader reads after the label: the hint, then the fault.
    package let described: String?
    package let required: Bool
    package let code: Bool
    package let autocomplete: String?
    package var type: String?
    package var inputMode: String?
    package var value: String?
    package var checked = false
    package var options: [Option] = []
}
