import Civic

/// One field of a form, as its template shows it.
package struct FieldView: Codable, Sendable {
    /// The template of each type of control.
    package enum Template: String, CaseIterable, TemplateChoice {
        case line = "form/field_line"
        case text = "form/field_text"
        case password = "form/field_password"
        case box = "form/field_box"
        case choice = "form/field_choice"
        case cards = "form/field_cards"
        case select = "form/field_select"
        case date = "form/field_date"
        case files = "form/field_files"
        case address = "form/field_address"
        case point = "form/field_point"
        case groupStart = "form/group_start"
        case groupEnd = "form/group_end"
        case hidden = "form/field_hidden"

        /// The template with which pages are checked at start.
        package static var sample: Self { .line }
    }

    /// One option of a choice.
    package struct Option: Codable, Sendable {
        /// The id of the element.
        package let id: String
        /// The name under which the browser sends it.
        package let name: String
        /// The value that is sent when it is chosen.
        package let value: String
        /// The visible label.
        package let label: String
        /// The hint below the label; nil for none.
        package let hint: String?
        /// Whether it is chosen.
        package let checked: Bool
    }

    /// Options under a heading.
    package struct Group: Codable, Sendable {
        /// The heading; nil for options without one.
        package let group: String?
        /// The options in order.
        package let options: [Option]
    }

    /// The files of a field, and the rules for them.
    package struct Files: Codable, Sendable {
        /// A file that came with an earlier submission of the form.
        package struct Kept: Codable, Sendable {
            /// The id of the kept file.
            package let id: String
            /// The name of the file.
            package let name: String
            /// The size, as text in the language of the page.
            package let size: String
            /// The name of the field.
            package let field: String
            /// The address for saving the file; nil when it is not an attachment or must not be seen yet.
            package let href: String?
            /// The address of the thumbnail of a picture.
            package let picture: String?
            /// What is still to be done with the file.
            package let state: String?

            init(_ file: KeptFile, of rule: FileRules.Field, _ words: Strings) {
                (id, name, size, field) = (file.id, file.name, words.size(file.size), rule.name)
                let isAwaiting = file.attachment?.isAwaitingScan ?? false
                let isShown = file.attachment != nil && !isAwaiting
                href = isShown ? UnfinishedFiles.address(of: file) : nil
                let isPicture = isShown && file.attachment?.hasThumbnail == true
                picture = isPicture ? UnfinishedFiles.thumbnailAddress(of: file) : nil
                state = isAwaiting ? words["file_awaits_scan"] : nil
            }
        }

        /// The files that came with an earlier submission of the form.
        package let kept: [Kept]
        /// Whether there are such files.
        package let hasKept: Bool
        /// The reasons why other files were not accepted, one for each file.
        package let refused: [String]
        package let hasRefused: Bool
        /// The value of the attribute `accept`.
        package let accept: String
        /// The extensions, for the script.
        package let endings: String
        /// Whether several files can be chosen.
        package let multiple: Bool
        /// The maximum number of files.
        package let count: Int
        /// The maximum size of a file, in bytes.
        package let bytes: Int
        /// The message for a file that is too large.
        package let tooLarge: String
        /// The message for too many files.
        package let tooMany: String
        /// The message for a file of another format.
        package let wrongFormat: String

        init(_ rule: FileRules.Field, _ files: [KeptFile], refused: [String], _ words: Strings) {
            kept = files.map { Kept($0, of: rule, words) }
            (hasKept, self.refused, hasRefused) = (!files.isEmpty, refused, !refused.isEmpty)
            accept = rule.formats.flatMap { [$0.mediaType] + $0.extensions.map { "." + $0 } }.joined(separator: ",")
            endings = rule.formats.flatMap(\.extensions).joined(separator: ",")
            (multiple, count, bytes) = (rule.count > 1, rule.count, rule.bytes)
            tooLarge = words.text("file_too_large", ["limit": words.size(rule.bytes)])
            tooMany = words.text("file_too_many", ["n": words.number(rule.count)])
            wrongFormat = words.otherFormat(than: rule.formats)
        }
    }

    /// The template that shows the field.
    package let template: Template
    /// The id of the control.
    package let id: String
    /// The name under which the value is sent.
    package let name: String
    /// The visible label.
    package let label: String
    /// The hint below the label; nil for none.
    package let hint: String?
    /// The message about what is wrong; nil when nothing is.
    package let fault: String?
    /// The ids of what a screen reader reads after the label: the hint, then the fault.
    package let described: String?
    /// Whether the field must be filled in.
    package let required: Bool
    /// Whether the text is left-to-right and outside any dictionary, such as an address.
    package let code: Bool
    /// The value of the attribute `autocomplete`; nil for none.
    package let autocomplete: String?
    /// The value of the attribute `type` of a line.
    package var type: String?
    /// The value of the attribute `inputmode` of a line; nil for none.
    package var inputMode: String?
    /// The value as typed.
    package var value: String?
    /// Whether a checkbox is checked.
    package var checked = false
    /// The options of a choice.
    package var options: [Option] = []
    /// The options of a list, in groups.
    package var groups: [Group] = []
    /// The number of visible lines of a text.
    package var rows: Int?
    /// The maximum number of characters of a text.
    package var limit: Int?
    /// The day of a date, as typed; its months are options.
    package var day: String?
    /// The year of a date, as typed.
    package var year: String?
    /// The files of the field, and the rules for them.
    package var files: Files?
    /// The latitude of a place, as typed.
    package var lat: String?
    /// Whether the address of a place is wrong.
    package var isAddressWrong = false
    /// Whether the latitude of a place is wrong.
    package var isLatWrong = false
    /// Whether the longitude of a place is wrong.
    package var isLonWrong = false
    /// The address that the pin on the map yielded.
    package var named: String?
    /// The longitude of a place, as typed.
    package var lon: String?
    /// Whether the inputs for the position are shown.
    package var open = false
    /// The name of the field that a group depends on.
    package var when: String?
    /// The value of that field for which the group applies.
    package var whenValue: String?
}
