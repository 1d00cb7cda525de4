import Civic
import Foundation

/// Compares the contents on the disk with the records, and deletes what crashes have left.
public struct RepairStorage: Sendable {
    /// What was deleted and what cannot be mended.
    public struct Report: Sendable, Equatable {
        /// Contents without a record that were deleted.
        public let orphans: Int
        /// Unfinished files and folders of ended processes that were deleted.
        public let leftovers: Int
        /// What is still amiss: contents that are missing or of another size, which only a backup can bring back.
        public let remaining: StorageReconciliation
    }

    let store: any AttachmentStore
    let storage: FileStorage
    let limits: AttachmentLimits
    let clock: WallClock
    let collector: ContentCollector

    /// Compares and changes nothing.
    ///
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`.
    public func check() async throws -> StorageReconciliation {
        let oldest = clock.now.addingTimeInterval(-limits.orphanAge.timeInterval)
        var whole = StorageReconciliation()
        for shard in FileStorage.shards {
            let items = try await storage.onThread { try storage.items(in: shard) }
            let references = try await store.references(in: shard)
            let found = StorageReconciliation(items: items, references: references, oldest: oldest)
            whole.add(found.missing.isEmpty ? found : try await confirmed(items, references, found.missing, oldest))
        }
        return whole
    }

    /// Deletes contents without a record and what processes that ended have left.
    ///
    /// - Throws: as `check`, or an error of the file system.
    @discardableResult
    public func mend() async throws -> Report {
        let now = clock.now
        let oldest = now.addingTimeInterval(-limits.orphanAge.timeInterval)
        let leftovers = try await storage.onThread {
            try WorkFolder.deleteLeftovers(in: storage.work, now: now)
                + FileStorage.shards.reduce(0) { try $0 + storage.deleteUnfinished(in: $1, before: oldest) }
        }
        let found = try await check()
        let orphans = try await collector.collect(found.orphans)
        return Report(orphans: orphans, leftovers: leftovers, remaining: try await check())
    }

    /// Looks again for contents that are missing: records are written and deleted between reading the folder and the store.
    private func confirmed(
        _ items: [FileStorage.Item],
        _ references: [StoredContent],
        _ missing: [FileDigest],
        _ oldest: Date
    ) async throws -> StorageReconciliation {
        var present: [FileStorage.Item] = items
        var gone: Set<FileDigest> = []
        for digest in missing {
            if let item = try await storage.onThread({ try storage.existing(digest) }) {
                present.append(item)
            } else if try await !store.isReferenced(digest) {
                gone.insert(digest)
            }
        }
        return StorageReconciliation(
            items: present,
            references: references.filter { !gone.contains($0.digest) },
            oldest: oldest
        )
    }
}
