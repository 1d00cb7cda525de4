import Foundation
import Synchronization

/// Keeps every process from deleting contents of a storage until it is released; new ones can still be stored.
///
/// A backup holds the storage, copies the database, stages the contents to which the copy refers by giving them second names within
/// the storage, and releases it. It then copies the staged contents to their destination, however long that takes. Thus every record
/// in the copy has its file, and people who erase their data meanwhile need not wait for the copying.
public final class HeldStorage: Sendable {
    private let storage: FileStorage
    private let lock: Mutex<StorageLock?>

    /// Waits until no content is being deleted.
    ///
    /// - Throws: `AttachmentsError.fileSystem`, or `CancellationError`.
    public init(_ storage: FileStorage) async throws {
        self.storage = storage
        lock = Mutex(try await storage.lockAll(.shared))
    }

    /// Keeps contents available for copying even if they are deleted, and releases the storage.
    ///
    /// It blocks.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func stage(_ contents: [StoredContent]) throws(AttachmentsError) -> StagedContents {
        defer { lock.withLock { $0 = nil } }
        return try StagedContents(contents, of: storage)
    }
}
