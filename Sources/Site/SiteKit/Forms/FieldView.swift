import Civic

/// One field of a form, as its template shows it.
package struct FieldView: Codable, Sendable {
    /// The template of each type of control.
    package enum Template: String, CaseIterable, TemplateChoice {
        case line = "account/field_line"
        case text = "account/field_text"
        case password = "account/field_password"
        case box = "account/field_box"
        case choice = "account/field_choice"
        case cards = "account/field_cards"
        case select = "account/field_select"
        case date = "account/field_date"
        case files = "account/field_files"
        case address = "account/field_address"
        case point = "account/field_point"
        case groupStart = "account/group_start"
        case groupEnd = "account/group_end"
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

    /// Options under a heading.
    package struct Group: Codable, Sendable {
        package let group: String?
        package let options: [Option]
    }

    /// The files of a field, and what they may be.
    package struct Files: Codable, Sendable {
        /// A file that came with the form before.
        package struct Kept: Codable, Sendable {
            package let id: String
            package let name: String
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

        package let kept: [Kept]
        package let hasKept: Bool
        /// Why each of some other files was not accepted.
        package let refused: [String]
        package let hasRefused: Bool
        /// The value of the attribute `accept`.
        package let accept: String
        /// The extensions, for the script.
        package let endings: String
        package let multiple: Bool
        package let count: Int
        package let bytes: Int
        package let tooLarge: String
        package let tooMany: String
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
    package var groups: [Group] = []
    /// The visible lines and the most characters of a text.
    package var rows: Int?
    package var limit: Int?
    /// The parts of a date beside its months, which are options.
    package var day: String?
    package var year: String?
    package var files: Files?
    /// The parts of a place, and whether they are open.
    package var lat: String?
    package var isAddressWrong = false
    package var isLatWrong = false
    package var isLonWrong = false
    /// The address that the pin on the map gave.
    package var named: String?
    package var lon: String?
    package var open = false
    /// The field and the value that a group depends on.
    package var when: String?
    package var whenValue: String?
}
