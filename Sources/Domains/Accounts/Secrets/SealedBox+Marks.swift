public import Foundation

extension SealedBox {
    /// The token of a form, bound to the cookie or session that the seed stands for.
    ///
    /// - Throws: `AccountsError.cryptography`.
    public func formToken(seed: Data) throws(AccountsError) -> String {
        Base64URL.encode(try hash(seed.base64EncodedString(), for: .form))
    }

    /// Whether a form brought its token, under any key of the ring; compared in constant time.
    ///
    /// - Throws: `AccountsError.cryptography`.
    public func isFormToken(_ token: String, seed: Data) throws(AccountsError) -> Bool {
        try isAny(token, of: try hashes(seed.base64EncodedString(), for: .form))
    }

    /// The mark of a browser in which a person signed in: until when it holds, and a keyed hash over that, the person,
    /// and when the password was set, with which the mark ends.
    func deviceMark(
        of person: PersonID,
        passwordSet: Date?,
        until expiry: Date
    ) throws(AccountsError) -> String {
        let seconds = Int(expiry.timeIntervalSince1970)
        return "\(seconds)."
            + Base64URL.encode(try hash(Self.marked(person, passwordSet, seconds), for: .deviceMark))
    }

    /// Whether a mark is one of this person and password and still holds.
    func isDeviceMark(
        _ mark: String,
        of person: PersonID,
        passwordSet: Date?,
        at now: Date
    ) throws(AccountsError) -> Bool {
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

    private func isAny(_ text: String, of hashes: [Data]) throws(AccountsError) -> Bool {
        try Sodium.prepare()
        guard let given = Base64URL.decode(text) else { return false }
        return hashes.contains { Sodium.areEqual(Array($0), Array(given)) }
    }
}
