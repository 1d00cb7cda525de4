import NIOCore

/// All templates of a site, parsed once, and those of its pages compiled for each language.
package struct TemplateLibrary: Sendable {
    private var templates: [String: [TemplateNode]]

    /// Parses templates.
    ///
    /// - Parameter sources: the text of each template by its name.
    /// - Throws: `TemplateError.malformed`.
    package init(_ sources: [String: String]) throws(TemplateError) {
        var templates: [String: [TemplateNode]] = [:]
        for (name, text) in sources { templates[name] = try TemplateParser.parse(text, name: name) }
        self.templates = templates
    }

    /// The names of all templates.
    var names: [String] { Array(templates.keys) }

    /// Compiles a template.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - models: the types of the values that it is filled with, outermost first; a name is searched from the last.
    ///   - constants: texts by prefix and key: `{{t.home}}` is `constants["t"]["home"]`.
    ///   - isEscaped: whether values and constants are escaped for HTML.
    /// - Throws: `TemplateError` when it names what does not exist.
    package func compile(
        _ name: String,
        for models: [any Decodable.Type],
        constants: [String: [String: String]] = [:],
        isEscaped: Bool = true
    ) throws(TemplateError) -> TemplateProgram {
        var schemas: [ModelSchema] = []
        for model in models { schemas.append(try ModelSchema.of(model)) }
        return try TemplateCompiler.compile(
            name,
            for: schemas,
            templates: templates,
            constants: constants,
            isEscaped: isEscaped
        )
    }

    /// A library in which some templates are already filled.
    ///
    /// - Parameters:
    ///   - names: the templates, which then show the same on every page.
    ///   - model: their values.
    ///   - constants: as for `compile`.
    /// - Throws: `TemplateError` when they name what does not exist.
    package func filling<Model: Codable>(
        _ names: [String],
        with model: Model,
        constants: [String: [String: String]]
    ) throws(TemplateError) -> TemplateLibrary {
        var filled = self
        for name in names {
            let program = try compile(name, for: [Model.self], constants: constants)
            do {
                filled.templates[name] = [.text(Array(try program.render([model]).readableBytesView))]
            } catch let error as TemplateError {
                throw error
            } catch {
                throw .unsupportedModel("\(Model.self)", reason: "\(error)")
            }
        }
        return filled
    }
}
