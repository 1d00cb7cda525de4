import Civic
import Foundation

extension SealingPurpose {
    /// Individual identification numbers.
    static let iin = SealingPurpose(rawValue: "iin")
    /// Telephone numbers.
    static let phone = SealingPurpose(rawValue: "phone")
    /// Secrets of authenticator apps.
    static let secondFactor = SealingPurpose(rawValue: "secondFactor")
    /// The payload of a one-use token.
    static let token = SealingPurpose(rawValue: "token")
    /// A sign-in at a provider that has begun.
    static let providerAttempt = SealingPurpose(rawValue: "providerAttempt")
    /// Unfinished forms.
    static let draft = SealingPurpose(rawValue: "draft")
    /// Marks of browsers that have signed in before.
    static let deviceMark = SealingPurpose(rawValue: "deviceMark")
}

extension ValueSealer {
    /// The mark of a browser in which a person signed in: its expiry time, and a keyed hash over that, the person, and when the
    /// password was set, so that a new password invalidates the mark.
    func deviceMark(
        of person: PersonID,
        passwordSet: Date?,
        until expiry: Date
    ) throws(CivicError) -> String {
        let seconds = Int(expiry.timeIntervalSince1970)
        return "\(seconds)."
            + Base64URL.encode(try hash(Self.marked(person, passwordSet, seconds), for: .deviceMark))
    }

    /// Whether a mark belongs to this person and password and has not expired.
    func isDeviceMark(
        _ mark: String,
        of person: PersonID,
        passwordSet: Date?,
        at now: Date
    ) throws(CivicError) -> Bool {
        let parts = mark.prefix(100).split(separator: ".")
        guard parts.count == 2, let seconds = Int(parts[0]), Double(seconds) > now.timeIntervalSince1970 else {
            return false
        }
        let marked = Self.marked(person, passwordSet, seconds)
        return try isAny(String(parts[1]), of: try hashes(marked, for: .deviceMark))
    }

    private static func marked(_ person: PersonID, _ passwordSet: Date?, _ seconds: Int) -> String {
        let milliseconds = passwordSet.map { Int64(($0.timeIntervalSince1970 * 1_000).rounded()) } ?? 0
        return "\(person)/\(milliseconds)/\(seconds)"
    }
}
