/// The number under which an appeal is known to the citizen, such as `2026-000123-3`, or `2026-000123-3/1` for a part of it
/// that was sent to another body.
///
/// The last digit is a check digit (Luhn, ISO/IEC 7812-1), which finds every wrong digit and nearly every swap of neighbours
/// in a number read out on the telephone. The number in the state register is a different one and is kept separately.
public struct AppealNumber: Hashable, Sendable, CustomStringConvertible {
    /// The most parts into which one appeal is split.
    public static let maxParts = 10
    /// The years that a number can have.
    public static let years = 2_000...2_999
    /// The sequence numbers of a year.
    public static let sequences = 1...999_999

    /// The year of registration.
    public let year: Int
    /// The place in the sequence of the year, from 1.
    public let sequence: Int
    /// The part, 1 to `maxParts`; nil for the appeal as a whole.
    public let part: Int?

    /// Makes a number; nil when one of its parts is out of range.
    public init?(year: Int, sequence: Int, part: Int? = nil) {
        guard Self.years.contains(year), Self.sequences.contains(sequence) else { return nil }
        if let part, !(1...Self.maxParts).contains(part) { return nil }
        self.year = year
        self.sequence = sequence
        self.part = part
    }

    /// Reads a number with its check digit; nil when it is malformed or the check digit is wrong.
    ///
    /// Spaces around it are ignored; the hyphens may be missing.
    public init?(_ written: String) {
        guard written.utf8.count <= 64 else { return nil }
        let halves = written.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        let digits = halves[0].filter { $0 != " " && $0 != "-" }
        guard digits.utf8.count == 11, digits.utf8.allSatisfy(Self.isDigit),
            let year = Int(digits.prefix(4)), let sequence = Int(digits.dropFirst(4).prefix(6))
        else { return nil }
        var part: Int?
        if halves.count == 2 {
            let written = halves[1].filter { $0 != " " }
            guard !written.isEmpty, written.utf8.count <= 2, written.utf8.allSatisfy(Self.isDigit), written.first != "0"
            else { return nil }
            part = Int(written)
        }
        self.init(year: year, sequence: sequence, part: part)
        guard String(checkDigit) == digits.suffix(1) else { return nil }
    }

    /// The number of a part; nil when the part is out of range.
    public func part(_ part: Int) -> AppealNumber? { AppealNumber(year: year, sequence: sequence, part: part) }

    /// The number of the whole appeal.
    public var whole: AppealNumber { AppealNumber(year: year, sequence: sequence) ?? self }

    /// The number as it is printed.
    public var description: String {
        let digits = String(sequence)
        let padded = String(repeating: "0", count: 6 - digits.count) + digits
        return "\(year)-\(padded)-\(checkDigit)" + (part.map { "/\($0)" } ?? "")
    }

    private var checkDigit: Int {
        var (sum, rest, isDoubled) = (0, year * 1_000_000 + sequence, true)
        while rest > 0 {
            let digit = rest % 10 * (isDoubled ? 2 : 1)
            sum += digit / 10 + digit % 10
            rest /= 10
            isDoubled.toggle()
        }
        return (10 - sum % 10) % 10
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension AppealNumber: Codable {
    /// Reads the printed form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = AppealNumber(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no appeal number")
        }
        self = number
    }

    /// Writes the printed form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
