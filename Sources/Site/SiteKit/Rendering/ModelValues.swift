/// The values of one page in the order in which its template reads them: flat, with the members of a structure side by side.
final class ModelValues {
    /// One value.
    enum Value {
        /// A nil member.
        case absent
        case text(String)
        case number(Int)
        case flag(Bool)
        /// A structure, by the place of its first member.
        case object(Int)
        /// A list, by the place before its first element.
        case list(first: Int, count: Int)
        /// The place where the next element of a list begins; stands before each element.
        case next(Int)
    }

    /// The number of values.
    package private(set) var count = 0
    private var room: Int
    private var values: UnsafeMutablePointer<Value>

    init(room: Int = 1_024) {
        self.room = room
        values = .allocate(capacity: room)
    }

    deinit {
        values.deinitialize(count: count)
        values.deallocate()
    }

    subscript(place: Int) -> Value {
        @inline(__always) get {
            precondition(place < count)
            return values[place]
        }
        @inline(__always) set {
            precondition(place < count)
            values[place] = newValue
        }
    }

    /// Adds a model.
    ///
    /// - Returns: the place of its first member.
    /// - Throws: `TemplateError.unsupportedModel` when it encodes what templates cannot show.
    func add<Model: Encodable>(_ model: Model, _ schema: ModelSchema) throws -> Int {
        let place = reserve(1)
        try model.encode(to: ModelEncoder(values: self, schema: schema, place: place))
        // A structure without members encodes nothing.
        guard case .object(let base) = self[place] else { return place }
        return base
    }

    /// Adds absent values.
    ///
    /// - Returns: the place of the first.
    func reserve(_ more: Int) -> Int {
        if count + more > room { grow(to: 2 * (count + more)) }
        (values + count).initialize(repeating: .absent, count: more)
        count += more
        return count - more
    }

    private func grow(to size: Int) {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: size)
        larger.moveInitialize(from: values, count: count)
        values.deallocate()
        (values, room) = (larger, size)
    }
}
