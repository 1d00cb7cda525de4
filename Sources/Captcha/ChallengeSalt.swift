import Foundation

/// The salt of a challenge: random digits, and after them when the challenge expires.
///
/// It ends with `&`. The hash is over the salt and the number without anything between them, so without that mark a digit
/// could move from the number to the time of expiry and the hash would still be right.
struct ChallengeSalt {
    /// How many random bytes a salt has.
    private static let randomBytes = 12
    /// The last second that is taken, the end of the year 9999.
    private static let lastSecond = 253_402_300_799

    let text: String

    init(expiring: Date, using generator: inout some RandomNumberGenerator) {
        let random = (0..<Self.randomBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        text = "\(random.hexadecimal)?expires=\(Int(expiring.timeIntervalSince1970))&"
    }

    /// When a salt expires; nil for one that we would not have written.
    static func expiry(of salt: String) -> Date? {
        guard salt.hasSuffix("&") else { return nil }
        let parts = salt.dropLast().split(separator: "?", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        let parameters = parts[1].split(separator: "&", omittingEmptySubsequences: false)
        let name = "expires="
        let times = parameters.filter { $0.hasPrefix(name) }
        guard times.count == 1, let digits = times.first?.dropFirst(name.count), isNumber(digits),
            let seconds = Int(digits), seconds <= lastSecond
        else { return nil }
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
