/// A parsed JSON value with the line of each member.
enum JSONValue: Sendable, Equatable {
    /// A member of an object.
    struct Member: Equatable {
        let name: String
        /// The line of its name, counted from 1.
        let line: Int
        let value: JSONValue
    }

    case object([Member])
    case array([JSONValue])
    case text(String)
    /// A number as written, such as `1e3`.
    case number(String)
    case flag(Bool)
    case null

    /// Whether this is a number.
    var isNumber: Bool { if case .number = self { true } else { false } }

    /// The number as a double; nil when this is not a number or is out of range.
    var double: Double? {
        guard case .number(let text) = self, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// A whole number in plain digits, without fraction or exponent; nil for anything else.
    var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }
}
