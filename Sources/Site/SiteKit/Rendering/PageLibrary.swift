package import NIOCore

/// The templates of all pages, compiled for each language.
package struct PageLibrary: Sendable {
    private struct Key: Hashable {
        let page: ObjectIdentifier
        let language: String
    }

    private var programs: [Key: TemplateProgram] = [:]

    /// Makes an empty library.
    package init() {}

    /// Compiles the template of a page for a language.
    ///
    /// - Parameters:
    ///   - page: the model of the page.
    ///   - frames: the models around it, outermost first, which are searched after that of the page.
    ///   - language: the code of the language.
    ///   - templates: the parsed templates.
    ///   - constants: the texts of the language by prefix and key.
    /// - Throws: `TemplateError` when the template names what its models do not have.
    package mutating func add(
        _ page: any PageModel.Type,
        in frames: [any Codable.Type],
        language: String,
        from templates: TemplateLibrary,
        constants: [String: [String: String]]
    ) throws(TemplateError) {
        let program = try templates.compile(page.template, for: frames + [page], constants: constants)
        programs[Key(page: ObjectIdentifier(page), language: language)] = program
    }

    /// Renders a page.
    ///
    /// - Parameters:
    ///   - page: a page whose model was added.
    ///   - frames: the values of the models around it, outermost first.
    /// - Throws: `TemplateError.notCompiled` when its model was not added for the language, or in other frames.
    package func render(_ page: any PageModel, in frames: [any Codable], language: String) throws -> ByteBuffer {
        guard let program = programs[Key(page: ObjectIdentifier(type(of: page)), language: language)],
            program.schemas.count == frames.count + 1
        else { throw TemplateError.notCompiled("\(type(of: page))") }
        return try program.render(frames + [page])
    }
}
