public import Foundation

/// Contents that stay readable until they are copied; their second names are deleted with the object, or by `RepairStorage`.
public final class StagedContents: Sendable {
    /// Those that the storage does not have, or has in another size.
    public let missing: [FileDigest]
    private let contents: [StoredContent]
    private let folder: WorkFolder

    init(_ contents: [StoredContent], of storage: FileStorage) throws(AttachmentsError) {
        folder = try WorkFolder(in: storage.work)
        var (staged, missing): ([StoredContent], [FileDigest]) = ([], [])
        for content in Set(contents).sorted(by: { $0.digest < $1.digest }) {
            let place = folder.url.appending(path: content.digest.rawValue)
            let isSound = try storage.existing(content.digest)?.size == content.size
            guard isSound, try ContentCopy.place(storage.url(of: content.digest), at: place) else {
                missing.append(content.digest)
                continue
            }
            staged.append(content)
        }
        (self.contents, self.missing) = (staged, missing)
    }

    /// What is staged.
    public var usage: StorageUsage {
        StorageUsage(files: contents.count, bytes: contents.reduce(0) { $0 + $1.size })
    }

    /// Copies the contents into a folder that becomes a storage, which must not exist, and flushes them to the disk.
    ///
    /// It blocks.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func copy(to root: URL) throws(AttachmentsError) {
        let copy = try FileStorage(root)
        for content in contents {
            let staged = folder.url.appending(path: content.digest.rawValue)
            guard try ContentCopy.place(staged, at: copy.url(of: content.digest)) else {
                throw .fileSystem(path: staged.path, reason: "it is gone")
            }
        }
        try copy.flush()
    }
}
