public import Foundation

/// What a sealed or hashed value is for; each purpose has keys of its own.
///
/// Domains declare their purposes as static members. A name must never change, because keys are derived from it.
public struct SealingPurpose: RawRepresentable, Hashable, Sendable {
    /// The name.
    public let rawValue: String

    /// Names a purpose.
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension SealingPurpose {
    /// CSRF tokens of forms.
    static let form = SealingPurpose(rawValue: "form")
    /// Counters of quotas and throttles.
    public static let throttle = SealingPurpose(rawValue: "throttle")
    /// The origin of an audit event.
    public static let origin = SealingPurpose(rawValue: "origin")
    /// What a browser keeps for the next page.
    public static let note = SealingPurpose(rawValue: "note")
    /// Deduplication keys of mails.
    public static let mail = SealingPurpose(rawValue: "mail")
    /// Challenges of the captcha.
    static let captcha = SealingPurpose(rawValue: "captcha")
    /// Name, phone and e-mail of the applicant of an appeal.
    public static let applicantContact = SealingPurpose(rawValue: "applicant-contact")
    /// Address of the applicant of an appeal.
    public static let applicantIdentity = SealingPurpose(rawValue: "applicant-identity")
    /// IIN or BIN of the applicant of an appeal.
    public static let applicantNumber = SealingPurpose(rawValue: "applicant-number")
    /// Keys, digests and codes of filings.
    public static let filing = SealingPurpose(rawValue: "filing")
}

/// Encrypts values that must not be readable in a copy of the database, and hashes with a key those that must be searchable.
///
/// A sealed value is a version byte, the id of its key (4 bytes), the nonce (24) and the cipher text of libsodium's
/// secretbox. Every purpose has a key of its own, derived from the ring's, so a value of one purpose is useless for another.
public struct ValueSealer: Sendable {
    private static let version: UInt8 = 1
    private static let headerBytes = 5

    private let stock: KeyStock
    private var keys: KeyRing { stock.ring }

    /// Makes a sealer with keys.
    public init(_ keys: KeyRing) { stock = KeyStock(keys) }

    /// Makes a sealer with keys that may be changed while it is in use.
    ///
    /// - Parameter reread: reads the keys again, before anything is sealed and when a sealed value names an unknown key; nil
    ///   keeps the present ones.
    public init(_ keys: KeyRing, reread: @escaping @Sendable () -> KeyRing?) {
        stock = KeyStock(keys, reread: reread)
    }

    /// The key that signs the captcha's challenges, 32 bytes; used for nothing else.
    ///
    /// - Throws: `CivicError.cryptography`.
    public func captchaKey() throws(CivicError) -> Data { try hash("challenge", for: .captcha) }

    /// Seals bytes with the current key.
    ///
    /// - Throws: `CivicError.cryptography`.
    public func seal(_ plain: Data, for purpose: SealingPurpose) throws(CivicError) -> Data {
        // Never seal with a key that was removed meanwhile: nothing could open the value after the next start.
        stock.refresh()
        let key = keys.current
        let sealed = try Sodium.seal(Array(plain), key: try Self.derived(key, "seal", purpose))
        return Data([Self.version] + key.id + sealed)
    }

    /// Opens a sealed value, with the key that it names.
    ///
    /// - Throws: `CivicError.unknownKey` when that key is not available, `.brokenSeal` when the bytes were changed.
    public func open(_ sealed: Data, for purpose: SealingPurpose) throws(CivicError) -> Data {
        let bytes = Array(sealed)
        guard bytes.count > Self.headerBytes, bytes[0] == Self.version else { throw .brokenSeal }
        let id = Array(bytes[1..<Self.headerBytes])
        guard let key = stock.key(id) else {
            throw .unknownKey(id: id.map { String(format: "%02x", $0) }.joined())
        }
        let plain = try Sodium.open(
            Array(bytes[Self.headerBytes...]),
            key: try Self.derived(key, "seal", purpose)
        )
        guard let plain else { throw .brokenSeal }
        return Data(plain)
    }

    /// Whether a sealed value was made with the current key.
    public func isCurrent(_ sealed: Data) -> Bool { Array(sealed.dropFirst().prefix(4)) == keys.current.id }

    /// Whether the key that a sealed value was made with is available.
    package func knowsKey(of sealed: Data) -> Bool { stock.key(Array(sealed.dropFirst().prefix(4))) != nil }

    /// A keyed hash of a text, 32 bytes, by which equal texts are found.
    ///
    /// - Throws: `CivicError.cryptography`.
    public func hash(_ text: String, for purpose: SealingPurpose) throws(CivicError) -> Data {
        try Self.hash(text, with: keys.current, purpose)
    }

    /// The hashes of a text under every key, the current first, to look up values that were hashed before a rotation.
    ///
    /// - Throws: `CivicError.cryptography`.
    public func hashes(_ text: String, for purpose: SealingPurpose) throws(CivicError) -> [Data] {
        try keys.all.map { key throws(CivicError) in try Self.hash(text, with: key, purpose) }
    }

    private static func hash(
        _ text: String,
        with key: KeyRing.Key,
        _ purpose: SealingPurpose
    ) throws(CivicError) -> Data {
        Data(try Sodium.keyedHash(Array(text.utf8), key: try derived(key, "hash", purpose)))
    }

    private static func derived(
        _ key: KeyRing.Key,
        _ use: String,
        _ purpose: SealingPurpose
    ) throws(CivicError) -> [UInt8] {
        try Sodium.keyedHash(Array("openalmaty/\(use)/\(purpose.rawValue)".utf8), key: key.bytes)
    }
}
