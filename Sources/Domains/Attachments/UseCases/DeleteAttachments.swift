public import Civic
import Foundation

/// Deletes attachments: their records, contents and thumbnails.
///
/// A content that another record refers to stays. When the process is killed after the records are deleted, `RepairStorage` deletes the
/// contents.
public struct DeleteAttachments: Sendable {
    /// How many expired files are deleted at a time.
    private static let batch = 100

    let store: any AttachmentStore
    let limits: AttachmentLimits
    let clock: WallClock
    let collector: ContentCollector

    /// Deletes attachments; ids without a record are ignored.
    ///
    /// - Throws: what the store throws, or `AttachmentsError.fileSystem`.
    public func delete(_ ids: [AttachmentID]) async throws {
        try await collector.collect(try await store.delete(ids).map(\.digest))
    }

    /// Deletes those of some attachments that nothing has claimed, such as the files of a form that was given up.
    ///
    /// - Throws: as `delete`.
    public func deleteUnclaimed(_ ids: [AttachmentID]) async throws {
        try await collector.collect(try await store.deleteUnclaimed(ids).map(\.digest))
    }

    /// Deletes the attachments of a person that nothing has claimed, which can be repeated.
    ///
    /// - Throws: as `delete`.
    public func deleteUnclaimed(of owner: PersonID) async throws {
        try await collector.collect(try await store.deleteUnclaimed(of: owner).map(\.digest))
    }

    /// Deletes all attachments of a person, which can be repeated.
    ///
    /// - Throws: as `delete`.
    public func deleteAll(of owner: PersonID) async throws {
        try await collector.collect(try await store.deleteAll(of: owner).map(\.digest))
    }

    /// Deletes files that nothing has claimed for as long as they are kept.
    ///
    /// - Returns: how many contents were deleted.
    /// - Throws: as `delete`.
    @discardableResult
    public func deleteUnclaimed() async throws -> Int {
        let oldest = clock.now.addingTimeInterval(-limits.unclaimedLifetime.timeInterval)
        var count = 0
        while case let contents = try await store.deleteUnclaimed(before: oldest, limit: Self.batch), !contents.isEmpty
        {
            count += try await collector.collect(contents.map(\.digest))
        }
        return count
    }
}
