/// One field of a form; `FieldView` names the template that shows each kind.
package struct FormField: Sendable {
    /// The type of control.
    package enum Kind: Sendable, Equatable {
        /// One line; `type` and `inputMode` choose the keyboard on a phone.
        case line(type: String, inputMode: String?)
        /// A secret, which is never sent back in a page.
        case password
        /// A checkbox with its label.
        case box
        /// One of several options.
        case choice([Option])
        /// Several lines, with the number of visible lines and the maximum number of Unicode scalars.
        case text(rows: Int, limit: Int)
        /// One of several options in a list.
        case select([OptionGroup])
        /// One of several options, each on a card.
        case cards([Option])
        /// A date in three parts.
        case date
        /// Files.
        case files(FileRules.Field)
        /// An address with suggestions.
        case address
        /// A place: an address and a position.
        case point
        /// The start of a group, and when it applies.
        case groupStart(Condition?)
        /// The end of a group.
        case groupEnd
        /// A hidden field.
        case hidden
    }

    /// One option of a choice.
    package struct Option: Sendable, Equatable {
        /// The value that is sent when it is chosen.
        package let value: String
        /// The visible label.
        package let label: String
        /// The hint below the label; nil for none.
        package let hint: String?

        /// Makes an option.
        package init(_ value: String, _ label: String, hint: String? = nil) {
            (self.value, self.label, self.hint) = (value, label, hint)
        }
    }

    /// The name under which the value is sent.
    package let name: String
    /// The type of control.
    package let kind: Kind
    /// The visible label.
    package let label: String
    /// The label of its answer where answers are shown, when the label is a sentence in the first person.
    package var answerLabel: String?
    /// The hint below the label; nil for none.
    package var hint: String?
    /// The value of the attribute `autocomplete`; nil for none.
    package var autocomplete: String?
    /// Whether the field must be filled in.
    package var isRequired = true
    /// Whether the input is left-to-right text outside any dictionary, such as an address.
    package var isCode = false
    /// The value as typed.
    package var value = ""
    /// The parts of a field of several inputs, as typed.
    package var parts: [String: String] = [:]
    /// The files that came with an earlier submission of the form.
    package var files: [KeptFile] = []
    /// The reasons why other files were not accepted, one for each file, unless the fault already says so.
    var refusals: [String] = []
    /// The message about what is wrong; nil when nothing is.
    package var fault: String?
    /// The part of the field that is wrong; nil for the field as a whole.
    var faultPart: String?

    init(name: String, kind: Kind, label: String, isRequired: Bool = true) {
        (self.name, self.kind, self.label, self.isRequired) = (name, kind, label, isRequired)
    }

    /// A field of one line.
    package static func line(
        _ name: String,
        _ label: String,
        type: String = "text",
        inputMode: String? = nil
    ) -> FormField {
        FormField(name: name, kind: .line(type: type, inputMode: inputMode), label: label)
    }

    /// A field for an e-mail address.
    package static func email(_ name: String, _ label: String) -> FormField {
        var field = line(name, label, type: "email", inputMode: "email")
        field.autocomplete = "email"
        field.isCode = true
        return field
    }

    /// A field for a secret, whose name must be one of `FormBody.secrets`.
    package static func password(_ name: String, _ label: String, autocomplete: String) -> FormField {
        assert(FormBody.secrets.contains(name), "\(name) would be kept after the session has ended")
        var field = FormField(name: name, kind: .password, label: label)
        field.autocomplete = autocomplete
        return field
    }

    /// A checkbox.
    package static func box(_ name: String, _ label: String, isRequired: Bool = false) -> FormField {
        FormField(name: name, kind: .box, label: label, isRequired: isRequired)
    }

    /// One of several options.
    package static func choice(_ name: String, _ label: String, _ options: [Option], value: String) -> FormField {
        var field = FormField(name: name, kind: .choice(options), label: label)
        field.value = value
        return field
    }

    /// A hidden field.
    package static func hidden(_ name: String, _ value: String) -> FormField {
        var field = FormField(name: name, kind: .hidden, label: "", isRequired: false)
        field.value = value
        return field
    }

    /// A copy with the given properties changed.
    package func with(
        hint: String? = nil,
        autocomplete: String? = nil,
        isRequired: Bool? = nil,
        value: String? = nil,
        answerLabel: String? = nil
    )
        -> FormField
    {
        var field = self
        if let hint { field.hint = hint }
        if let autocomplete { field.autocomplete = autocomplete }
        assert(
            field.autocomplete != "one-time-code" || FormBody.secrets.contains(name),
            "\(name) would be kept after the session has ended"
        )
        if let isRequired { field.isRequired = isRequired }
        if let value { field.value = value }
        if let answerLabel { field.answerLabel = answerLabel }
        return field
    }
}
