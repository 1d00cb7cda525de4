import Civic
import Crypto
import Foundation

/// A printed code that replaces the authenticator app once: 80 random bits in four groups.
struct RecoveryCode: Sendable, Equatable {
    /// How many are issued at once.
    static let count = 10
    private static let bytes = 10

    /// The code as it is shown: `ABCD-EFGH-IJKL-MNOP`.
    let text: String
    /// The hash that the database stores; for 80 random bits a fast hash is enough.
    var hash: Data { Data(SHA256.hash(data: Data(letters.utf8))) }

    private let letters: String

    /// Makes a new code.
    init() {
        self.init(letters: Base32.encode([UInt8].random(count: Self.bytes)))
    }

    /// Reads a code, in any case, with or without hyphens and spaces; nil when it cannot be one.
    init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let letters = text.uppercased().filter { !"- \u{A0}".contains($0) }
        let isCode = letters.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x32...0x37).contains($0) }
        guard letters.utf8.count == 16, isCode else { return nil }
        self.init(letters: letters)
    }

    private init(letters: String) {
        self.letters = letters
        let characters = Array(letters)
        text = stride(from: 0, to: characters.count, by: 4)
            .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: "-")
    }

    /// A new set.
    static func newSet() -> [RecoveryCode] { (0..<count).map { _ in RecoveryCode() } }
}
