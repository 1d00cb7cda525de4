/// The number of an organization in Kazakhstan (BIN, БСН, БИН): month of registration, kind, branch, serial, check
/// digit.
public struct BusinessIdentificationNumber: Hashable, Sendable {
    /// What kind of organization has the number, by its fifth digit.
    public enum Kind: Int, Sendable, CaseIterable {
        /// A legal entity of Kazakhstan.
        case resident = 4
        /// A legal entity of another country.
        case nonResident = 5
        /// Sole proprietors in a joint business.
        case jointProprietors = 6
    }

    /// The twelve digits.
    public let text: String
    /// What kind of organization it is.
    public let kind: Kind

    /// Parses a number; ignores spaces around it and refuses anything else.
    ///
    /// - Throws: `StateNumberFault`.
    public init(_ written: String) throws(StateNumberFault) {
        guard let digits = StateNumberCheck.digits(written) else { throw .notTwelveDigits }
        guard (1...12).contains(10 * digits[2] + digits[3]) else { throw .noSuchDate }
        // The fifth digit of an IIN is the tens of a day, 0 to 3, so no number is both an IIN and a BIN.
        guard let kind = Kind(rawValue: digits[4]), digits[5] <= 3 else { throw .unknownKind }
        guard StateNumberCheck.digit(of: digits.dropLast()) == digits[11] else { throw .checkDigit }
        text = digits.map(String.init).joined()
        self.kind = kind
    }
}
