/// The number of a natural person in Kazakhstan (IIN, ЖСН, ИИН): date of birth, century and sex, serial, check digit.
public struct IndividualIdentificationNumber: Hashable, Sendable {
    /// The twelve digits.
    public let text: String
    /// Whether the seventh digit is 0, as for some foreigners: valid by the check digit, but worth checking.
    public let isUnusual: Bool

    /// Parses a number; ignores spaces around it and refuses anything else.
    ///
    /// - Throws: `StateNumberFault`.
    public init(_ written: String) throws(StateNumberFault) {
        guard let digits = StateNumberCheck.digits(written) else { throw .notTwelveDigits }
        guard digits[6] <= 6 else { throw .unknownKind }
        let year = 10 * digits[0] + digits[1]
        let month = 10 * digits[2] + digits[3]
        let day = 10 * digits[4] + digits[5]
        // A century digit of 0 leaves the century open, so accept any of the three.
        let centuries = digits[6] == 0 ? [1_800, 1_900, 2_000] : [1_800 + 100 * ((digits[6] - 1) / 2)]
        guard centuries.contains(where: { StateNumberCheck.isDate(year: $0 + year, month: month, day: day) }) else {
            throw .noSuchDate
        }
        guard StateNumberCheck.digit(of: digits.dropLast()) == digits[11] else { throw .checkDigit }
        text = digits.map(String.init).joined()
        isUnusual = digits[6] == 0
    }

    /// The number with all but its last four digits hidden.
    public var masked: String { "••••••••" + text.suffix(4) }
}
