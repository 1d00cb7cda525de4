public import Civic
public import Foundation

/// The number and total size of a person's files, or of all files.
public struct StorageUsage: Sendable, Equatable {
    /// The number of files.
    public let files: Int
    /// Their total size as stored, in bytes.
    public let bytes: Int

    /// States a usage.
    public init(files: Int, bytes: Int) { (self.files, self.bytes) = (files, bytes) }
}

/// The limits on stored files that a new file must not exceed.
public struct StorageQuota: Sendable, Equatable {
    /// The limits for the files of one owner.
    public let person: StorageUsage
    /// The limit for all files together, in bytes.
    public let totalBytes: Int

    /// Makes a quota.
    public init(person: StorageUsage, totalBytes: Int) { (self.person, self.totalBytes) = (person, totalBytes) }
}

/// Whether a record was added.
public enum AttachmentAddition: Sendable, Equatable {
    /// It was.
    case added
    /// Its owner has as many files as the quota allows.
    case personHasTooManyFiles
    /// The files of its owner would be larger than the quota allows.
    case personHasTooManyBytes
    /// All files would be larger than the quota allows.
    case full
}

/// Persistent storage of the records of attachments; each call is one transaction.
///
/// A record counts as a reference to its contents until it is deleted or found infected.
public protocol AttachmentStore: Sendable {
    /// Adds a record, unless that would exceed the quota.
    func add(_ attachment: AttachedFile, within quota: StorageQuota) async throws -> AttachmentAddition
    /// Reads a record.
    func attachment(_ id: AttachmentID) async throws -> AttachedFile?
    /// The records of a person, oldest first.
    func attachments(of owner: PersonID) async throws -> [AttachedFile]
    /// The usage of a person; with nil, of everybody.
    func usage(of owner: PersonID?) async throws -> StorageUsage
    /// Marks records as kept by another one, so that they do not expire.
    ///
    /// - Returns: false, with nothing changed, when one of them does not exist, has another owner, is claimed already or is infected.
    func claim(_ ids: [AttachmentID], of owner: PersonID?, at now: Date) async throws -> Bool
    /// Gives unclaimed records without an owner to a person, in their order, as long as the quota allows.
    ///
    /// - Returns: those that the person has now; the others are unchanged.
    func adopt(
        _ ids: [AttachmentID],
        by person: PersonID,
        within quota: StorageUsage
    ) async throws -> [AttachmentID]
    /// Deletes records.
    ///
    /// - Returns: their contents, which other records may refer to as well.
    func delete(_ ids: [AttachmentID]) async throws -> [StoredContent]
    /// Deletes those of some records that nothing has claimed.
    ///
    /// - Returns: their contents, as `delete` does.
    func deleteUnclaimed(_ ids: [AttachmentID]) async throws -> [StoredContent]
    /// Deletes the records of a person that nothing has claimed.
    ///
    /// - Returns: their contents, as `delete` does.
    func deleteUnclaimed(of owner: PersonID) async throws -> [StoredContent]
    /// Deletes all records of a person.
    ///
    /// - Returns: their contents, as `delete` does.
    func deleteAll(of owner: PersonID) async throws -> [StoredContent]
    /// Deletes unclaimed records that were received before a time, at most `limit` of them.
    ///
    /// - Returns: their contents, as `delete` does.
    func deleteUnclaimed(before time: Date, limit: Int) async throws -> [StoredContent]
    /// Whether a record refers to a content.
    func isReferenced(_ digest: FileDigest) async throws -> Bool
    /// The records that refer to a content or have it as their thumbnail, oldest first.
    func attachments(referringTo digest: FileDigest) async throws -> [AttachedFile]
    /// Removes the thumbnail from a record.
    func dropThumbnail(of id: AttachmentID) async throws
    /// The contents that records refer to whose digests begin with two digits; a content may occur several times.
    func references(in shard: String) async throws -> [StoredContent]
    /// Takes records that await a scan and are due, oldest first, and makes them due again when the lease ends.
    ///
    /// - Returns: each with the number of attempts, this one included.
    func claimScans(at now: Date, limit: Int, lease: Duration) async throws -> [AwaitedScan]
    /// Sets when a record that still awaits its scan is due again.
    func postponeScan(_ id: AttachmentID, until next: Date) async throws
    /// Makes a record available that awaits its scan.
    func markAvailable(_ id: AttachmentID) async throws
    /// Records what the scanner found; the record no longer counts, neither as a reference nor in the usage.
    ///
    /// - Returns: its contents, as `delete` does.
    func markInfected(_ id: AttachmentID, finding: String) async throws -> [StoredContent]
}

/// A record that was taken to be scanned.
public struct AwaitedScan: Sendable, Equatable {
    /// The record.
    public let attachment: AttachedFile
    /// How often it was taken, this time included.
    public let attempts: Int

    /// Describes a scan.
    public init(attachment: AttachedFile, attempts: Int) { (self.attachment, self.attempts) = (attachment, attempts) }
}
