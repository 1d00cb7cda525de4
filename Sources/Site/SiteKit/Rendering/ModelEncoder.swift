/// Writes the members of a model to their places.
///
/// Synthesized conformances encode all members, nil ones too, in the order in which they decode them, so the place of a member
/// is known by counting.
struct ModelEncoder: Encoder {
    let values: ModelValues
    let schema: ModelSchema
    let place: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let base = values.reserve(schema.members.count)
        values[place] = .object(base)
        return KeyedEncodingContainer(Members<Key>(values: values, schema: schema, base: base))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        values[place] = .list(first: values.count, count: 0)
        return Elements(values: values, schema: schema.element ?? schema, place: place)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        Scalar(values: values, schema: schema, place: place)
    }

    /// Writes the members of a structure.
    private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let values: ModelValues
        let schema: ModelSchema
        let base: Int
        private var slot = 0

        var codingPath: [any CodingKey] { [] }

        init(values: ModelValues, schema: ModelSchema, base: Int) {
            (self.values, self.schema, self.base) = (values, schema, base)
        }

        /// The slot of the next member.
        private mutating func next(_ key: Key) -> Int {
            assert(schema.members[slot].key == key.stringValue, "\(schema.type) encodes its members by hand")
            slot += 1
            return slot - 1
        }

        mutating func encodeNil(forKey key: Key) throws { _ = next(key) }

        mutating func encode(_ value: String, forKey key: Key) throws { values[base + next(key)] = .text(value) }

        mutating func encode(_ value: Bool, forKey key: Key) throws { values[base + next(key)] = .flag(value) }

        mutating func encode(_ value: Int, forKey key: Key) throws { values[base + next(key)] = .number(value) }

        mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
            let slot = next(key)
            let schema = schema.members[slot].schema
            try value.encode(to: ModelEncoder(values: values, schema: schema, place: base + slot))
        }

        mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
            let slot = next(key)
            if let value { values[base + slot] = .text(value) }
        }

        mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
            let slot = next(key)
            if let value { values[base + slot] = .flag(value) }
        }

        mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
            let slot = next(key)
            if let value { values[base + slot] = .number(value) }
        }

        mutating func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { _ = next(key) }
        }

        // Synthesized conformances never call the following methods.
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type,
            forKey key: Key
        ) -> KeyedEncodingContainer<Nested> { unplaced.container(keyedBy: type) }

        mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            unplaced.unkeyedContainer()
        }

        mutating func superEncoder() -> any Encoder { unplaced }

        mutating func superEncoder(forKey key: Key) -> any Encoder { unplaced }

        private var unplaced: ModelEncoder { ModelEncoder(values: values, schema: schema, place: values.reserve(1)) }
    }

    /// Writes the elements of a list one after another.
    private struct Elements: UnkeyedEncodingContainer {
        let values: ModelValues
        let schema: ModelSchema
        let place: Int

        var codingPath: [any CodingKey] { [] }
        var count: Int { if case .list(_, let count) = values[place] { count } else { 0 } }

        mutating func encodeNil() throws {}

        mutating func encode<Value: Encodable>(_ value: Value) throws {
            guard case .list(let first, let count) = values[place] else { return }
            values[place] = .list(first: first, count: count + 1)
            let header = values.reserve(2)
            try value.encode(to: ModelEncoder(values: values, schema: schema, place: header + 1))
            values[header] = .next(values.count)
        }

        // Synthesized conformances never call the following methods.
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedEncodingContainer<Nested> { unplaced.container(keyedBy: type) }

        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { unplaced.unkeyedContainer() }

        mutating func superEncoder() -> any Encoder { unplaced }

        private var unplaced: ModelEncoder { ModelEncoder(values: values, schema: schema, place: values.reserve(1)) }
    }

    /// Writes a text, a number or a Boolean.
    private struct Scalar: SingleValueEncodingContainer {
        let values: ModelValues
        let schema: ModelSchema
        let place: Int

        var codingPath: [any CodingKey] { [] }

        mutating func encodeNil() throws {}

        mutating func encode(_ value: String) throws { values[place] = .text(value) }

        mutating func encode(_ value: Bool) throws { values[place] = .flag(value) }

        mutating func encode(_ value: Int) throws { values[place] = .number(value) }

        mutating func encode<Value: Encodable>(_ value: Value) throws {
            throw TemplateError.unsupportedModel(schema.type, reason: "is of a type that templates cannot show")
        }
    }
}
