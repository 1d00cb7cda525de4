/// What a template may name in a model: its members and their types.
final class ModelSchema: Sendable {
    /// A named member.
    struct Member: Sendable {
        /// The name in Swift.
        let key: String
        /// The name in templates.
        let name: String
        let schema: ModelSchema
    }

    /// How a template treats a value.
    enum Kind: Sendable {
        case text
        case number
        case flag
        /// The name of one of several templates.
        case choice([String])
        /// A list; its elements have the schema `element`.
        case list
        /// A structure with `members`.
        case object
    }

    /// The name of the type, for errors.
    let type: String
    let kind: Kind
    let members: [Member]
    /// The elements of a list.
    let element: ModelSchema?

    init(type: String, kind: Kind, members: [Member] = [], element: ModelSchema? = nil) {
        (self.type, self.kind, self.members, self.element) = (type, kind, members, element)
    }

    /// The position of a member by its name in templates.
    func slot(named name: String) -> Int? { members.firstIndex { $0.name == name } }

    /// The members of a type.
    ///
    /// - Throws: `TemplateError.unsupportedModel`.
    static func of<Model: Decodable>(_ type: Model.Type) throws(TemplateError) -> ModelSchema {
        do {
            return try SchemaReader.read(type, depth: 0).schema
        } catch let error as TemplateError {
            throw error
        } catch {
            throw .unsupportedModel("\(type)", reason: "cannot be read: \(error)")
        }
    }

    /// The name of a member in templates: `pageData` is `page_data`.
    static func templateName(_ key: String) -> String {
        var name = ""
        for character in key {
            if character.isUppercase {
                name += "_" + character.lowercased()
            } else {
                name.append(character)
            }
        }
        return name
    }
}
