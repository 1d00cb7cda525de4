import Attachments
import Civic
import Foundation
import GRDB

/// A row of the table of attachments.
struct AttachmentRow: TableRow {
    static let table = "attachment"
    /// The columns, for queries.
    static let list = """
        id, owner, name, format, digest, size, thumbnail_digest, thumbnail_size, state, finding, received, claimed, attempts
        """

    let id: String
    let owner: PersonID?
    let name: String
    let format: String
    let digest: String
    let size: Int
    let thumbnailDigest: String?
    let thumbnailSize: Int?
    let state: String
    let finding: String?
    let received: Date
    let claimed: Date?
    let attempts: Int

    /// The record.
    var attachment: AttachedFile {
        get throws {
            AttachedFile(
                id: try Self.required("id", id, AttachmentID(rawValue: id)),
                owner: owner,
                name: name,
                format: try Self.required("format", id, FileFormat(rawValue: format)),
                content: StoredContent(
                    digest: try Self.required("digest", id, FileDigest(rawValue: digest)),
                    size: size
                ),
                thumbnail: try thumbnail,
                state: try Self.required("state", id, StoredState(rawValue: state)).state(finding: finding),
                received: received,
                claimed: claimed
            )
        }
    }

    private var thumbnail: StoredContent? {
        get throws {
            guard let thumbnailDigest, let thumbnailSize else { return nil }
            let digest = try Self.required("thumbnail_digest", id, FileDigest(rawValue: thumbnailDigest))
            return StoredContent(digest: digest, size: thumbnailSize)
        }
    }
}

/// The words for states in the table.
enum StoredState: String {
    case awaitingScan = "awaiting_scan"
    case available, infected

    init(_ state: AttachedFile.State) {
        switch state {
        case .awaitingScan: self = .awaitingScan
        case .available: self = .available
        case .infected: self = .infected
        }
    }

    func state(finding: String?) -> AttachedFile.State {
        switch self {
        case .awaitingScan: .awaitingScan
        case .available: .available
        case .infected: .infected(finding: finding ?? "")
        }
    }
}

/// A row of the contents that records refer to.
struct ContentRow: TableRow {
    static let table = "attachment"

    let digest: String
    let size: Int

    /// The content.
    var content: StoredContent {
        get throws {
            StoredContent(digest: try Self.required("digest", digest, FileDigest(rawValue: digest)), size: size)
        }
    }
}
