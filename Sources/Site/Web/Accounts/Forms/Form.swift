/// A form as it stands: its questions, what was answered, and what is wrong with the answers.
///
/// What was typed is kept through every refusal; passwords never are.
struct Form: Sendable {
    private(set) var fields: [FormField]
    /// Faults of the form as a whole, each with the part of the page that it leads to.
    private var general: [(text: String, href: String?)] = []

    init(_ fields: [FormField]) { self.fields = fields }

    /// Takes the answers of a body over.
    mutating func take(_ body: FormBody) {
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

    /// Says what is wrong with one answer; the first fault of a field stands.
    mutating func fail(_ name: String, _ text: String) {
        guard let index = fields.firstIndex(where: { $0.name == name && $0.kind != .hidden }) else {
            fail(text)
            return
        }
        if fields[index].fault == nil { fields[index].fault = text }
    }

    /// Says what is wrong with the form as a whole, or with a part of the page that is no field.
    mutating func fail(_ text: String, linkingTo id: String? = nil) { general.append((text, id.map { "#" + $0 })) }

    /// Puts a hint beside a field; nothing where the form has no such field.
    mutating func hint(_ name: String, _ text: String) {
        guard let index = fields.firstIndex(where: { $0.name == name }) else { return }
        fields[index].hint = text
    }

    mutating func add(_ field: FormField) { fields.append(field) }

    /// Whether the form asks for a password but not for the login that it belongs to.
    var hasPassword: Bool {
        fields.contains { $0.kind == .password } && !fields.contains { $0.autocomplete == "username" }
    }

    var hasFaults: Bool { !general.isEmpty || fields.contains { $0.fault != nil } }

    /// The answer to a question as it stands in the form.
    subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// The members for the template: the fields, and the summary of faults with its links.
    var context: PageContext {
        let links = fields.compactMap { field in
            field.fault.map { ["href": "#\(field.id)", "text": $0] as PageContext }
        }
        let faults = general.map { fault in
            var item: PageContext = ["text": fault.text]
            item["href"] = fault.href
            return item
        }
        var context: PageContext = [
            "fields": fields.map(\.context), "has_required": fields.contains { $0.isRequired && $0.kind != .hidden },
        ]
        context["faults"] = faults + links
        context["has_faults"] = hasFaults
        return context
    }
}
