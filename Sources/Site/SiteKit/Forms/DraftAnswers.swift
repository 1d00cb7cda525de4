/// What was typed into an unfinished form.
package struct DraftAnswers: Sendable, Equatable, Codable {
    /// A field as the browser sent it.
    package struct Field: Sendable, Equatable, Codable {
        /// Its name.
        package let name: String
        /// What was typed.
        package let value: String

        /// Makes a field of its name and value.
        package init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }

    /// The fields, without passwords, codes and tokens.
    package private(set) var fields: [Field]

    /// Makes answers of fields in their order.
    package init(fields: [Field] = []) { self.fields = fields }

    /// Replaces the answers to the fields of a form with those that it holds now.
    package mutating func replace(_ form: Form) {
        let names = Set(
            form.fields.flatMap { field in
                [field.name, field.keptName] + field.partNames.map { "\(field.name)_\($0)" }
            }
        )
        fields.removeAll { names.contains($0.name) }
        fields += form.fields.flatMap(\.answers).map { Field(name: $0.name, value: $0.value) }
    }

    /// The ids of the files that it names.
    var keptIDs: [String] { fields.filter { $0.name.hasSuffix(FormField.keptSuffix) }.map(\.value) }

    /// The draft as a body, to fill forms with.
    package var body: FormBody { FormBody(fields.map { ($0.name, $0.value) }) }
}
