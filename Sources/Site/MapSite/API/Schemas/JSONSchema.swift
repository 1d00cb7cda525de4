import SiteKit

/// A JSON Schema (draft 2020-12), as far as the answers of the API need it.
indirect enum JSONSchema: Sendable {
    /// A member of an object.
    typealias Member = (name: String, schema: JSONSchema)

    /// A string.
    case text
    /// A string from a list.
    case words([String])
    /// Exactly this boolean.
    case flag(Bool)
    case boolean
    case integer(ClosedRange<Int>? = nil)
    /// Exactly this whole number.
    case number(is: Int)
    /// A decimal number.
    case decimal(atLeast: Double? = nil, atMost: Double? = nil)
    case array(JSONSchema)
    /// An array with as many elements as there are schemas, each of which matches one of them.
    ///
    /// The order is not stated: tools that test against the document do not support `prefixItems` in answers.
    case tuple([JSONSchema])
    /// An object with these members; an open one may have further members, defined by an external format.
    case object([Member], optional: [Member] = [], isOpen: Bool = false)
    /// An object whose member names are data.
    case map(JSONSchema)
    /// A schema of the document's components.
    case named(AnswerSchema)
    /// Exactly null.
    case null
    /// A value of one of these schemas.
    case either([JSONSchema])
    /// Bytes of a media type that is not text.
    case bytes(mediaType: String)

    /// The schema or null.
    static func optional(_ schema: JSONSchema) -> JSONSchema { .either([schema, .null]) }

    /// Writes the schema as a JSON object.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        members(&writer)
        writer.endObject()
    }

    private func members(_ writer: inout JSONWriter) {
        switch self {
        case .text: type("string", &writer)
        case .words(let words):
            writer.key("enum")
            writer.strings(words)
        case .flag(let value):
            writer.key("const")
            writer.bool(value)
        case .boolean: type("boolean", &writer)
        case .integer(let range):
            type("integer", &writer)
            bounds(range.map { Double($0.lowerBound) }, range.map { Double($0.upperBound) }, &writer)
        case .number(is: let value):
            writer.key("const")
            writer.integer(value)
        case .decimal(let least, let most):
            type("number", &writer)
            bounds(least, most, &writer)
        case .array(let element):
            type("array", &writer)
            writer.key("items")
            element.write(to: &writer)
        case .tuple(let elements): tuple(elements, &writer)
        case .object(let members, let optional, let isOpen): object(members, optional, isOpen: isOpen, &writer)
        case .map(let value):
            type("object", &writer)
            writer.key("additionalProperties")
            value.write(to: &writer)
        case .named(let schema):
            writer.key("$ref")
            writer.string("#/components/schemas/\(schema.rawValue)")
        case .null: type("null", &writer)
        case .either(let schemas):
            writer.key("anyOf")
            writer.beginArray()
            for schema in schemas { schema.write(to: &writer) }
            writer.endArray()
        case .bytes(let mediaType):
            type("string", &writer)
            writer.key("contentMediaType")
            writer.string(mediaType)
        }
    }

    private func type(_ name: String, _ writer: inout JSONWriter) {
        writer.key("type")
        writer.string(name)
    }

    private func bounds(_ least: Double?, _ most: Double?, _ writer: inout JSONWriter) {
        if let least {
            writer.key("minimum")
            writer.number(least, decimals: 6)
        }
        if let most {
            writer.key("maximum")
            writer.number(most, decimals: 6)
        }
    }

    private func tuple(_ elements: [JSONSchema], _ writer: inout JSONWriter) {
        type("array", &writer)
        writer.key("minItems")
        writer.integer(elements.count)
        writer.key("maxItems")
        writer.integer(elements.count)
        writer.key("items")
        JSONSchema.either(elements).write(to: &writer)
    }

    private func object(_ members: [Member], _ optional: [Member], isOpen: Bool, _ writer: inout JSONWriter) {
        type("object", &writer)
        writer.key("required")
        writer.strings(members.map(\.name))
        writer.key("properties")
        writer.beginObject()
        for member in members + optional {
            writer.name(member.name)
            member.schema.write(to: &writer)
        }
        writer.endObject()
        writer.key("additionalProperties")
        writer.bool(isOpen)
    }
}
