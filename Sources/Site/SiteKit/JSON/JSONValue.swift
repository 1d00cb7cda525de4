/// A parsed JSON value with the line of each member.
package enum JSONValue: Sendable, Equatable {
    /// A member of an object.
    package struct Member: Equatable {
        /// The name of the member.
        package let name: String
        /// The line of its name, counted from 1.
        package let line: Int
        /// The value of the member.
        package let value: JSONValue
    }

    case object([Member])
    case array([JSONValue])
    case text(String)
    /// A number as written, such as `1e3`.
    case number(String)
    case flag(Bool)
    case null

    /// Whether this is a number.
    package var isNumber: Bool { if case .number = self { true } else { false } }

    /// The number as a double; nil when this is not a number or is out of range.
    package var double: Double? {
        guard case .number(let text) = self, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// A whole number in plain digits, without fraction or exponent; nil for anything else.
    package var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }
}
