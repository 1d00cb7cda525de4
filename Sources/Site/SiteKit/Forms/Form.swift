/// A form with its fields, the answers and the faults.
///
/// Input is kept when a form is refused, except for passwords.
package struct Form: Sendable {
    package private(set) var fields: [FormField]
    /// Faults of the form as a whole, each with the part of the page to link to.
    private var general: [(text: String, href: String?)] = []

    package init(_ fields: [FormField]) { self.fields = fields }

    /// Fills the form with the answers in a body.
    package mutating func take(_ body: FormBody) {
        for index in fields.indices where fields[index].kind != .password {
            switch fields[index].kind {
            case .box: fields[index].value = body.has(fields[index].name) ? "1" : ""
            case .choice(let options):
                guard let value = body.value(fields[index].name), options.contains(where: { $0.value == value }) else {
                    continue
                }
                fields[index].value = value
            default: if let value = body.value(fields[index].name) { fields[index].value = value }
            }
        }
    }

    /// Adds a fault of one field; only the first fault of a field is kept.
    package mutating func fail(_ name: String, _ text: String) {
        guard let index = fields.firstIndex(where: { $0.name == name && $0.kind != .hidden }) else {
            fail(text)
            return
        }
        if fields[index].fault == nil { fields[index].fault = text }
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

    package mutating func add(_ field: FormField) { fields.append(field) }

    /// Whether the form asks for a password without asking for the login that belongs to it.
    package var hasPassword: Bool {
        fields.contains { $0.kind == .password } && !fields.contains { $0.autocomplete == "username" }
    }

    package var hasFaults: Bool { !general.isEmpty || fields.contains { $0.fault != nil } }

    /// The current value of a field.
    package subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// The fields as their templates show them.
    var views: [FieldView] { fields.map(\.view) }

    /// Whether a visible field is required.
    var hasRequired: Bool { fields.contains { $0.isRequired && $0.kind != .hidden } }

    /// The summary of faults: those of the form, then those of fields with a link to each.
    var faults: [TextLink] {
        general.map { TextLink(href: $0.href, text: $0.text) }
            + fields.compactMap { field in field.fault.map { TextLink(href: "#\(field.id)", text: $0) } }
    }
}
