/// Finds damaged contents, and mends records whose contents are lost, as far as that is possible without a backup.
///
/// It is run by an operator, not by itself: a disk that is not mounted makes all contents look lost.
public struct RepairRecords: Sendable {
    /// What was done.
    public struct Report: Sendable, Equatable {
        /// How many damaged contents were deleted.
        public internal(set) var damaged = 0
        /// How many records of unfinished forms were deleted, whose files are asked for again.
        public internal(set) var deleted = 0
        /// How many pictures lost their thumbnail only.
        public internal(set) var withoutThumbnail = 0
        /// The claimed records that stay without their file until it comes back from a backup.
        public internal(set) var lost: [AttachmentID] = []
    }

    let store: any AttachmentStore
    let storage: FileStorage
    let collector: ContentCollector

    /// Reads all contents that records refer to.
    ///
    /// - Returns: those whose bytes are no longer what their digests say; missing ones are not among them.
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`.
    public func damaged() async throws -> [FileDigest] {
        var damaged: [FileDigest] = []
        for shard in FileStorage.shards {
            let contents = try await store.references(in: shard)
            damaged += try await storage.onThread {
                try Set(contents.map(\.digest)).sorted().filter { digest in
                    guard try storage.existing(digest) != nil else { return false }
                    return try FileDigest.read(try OpenFile(storage.url(of: digest))).digest != digest
                }
            }
        }
        return damaged
    }

    /// Deletes damaged contents, and mends the records of lost ones.
    ///
    /// A damaged content is of no use, and in its place the same file can be stored again.
    ///
    /// - Parameters:
    ///   - damaged: the result of `damaged`.
    ///   - missing: contents that are missing or have another size.
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`.
    public func repair(damaged: [FileDigest], missing: [FileDigest]) async throws -> Report {
        var report = Report()
        for digest in damaged {
            let lock = try await storage.lock([digest], .exclusive)
            defer { withExtendedLifetime(lock) {} }
            report.damaged += try await storage.onThread {
                // It may have been stored again meanwhile.
                guard try storage.existing(digest) != nil,
                    try FileDigest.read(try OpenFile(storage.url(of: digest))).digest != digest
                else { return 0 }
                try storage.delete(digest)
                return 1
            }
        }
        for digest in Set(damaged + missing).sorted() {
            for attachment in try await store.attachments(referringTo: digest) {
                try await mend(attachment, without: digest, &report)
            }
        }
        return report
    }

    private func mend(_ attachment: AttachedFile, without digest: FileDigest, _ report: inout Report) async throws {
        let size = attachment.files.first { $0.digest == digest }?.size
        // It may have been stored again meanwhile.
        if try await storage.onThread({ try storage.existing(digest)?.size }) == size { return }
        if attachment.claimed == nil {
            try await collector.collect(try await store.deleteUnclaimed([attachment.id]).map(\.digest))
            report.deleted += 1
        } else if attachment.content.digest != digest {
            try await store.dropThumbnail(of: attachment.id)
            report.withoutThumbnail += 1
        } else if !report.lost.contains(attachment.id) {
            report.lost.append(attachment.id)
        }
    }
}
