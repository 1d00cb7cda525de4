/// A telephone number in the form of E.164: a plus sign, the country, the rest.
public struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// The number of digits that E.164 allows; the minimum is that of the shortest national plans.
    private static let digits = 8...15
    /// Digits of a number of Kazakhstan with its country code.
    private static let ownDigits = 11

    /// The number, as `+77012345678`.
    public let text: String

    /// Reads a number; without a plus sign it is one of Kazakhstan, with or without 8 or 7 before it.
    ///
    /// - Throws: `PhoneNumberFault`.
    public init(_ written: String) throws(PhoneNumberFault) {
        guard written.utf8.count <= 64 else { throw .malformed }
        var (digits, isInternational) = ("", false)
        for scalar in written.unicodeScalars {
            if ("0"..."9").contains(scalar) {
                digits.unicodeScalars.append(scalar)
            } else if scalar == "+", digits.isEmpty, !isInternational {
                isInternational = true
            } else if !" \u{A0}()-–.".unicodeScalars.contains(scalar) {
                throw .character(Character(scalar))
            }
        }
        guard !digits.isEmpty else { throw .empty }
        if !isInternational { digits = try Self.completed(digits) }
        guard Self.digits.contains(digits.count), digits.first != "0" else { throw .malformed }
        if digits.first == "7", digits.count != Self.ownDigits { throw .malformed }
        text = "+" + digits
    }

    /// The number with its middle hidden.
    public var masked: String { String(text.prefix(2)) + "•••••••" + String(text.suffix(2)) }

    /// The number.
    public var description: String { text }

    private static func completed(_ digits: String) throws(PhoneNumberFault) -> String {
        if digits.count == ownDigits, digits.hasPrefix("8") || digits.hasPrefix("7") { return "7" + digits.dropFirst() }
        if digits.count == ownDigits - 1 { return "7" + digits }
        throw .malformed
    }
}

/// Why a text is not a telephone number.
public enum PhoneNumberFault: Error, Sendable, Equatable {
    /// No digit was written.
    case empty
    /// A character that numbers do not have.
    case character(Character)
    /// Too few or too many digits.
    case malformed
}
