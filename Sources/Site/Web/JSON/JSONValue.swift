/// A JSON value as it was written, with the line of each member.
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

    /// The number; nil when this is none or one beyond all numbers.
    var double: Double? {
        guard case .number(let text) = self, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// A whole number written in digits, without fraction and exponent; nil when this is none.
    var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }
}
