import Civic
import Crypto

/// The document of an official appeal that the applicant signs: UTF-8, always the same bytes for the same appeal.
///
/// It is JSON that a person can read in any editor and sign with any program. docs/signatures.md lists its members. A change of what is
/// written, or how, needs a new version; an old document is never regenerated, since its bytes are kept with the signature.
public struct AppealDocument: Sendable, Hashable {
    /// The version of the format.
    public static let version = 1
    /// The media type.
    public static let mediaType = "application/json; charset=utf-8"

    /// The bytes to sign.
    public let bytes: [UInt8]
    /// Their SHA-256, hexadecimal in lower case.
    public let digest: String

    /// Writes the document.
    ///
    /// - Parameters:
    ///   - reference: what distinguishes this filing from all others, such as the key against repeated requests, so that a signature
    ///     cannot be used for another one.
    ///   - attachments: the files, in the order of the form.
    public init(
        kind: AppealKind,
        applicant: Applicant,
        content: AppealContent,
        attachments: [SignedAttachment] = [],
        reference: String
    ) {
        let document = DocumentValue.members([
            "document": .text("open-almaty-appeal"),
            "version": .whole(Self.version),
            "reference": .text(reference),
            "kind": .text(kind.rawValue),
            "addressee": content.addressee.documented,
            "applicant": applicant.documented,
            "title": .text(content.title.text),
            "text": .text(content.text.text),
            "category": .text(content.category.rawValue),
            "answers": .object(content.answers.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .text($0.value)) }),
            "place": content.place?.documented,
            "language": .text(content.language.rawValue),
            "answer_language": .text(content.answerLanguage.rawValue),
            "attachments": .list(attachments.map(\.documented)),
        ])
        bytes = Array((document.written() + "\n").utf8)
        digest = SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

/// A file of a signed appeal.
public struct SignedAttachment: Sendable, Hashable {
    /// The name, as the applicant gave it.
    public let name: String
    /// The size, bytes.
    public let size: Int
    /// The SHA-256 of the file as it is stored, hexadecimal in lower case.
    public let digest: String

    /// Names a file.
    public init(name: String, size: Int, digest: String) { (self.name, self.size, self.digest) = (name, size, digest) }

    fileprivate var documented: DocumentValue {
        .members(["name": .text(name), "size": .whole(size), "sha256": .text(digest)])
    }
}
