import Foundation
import Synchronization

/// The contents of a storage while none of them is deleted, in this process or another; new ones are stored meanwhile.
///
/// A backup holds the storage, copies the database, stages the contents to which the copy refers, which takes their second names in the
/// storage only, and lets go. It then copies the staged contents to wherever it is made, for as long as that takes. So no record of
/// the copy is without its file, and those who erase their data meanwhile need not wait for the copying.
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

    /// Keeps contents for copying although they are deleted, and lets the storage go.
    ///
    /// It blocks.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func stage(_ contents: [StoredContent]) throws(AttachmentsError) -> StagedContents {
        defer { lock.withLock { $0 = nil } }
        return try StagedContents(contents, of: storage)
    }
}
