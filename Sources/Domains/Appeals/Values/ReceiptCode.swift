import Civic
public import Foundation

/// The code on a receipt, with which an appeal can be looked up without an account: 80 bits in four groups.
///
/// Only a hash of it together with the number is stored.
public struct ReceiptCode: Sendable, Hashable, CustomStringConvertible {
    private static let bytes = 10
    private static let characters = 16

    /// The code as it is printed: `ABCD-EFGH-IJKL-MNOP`.
    public let text: String
    private let letters: String

    /// Derives the code of a filing from the key of its request, so that a repeated request gets the same code.
    ///
    /// - Parameter secret: a keyed hash of the request's key.
    init(derivedFrom secret: Data) { self.init(letters: Base32.encode(secret.prefix(Self.bytes))) }

    /// Reads a code, in any case, with or without hyphens and spaces; nil when it cannot be one.
    public init?(_ written: String) {
        guard written.utf8.count <= 64 else { return nil }
        let letters = written.uppercased().filter { !"- \u{A0}".contains($0) }
        let isCode = letters.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x32...0x37).contains($0) }
        guard letters.utf8.count == Self.characters, isCode else { return nil }
        self.init(letters: letters)
    }

    private init(letters: String) {
        self.letters = letters
        let characters = Array(letters)
        text = stride(from: 0, to: characters.count, by: 4)
            .map { String(characters[$0..<min($0 + 4, characters.count)]) }.joined(separator: "-")
    }

    /// The hash that is stored; for 80 random bits a fast hash is enough.
    public func hash(for number: AppealNumber) -> Data { Digest.of("receipt/\(number.whole)/\(letters)") }

    /// A placeholder, because the code must not appear in logs.
    public var description: String { "ReceiptCode" }
}

/// What an `AppealFileID` names: an attached file, which this module knows by its id only.
public enum AppealFileMark {}

/// The id of an attached file.
public typealias AppealFileID = Key<AppealFileMark>
