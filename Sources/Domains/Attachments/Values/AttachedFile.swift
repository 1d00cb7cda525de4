public import Civic
public import Foundation

/// The id of an attachment: 128 random bits, so that knowing one says nothing about another.
///
/// It grants no permission: whoever serves a file checks that the visitor may see it.
public struct AttachmentID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    private static let length = 16

    /// 22 characters of base64url.
    public let rawValue: String

    /// Makes a new id.
    public init() { rawValue = Base64URL.encode([UInt8].random(count: Self.length)) }

    /// Parses an id; nil when the text is not one.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 22, let bytes = Base64URL.decode(rawValue), bytes.count == Self.length,
            Base64URL.encode(Array(bytes)) == rawValue
        else { return nil }
        self.rawValue = rawValue
    }

    /// The characters.
    public var description: String { rawValue }
}

/// A file in the store of attachments.
public struct StoredContent: Hashable, Sendable {
    /// What it is stored under.
    public let digest: FileDigest
    /// Its size, bytes.
    public let size: Int

    /// Names a stored file.
    public init(digest: FileDigest, size: Int) { (self.digest, self.size) = (digest, size) }
}

/// A file that somebody attached: its content with a name, an owner and a state.
public struct AttachedFile: Sendable, Equatable {
    /// Whether it may be shown.
    public enum State: Sendable, Equatable {
        /// No scanner has judged it yet, and nobody may see it.
        case awaitingScan
        /// It may be shown to those who may see it.
        case available
        /// The scanner found what is named; its content is deleted.
        case infected(finding: String)
    }

    /// Its id.
    public let id: AttachmentID
    /// Who sent it; nil for somebody without an account.
    public let owner: PersonID?
    /// The name for display and for saving, with the extension of its format.
    public let name: String
    /// The format as it is stored.
    public let format: FileFormat
    /// The content; a picture is encoded anew and has no metadata.
    public let content: StoredContent
    /// A small JPEG of a picture; nil for documents.
    public let thumbnail: StoredContent?
    /// Whether it may be shown.
    public var state: State
    /// When it was received.
    public let received: Date
    /// When a record that keeps it claimed it; nil for a file of an unfinished form.
    public var claimed: Date?

    /// Makes a record.
    public init(
        id: AttachmentID,
        owner: PersonID?,
        name: String,
        format: FileFormat,
        content: StoredContent,
        thumbnail: StoredContent?,
        state: State,
        received: Date,
        claimed: Date? = nil
    ) {
        (self.id, self.owner, self.name, self.format) = (id, owner, name, format)
        (self.content, self.thumbnail) = (content, thumbnail)
        (self.state, self.received, self.claimed) = (state, received, claimed)
    }

    /// The stored files that it refers to.
    public var files: [StoredContent] { [content] + (thumbnail.map { [$0] } ?? []) }

    /// The bytes that it counts for.
    public var storedBytes: Int { files.reduce(0) { $0 + $1.size } }
}
