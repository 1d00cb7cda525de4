/// A form with its fields, the answers and the faults.
///
/// Input is kept when a form is refused, except for passwords.
package struct Form: Sendable {
    /// The fields in order.
    package private(set) var fields: [FormField]
    /// Faults of the form as a whole, each with the part of the page to link to.
    private var general: [(text: String, href: String?)] = []

    /// Makes a form of its fields.
    package init(_ fields: [FormField]) { self.fields = fields }

    /// Fills the form with the answers in a body.
    package mutating func take(_ body: FormBody) {
        for index in fields.indices where fields[index].kind != .password {
            let name = fields[index].name
            for part in fields[index].partNames {
                if let value = body.value("\(name)_\(part)") { fields[index].parts[part] = value }
            }
            if fields[index].kind == .box {
                fields[index].value = body.has(name) ? "1" : ""
            } else if let value = body.value(name), fields[index].choices?.contains(value) ?? true {
                fields[index].value = value
            }
        }
    }

    /// Sets the files of a field.
    mutating func setFiles(_ name: String, _ files: [KeptFile]) {
        guard let index = fields.firstIndex(where: { $0.name == name }) else { return }
        fields[index].files = files
    }

    /// Records the files of a field that were not accepted, each with its reason.
    mutating func refuseFiles(_ name: String, _ messages: [String], _ words: Strings) {
        guard let first = messages.first, let index = fields.firstIndex(where: { $0.name == name }), applies[index]
        else { return }
        fail(name, messages.count == 1 ? first : words.count("files_refused", messages.count))
        // Another fault of the field may have been recorded first, and every refused file must be reported.
        fields[index].refusals = fields[index].fault == first ? [] : messages
    }

    /// The field of a name; nil when the form has none or it is in a group that does not apply.
    func applying(_ name: String) -> FormField? {
        fields.firstIndex { $0.name == name }.flatMap { applies[$0] ? fields[$0] : nil }
    }

    /// Whether each field applies: the conditions of all groups around it are met.
    private var applies: [Bool] {
        var (open, applies): ([Bool], [Bool]) = ([], [])
        var values: [String: String] = [:]
        for field in fields {
            if case .groupStart(let condition) = field.kind {
                open.append(condition.map { values[$0.name] == $0.value } ?? true)
            }
            let isApplying = !open.contains(false)
            applies.append(isApplying)
            if isApplying { values[field.name] = field.value }
            if field.kind == .groupEnd, !open.isEmpty { open.removeLast() }
        }
        return applies
    }

    /// The labels and the answers of all fields that apply, as text in the reader's language.
    package func answersShown(_ words: Strings) -> [(label: String, value: String)] {
        zip(fields, applies).compactMap { field, isApplying in
            guard isApplying, let value = field.shown(words) else { return nil }
            return (field.answerLabel ?? field.label, value.isEmpty ? words["answer_none"] : value)
        }
    }

    /// Adds a fault of one field; only the first fault of a field is kept.
    ///
    /// - Parameter part: which of its inputs is wrong; nil for the field as a whole.
    package mutating func fail(_ name: String, _ text: String, part: String? = nil) {
        guard let index = fields.firstIndex(where: { $0.name == name && $0.takesFaults }) else {
            fail(text)
            return
        }
        guard fields[index].fault == nil, applies[index] else { return }
        (fields[index].fault, fields[index].faultPart) = (text, part)
    }

    /// Adds a fault of the form as a whole, or of a part of the page that is not a field.
    package mutating func fail(_ text: String, linkingTo id: String? = nil) {
        general.append((text, id.map { "#" + $0 }))
    }

    /// Sets the hint of a field; does nothing when the form has no such field.
    package mutating func hint(_ name: String, _ text: String) {
        guard let index = fields.firstIndex(where: { $0.name == name }) else { return }
        fields[index].hint = text
    }

    /// Adds a field at the end.
    package mutating func add(_ field: FormField) { fields.append(field) }

    /// Whether the form asks for a password without asking for the login that belongs to it.
    package var hasPassword: Bool {
        fields.contains { $0.kind == .password } && !fields.contains { $0.autocomplete == "username" }
    }

    /// Whether the form or one of its fields has a fault.
    package var hasFaults: Bool { !general.isEmpty || fields.contains { $0.fault != nil } }

    /// The current value of a field; empty when it is in a group that does not apply.
    package subscript(name: String) -> String { applying(name)?.value ?? "" }

    /// The fields as their templates show them.
    ///
    /// - Parameter words: the texts in the reader's language.
    func views(_ words: Strings) -> [FieldView] { fields.map { $0.view(words) } }

    /// Whether the form has fields for files.
    var hasFiles: Bool { fields.contains { if case .files = $0.kind { true } else { false } } }

    /// Whether a visible field is required.
    var hasRequired: Bool { fields.contains { $0.isRequired && $0.kind != .hidden } }

    /// The summary of faults: those of the form, then those of fields with a link to each.
    var faults: [TextLink] {
        general.map { TextLink(href: $0.href, text: $0.text) }
            + fields.compactMap { field in field.fault.map { TextLink(href: "#\(field.faultyID)", text: $0) } }
    }
}
