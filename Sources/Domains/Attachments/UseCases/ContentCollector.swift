/// Deletes contents that no record refers to any more.
struct ContentCollector: Sendable {
    let store: any AttachmentStore
    let storage: FileStorage

    /// Deletes those of some contents to which no record refers.
    ///
    /// While the lock is held nobody can be between placing the content and writing a record for it, so the answer of the store is final.
    ///
    /// - Returns: how many were deleted.
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`; contents that are left are found by `RepairStorage`.
    @discardableResult
    func collect(_ digests: some Sequence<FileDigest>) async throws -> Int {
        var count = 0
        for digest in Set(digests).sorted() {
            let lock = try await storage.lock([digest], .exclusive)
            defer { withExtendedLifetime(lock) {} }
            guard try await !store.isReferenced(digest) else { continue }
            try await storage.onThread { try storage.delete(digest) }
            count += 1
        }
        return count
    }
}
