/// Finds the members of a model by decoding it without data and recording which members it requests.
///
/// Every list is given one element and every optional a value, so that members inside them are found as well.
struct SchemaReader: Decoder {
    /// What one value has requested so far.
    final class Record {
        var kind: ModelSchema.Kind?
        var members: [ModelSchema.Member] = []
        var element: ModelSchema?
    }

    /// Models nested more deeply are assumed to be recursive.
    private static let deepest = 16

    private let record = Record()
    private let type: String
    private let depth: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Decodes a value of a type, and records which members were requested.
    static func read<Value: Decodable>(
        _ type: Value.Type,
        depth: Int
    ) throws -> (value: Value, schema: ModelSchema) {
        if let choice = type as? any TemplateChoice.Type, let sample = choice.sample as? Value {
            return (sample, ModelSchema(type: "\(type)", kind: .choice(choice.templates)))
        }
        guard depth <= deepest else { throw TemplateError.unsupportedModel("\(type)", reason: "contains itself") }
        let reader = SchemaReader(type: "\(type)", depth: depth)
        let value = try Value(from: reader)
        // A structure without members requests nothing.
        let record = reader.record
        let kind = record.kind ?? .object
        return (value, ModelSchema(type: "\(type)", kind: kind, members: record.members, element: record.element))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        record.kind = .object
        return KeyedDecodingContainer(Members<Key>(reader: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        record.kind = .list
        return Elements(reader: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { Scalar(reader: self) }

    private func unsupported(_ reason: String) -> TemplateError { .unsupportedModel(type, reason: reason) }

    /// Records the members of a structure.
    private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let reader: SchemaReader

        var codingPath: [any CodingKey] { [] }
        // Only dictionaries request their keys; their members are not known before there is a value.
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { true }

        func decodeNil(forKey key: Key) throws -> Bool { false }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            let (value, schema) = try SchemaReader.read(type, depth: reader.depth + 1)
            let name = ModelSchema.templateName(key.stringValue)
            reader.record.members.append(.init(key: key.stringValue, name: name, schema: schema))
            return value
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type,
            forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> {
            throw reader.unsupported("decodes \(key.stringValue) by hand")
        }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw reader.unsupported("decodes \(key.stringValue) by hand")
        }

        func superDecoder() throws -> any Decoder { throw reader.unsupported("is a class") }

        func superDecoder(forKey key: Key) throws -> any Decoder { throw reader.unsupported("is a class") }
    }

    /// Supplies a list with its one element.
    private struct Elements: UnkeyedDecodingContainer {
        let reader: SchemaReader
        var currentIndex = 0

        var codingPath: [any CodingKey] { [] }
        var count: Int? { 1 }
        var isAtEnd: Bool { currentIndex > 0 }

        mutating func decodeNil() throws -> Bool { false }

        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            currentIndex += 1
            let (value, schema) = try SchemaReader.read(type, depth: reader.depth + 1)
            reader.record.element = schema
            return value
        }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> { throw reader.unsupported("decodes elements by hand") }

        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            throw reader.unsupported("decodes elements by hand")
        }

        mutating func superDecoder() throws -> any Decoder { throw reader.unsupported("is a class") }
    }

    /// Supplies a text, a number or a Boolean.
    private struct Scalar: SingleValueDecodingContainer {
        let reader: SchemaReader

        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool { false }

        func decode(_ type: String.Type) throws -> String {
            reader.record.kind = .text
            return ""
        }

        func decode(_ type: Bool.Type) throws -> Bool {
            reader.record.kind = .flag
            return false
        }

        func decode(_ type: Int.Type) throws -> Int {
            reader.record.kind = .number
            return 0
        }

        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            throw reader.unsupported("is of a type that templates cannot show")
        }
    }
}
