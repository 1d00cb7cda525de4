/// The values of one page: all that its template may name.
///
/// A model is a struct of texts, whole numbers, Booleans, other such structs, lists and optionals of these. Its template
/// names the members in snake case: `pageData` is `{{page_data}}`. `Codable` is synthesized, never written by hand: encoding
/// hands the values to the template, decoding determines the members when the server starts.
package protocol PageModel: Codable, Sendable {
    /// The name of the template.
    static var template: String { get }
}

/// A member that chooses between partials: `{{>*member}}`.
package protocol TemplateChoice: Codable {
    /// The names of all templates that can be chosen.
    static var templates: [String] { get }
    /// A value, needed to find the members beside this one.
    static var sample: Self { get }
}

extension TemplateChoice where Self: CaseIterable & RawRepresentable, RawValue == String {
    /// The names of the templates that can be chosen.
    package static var templates: [String] { allCases.map(\.rawValue) }
}
