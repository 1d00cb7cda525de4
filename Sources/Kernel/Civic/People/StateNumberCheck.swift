/// The check digit that IIN and BIN share (Government resolutions 565 of 11.06.2003 and 406 of 22.05.2007).
enum StateNumberCheck {
    /// Digits of either number.
    static let length = 12
    private static let firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    private static let secondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

    /// The digits of a text of twelve ASCII digits, ignoring spaces around it; nil for any other text.
    static func digits(_ text: String) -> [Int]? {
        guard text.utf8.count <= 64 else { return nil }
        let trimmed = text.drop { $0 == " " }.utf8
        let bytes = trimmed.reversed().drop { $0 == UInt8(ascii: " ") }.reversed()
        let digits = bytes.compactMap { (0x30...0x39).contains($0) ? Int($0) - 0x30 : nil }
        return digits.count == length && bytes.count == length ? digits : nil
    }

    /// The check digit of the first eleven; nil when such a number is never issued.
    static func digit(of digits: some Collection<Int>) -> Int? {
        let first = sum(digits, firstWeights)
        if first < 10 { return first }
        // About nine numbers in a hundred need the second pass.
        let second = sum(digits, secondWeights)
        return second < 10 ? second : nil
    }

    private static func sum(_ digits: some Collection<Int>, _ weights: [Int]) -> Int {
        zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
    }

    /// Whether year, month and day are a date of the Gregorian calendar.
    static func isDate(year: Int, month: Int, day: Int) -> Bool {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && day >= 1 && day <= lengths[month - 1]
    }
}

/// Why a text is not an IIN or BIN.
public enum StateNumberFault: Error, Sendable, Equatable {
    /// Not twelve ASCII digits.
    case notTwelveDigits
    /// The date in it does not exist.
    case noSuchDate
    /// A digit for sex and century, or for the kind of entity, that is not assigned.
    case unknownKind
    /// The check digit is wrong, or the number is one that is never issued.
    case checkDigit
}
