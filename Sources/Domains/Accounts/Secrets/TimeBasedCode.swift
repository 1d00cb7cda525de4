import Civic
import Crypto
public import Foundation

/// Time-based codes of six digits (TOTP, RFC 6238, with SHA-1 and steps of 30 s, which every authenticator app supports).
public struct TimeBasedCode: Sendable {
    /// Digits of a code.
    static let digits = 6
    /// Seconds of a step.
    static let step: Int64 = 30
    /// How many steps the clock of a device may be off, either way.
    static let drift: Int64 = 1
    /// Bytes of a secret, as RFC 4226 section 4 recommends for SHA-1.
    private static let secretBytes = 20

    /// The secret that is shared with the app.
    let secret: Data

    /// Makes a new secret.
    public init() {
        secret = Data([UInt8].random(count: Self.secretBytes))
    }

    /// Restores a stored secret.
    public init(secret: Data) { self.secret = secret }

    /// The step that a time falls into.
    static func step(at time: Date) -> Int64 { Int64((time.timeIntervalSince1970 / Double(step)).rounded(.down)) }

    /// The code of a step (RFC 4226 section 5.3).
    public func code(step: Int64) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> (8 * $0)) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 15)
        let number = mac[offset...(offset + 3)].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// The step whose code this is, near a time and after the last one that was used; nil when there is none.
    ///
    /// - Parameter last: the last step that was accepted: no code is accepted twice (RFC 6238 section 5.2).
    func step(of code: String, at time: Date, after last: Int64) -> Int64? {
        let digits = code.filter { $0 != " " && $0 != "\u{A0}" }
        guard digits.utf8.count == Self.digits else { return nil }
        let now = Self.step(at: time)
        // Ignore a step recorded while the clock was ahead; otherwise its owner could not sign in until then.
        let last = last > now + Self.drift ? now - Self.drift - 1 : last
        let fitting = (now - Self.drift...now + Self.drift).filter {
            Sodium.areEqual(Array(self.code(step: $0).utf8), Array(digits.utf8)) && $0 > last
        }
        return fitting.first
    }

    /// The address that an authenticator app reads from a QR code.
    func address(issuer: String, account: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        )
        func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "" }
        let label = "\(escaped(issuer)):\(escaped(account))"
        return "otpauth://totp/\(label)?secret=\(Base32.encode(secret))&issuer=\(escaped(issuer))"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.step)"
    }
}
