public import Civic
import Foundation

/// Reads the records of attachments, and opens their files for serving.
///
/// Whether a visitor may see a file is decided beforehand, by the feature whose record claims it.
public struct ReadAttachments: Sendable {
    let store: any AttachmentStore
    let storage: FileStorage

    /// The record of an id; nil when there is none.
    ///
    /// - Throws: what the store throws.
    public func attachment(_ id: AttachmentID) async throws -> AttachedFile? { try await store.attachment(id) }

    /// The records of a person that nothing has claimed, oldest first.
    ///
    /// - Throws: what the store throws.
    public func unclaimed(of owner: PersonID) async throws -> [AttachedFile] {
        try await store.attachments(of: owner).filter { $0.claimed == nil }
    }

    /// The number and total size of all files.
    ///
    /// - Throws: what the store throws.
    public func usage() async throws -> StorageUsage { try await store.usage(of: nil) }

    /// The free bytes that are available to us on the disk with the files.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func freeBytes() throws(AttachmentsError) -> Int { try storage.freeBytes() }

    /// Opens the file that is served; it can be read to its end even if it is deleted meanwhile.
    ///
    /// - Throws: `AttachmentsError.fileSystem`, also when the file is missing or of another size than its record says.
    public func open(_ delivery: AttachmentDelivery) async throws -> AttachmentReader {
        let url = storage.url(of: delivery.content.digest)
        let file = try await storage.onThread { try OpenFile(url) }
        guard file.size == delivery.content.size else {
            throw AttachmentsError.fileSystem(path: url.path, reason: "its size is not that of its record")
        }
        return AttachmentReader(file: file, storage: storage)
    }
}

/// A file that is open for serving.
public struct AttachmentReader: Sendable {
    let file: OpenFile
    let storage: FileStorage

    /// Its size, bytes.
    public var size: Int { file.size }

    /// The next piece of the file, at most 256 kB; empty at its end.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func bytes(at position: Int) async throws -> [UInt8] {
        try await storage.onThread { [file] in try file.bytes(at: position, count: OpenFile.chunk) }
    }
}
