/// An error in a template or a page model, found when the server starts.
package enum TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text is not a well-formed template.
    case malformed(template: String, line: Int, reason: String)
    /// A partial, parent or page names a template that does not exist.
    case unknownTemplate(String, usedBy: String)
    /// A tag names a member that the models in its context do not have, or uses one in a way its type does not allow.
    case unusableMember(String, template: String, line: Int, reason: String)
    /// A tag names a constant, such as a word, that does not exist.
    case unknownConstant(String, template: String, line: Int)
    /// A model has a member of a type that templates cannot show.
    case unsupportedModel(String, reason: String)
    /// A page was rendered whose model is not among those of the library.
    case notCompiled(String)

    /// What is wrong, and where.
    package var description: String {
        switch self {
        case .malformed(let template, let line, let reason): "\(template), line \(line): \(reason)"
        case .unknownTemplate(let name, let user): "\(user) uses the template \(name), which does not exist"
        case .unusableMember(let name, let template, let line, let reason):
            "\(template), line \(line): {{\(name)}}: \(reason)"
        case .unknownConstant(let name, let template, let line):
            "\(template), line \(line): {{\(name)}} does not exist"
        case .unsupportedModel(let model, let reason): "the model \(model) \(reason)"
        case .notCompiled(let model): "no template was compiled for the model \(model)"
        }
    }
}
