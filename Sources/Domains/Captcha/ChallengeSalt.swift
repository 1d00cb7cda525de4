import Civic
import Foundation

/// The salt of a challenge: random digits, and after them when the challenge expires and how hard it is.
///
/// It ends with `&`. The hash is over the salt followed directly by the number, so without that delimiter a digit could move
/// from the number to the last parameter and the hash would still match.
struct ChallengeSalt {
    /// How many random bytes a salt has.
    private static let randomBytes = 12
    /// The last accepted second, the end of the year 9999.
    private static let lastSecond = 253_402_300_799

    let text: String
    /// When the challenge expires.
    let expires: Date
    /// The difficulty of the challenge as a multiple of the usual one.
    let work: Int

    init(expiring: Date, work: Int, using generator: inout some RandomNumberGenerator) {
        let random = (0..<Self.randomBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        text = "\(random.hexadecimal)?expires=\(Int(expiring.timeIntervalSince1970))&work=\(work)&"
        (expires, self.work) = (expiring, work)
    }

    /// Parses a salt; nil for one that this type does not write.
    init?(_ salt: String) {
        guard salt.hasSuffix("&") else { return nil }
        let parts = salt.dropLast().split(separator: "?", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        let parameters = parts[1].split(separator: "&", omittingEmptySubsequences: false)
        guard parameters.count == 2, let seconds = Self.number(parameters[0], "expires="),
            seconds <= Self.lastSecond, let work = Self.number(parameters[1], "work="), work >= 1
        else { return nil }
        (text, expires, self.work) = (salt, Date(timeIntervalSince1970: TimeInterval(seconds)), work)
    }

    private static func number(_ parameter: Substring, _ name: String) -> Int? {
        let digits = parameter.dropFirst(name.count)
        guard parameter.hasPrefix(name), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits)
    }
}
