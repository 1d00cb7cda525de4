import Crypto
import Foundation

/// The secret keys: the current one, with which new values are sealed, and older ones that can still open values.
public struct KeyRing: Sendable, CustomStringConvertible, CustomReflectable {
    /// One key of 256 bits.
    struct Key: Sendable {
        /// The first four bytes of its SHA-256, which are stored in front of what it seals.
        let id: [UInt8]
        let bytes: [UInt8]

        init(bytes: [UInt8]) {
            self.bytes = bytes
            id = Array(SHA256.hash(data: bytes).prefix(4))
        }

        var text: String { Data(bytes).base64EncodedString() }
    }

    let current: Key
    let older: [Key]

    private init(_ keys: [Key]) throws(CivicError) {
        guard let first = keys.first else { throw .malformedKeys("there is none") }
        current = first
        older = Array(keys.dropFirst())
    }

    /// Parses keys.
    ///
    /// - Parameter texts: each 32 bytes in base64, the current one first.
    /// - Throws: `CivicError.malformedKeys`, which never contains the key.
    public init(texts: [String]) throws(CivicError) {
        try self.init(try texts.map { text throws(CivicError) in try Self.key(text) })
    }

    /// Makes a ring of one new key.
    public static func random() throws(CivicError) -> KeyRing { try KeyRing([newKey()]) }

    /// The same ring with further older keys, separated by commas or spaces (`OPENALMATY_SECRET_KEYS_OLD`).
    ///
    /// - Throws: `CivicError.malformedKeys`.
    public func adding(older: String?) throws(CivicError) -> KeyRing {
        let texts = (older ?? "").split { $0 == "," || $0.isWhitespace }
        return try KeyRing(all + (try texts.map { text throws(CivicError) in try Self.key(String(text)) }))
    }

    /// The same ring with a new current key.
    public func rotated() throws(CivicError) -> KeyRing { try KeyRing([Self.newKey()] + all) }

    /// The ring without its older keys, for when nothing is sealed with them any more.
    public func withoutOlder() throws(CivicError) -> KeyRing { try KeyRing([current]) }

    /// How many older keys there are.
    public var olderCount: Int { older.count }

    /// The number of keys, without any key material.
    public var description: String { "KeyRing of \(1 + older.count)" }

    /// A description without any key material.
    public var customMirror: Mirror { Mirror(self, children: ["keys": 1 + older.count]) }

    /// The current key first.
    var all: [Key] { [current] + older }

    /// The keys in the form of `init(texts:)` and of the key file.
    var texts: [String] { all.map(\.text) }

    private static func key(_ text: String) throws(CivicError) -> Key {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Data(base64Encoded: trimmed) else { throw .malformedKeys("it is no base64") }
        guard bytes.count == Sodium.keyBytes else {
            throw .malformedKeys("it has \(bytes.count) bytes in place of \(Sodium.keyBytes)")
        }
        guard Set(bytes).count > 1 else { throw .malformedKeys("all its bytes are the same") }
        return Key(bytes: Array(bytes))
    }

    private static func newKey() -> Key {
        Key(bytes: .random(count: Sodium.keyBytes))
    }
}
