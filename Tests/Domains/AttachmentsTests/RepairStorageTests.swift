import Civic
import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import Attachments

@Suite struct RepairStorageTests {
    @Test("Contents without a record are found and deleted when they are old enough, and missing ones are reported")
    func mend() async throws {
        let fixture = try AttachmentFixture()
        let kept = try #require(try await fixture.take("letter.pdf").attachment)
        let lost = try #require(try await fixture.take("letter.docx").attachment)
        #expect(try await fixture.useCases(after: 7_200).mend.check().isSound)
        // As when the process is killed after the record is deleted.
        _ = try await fixture.store.delete([lost.id])
        #expect(try await fixture.useCases().mend.check().isSound)
        let later = fixture.useCases(after: 7_200).mend
        #expect(try await later.check().orphans == [lost.content.digest])
        #expect(try await later.mend().orphans == 1)
        #expect(try await later.check().isSound)
        let url = fixture.storage.url(of: kept.content.digest)
        try Data([1]).write(to: url)
        #expect(try await later.check().wrongSize == [kept.content.digest])
        try FileManager.default.removeItem(at: url)
        #expect(try await later.mend().remaining.missing == [kept.content.digest])
        // Sending the file again brings it back.
        _ = try await fixture.take("letter.pdf")
        #expect(try await later.check().isSound)
    }

    @Test("What a process leaves that is killed between the file and the record is found and mended")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let letter = try await Sample.make("letter.pdf", in: folder.url)
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["--testing-library", "swift-testing", "--filter", "takesUntilKilled"]
        child.environment = ProcessInfo.processInfo.environment.merging([Self.variable: folder.url.path]) { $1 }
        (child.standardOutput, child.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try child.run()
        let marker = folder.url.appending(path: "placed").path
        for _ in 0..<600 where child.isRunning && !FileManager.default.fileExists(atPath: marker) {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(FileManager.default.fileExists(atPath: marker))
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        #expect(child.terminationReason == .uncaughtSignal)

        let storage = try FileStorage(folder.url.appending(path: "attachments"))
        let database = try PortalDatabase.open(path: folder.url.appending(path: "portal.sqlite").path)
        let store = SQLiteAttachmentStore(database)
        let digest = FileDigest(of: try Data(contentsOf: letter))
        #expect(try storage.existing(digest) != nil)
        #expect(try await !store.isReferenced(digest))
        let later = AttachmentUseCases(
            store: store,
            storage: storage,
            scanner: nil,
            clock: WallClock { Date().addingTimeInterval(7_200) }
        )
        #expect(try await later.mend.check().orphans == [digest])
        let report = try await later.mend.mend()
        #expect(report.orphans == 1 && report.leftovers == 1 && report.remaining.isSound)
        #expect(try storage.existing(digest) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: storage.work.path) == [])
    }

    private static let variable = "OPENALMATY_TEST_KILLED_FOLDER"

    @Test(
        "The process that is killed",
        .enabled(if: ProcessInfo.processInfo.environment[RepairStorageTests.variable] != nil)
    )
    func takesUntilKilled() async throws {
        let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment[Self.variable]))
        let database = try PortalDatabase.open(path: folder.appending(path: "portal.sqlite").path)
        var limits = AttachmentLimits()
        limits.leastFreeDisk = 0
        let useCases = AttachmentUseCases(
            store: StoppedStore(store: SQLiteAttachmentStore(database), marker: folder.appending(path: "placed")),
            storage: try FileStorage(folder.appending(path: "attachments")),
            scanner: nil,
            limits: limits
        )
        _ = try await useCases.take.take(folder.appending(path: "letter.pdf"), named: "letter.pdf", from: nil)
    }
}

/// The real store, except that it says when a record is to be added and never adds it.
private struct StoppedStore: AttachmentStore {
    let store: SQLiteAttachmentStore
    let marker: URL

    func add(_ attachment: AttachedFile, within quota: StorageQuota) async throws -> AttachmentAddition {
        try Data().write(to: marker)
        try await Task.sleep(for: .seconds(600))
        return .full
    }

    func attachment(_ id: AttachmentID) async throws -> AttachedFile? { try await store.attachment(id) }
    func attachments(of owner: PersonID) async throws -> [AttachedFile] { try await store.attachments(of: owner) }
    func usage(of owner: PersonID?) async throws -> StorageUsage { try await store.usage(of: owner) }
    func claim(_ ids: [AttachmentID], of owner: PersonID?, at now: Date) async throws -> Bool {
        try await store.claim(ids, of: owner, at: now)
    }
    func adopt(
        _ ids: [AttachmentID],
        by person: PersonID,
        within quota: StorageUsage
    ) async throws -> [AttachmentID] {
        try await store.adopt(ids, by: person, within: quota)
    }
    func delete(_ ids: [AttachmentID]) async throws -> [StoredContent] { try await store.delete(ids) }
    func deleteUnclaimed(_ ids: [AttachmentID]) async throws -> [StoredContent] {
        try await store.deleteUnclaimed(ids)
    }
    func deleteUnclaimed(of owner: PersonID) async throws -> [StoredContent] {
        try await store.deleteUnclaimed(of: owner)
    }
    func attachments(referringTo digest: FileDigest) async throws -> [AttachedFile] {
        try await store.attachments(referringTo: digest)
    }
    func dropThumbnail(of id: AttachmentID) async throws { try await store.dropThumbnail(of: id) }
    func deleteAll(of owner: PersonID) async throws -> [StoredContent] { try await store.deleteAll(of: owner) }
    func deleteUnclaimed(before time: Date, limit: Int) async throws -> [StoredContent] {
        try await store.deleteUnclaimed(before: time, limit: limit)
    }
    func isReferenced(_ digest: FileDigest) async throws -> Bool { try await store.isReferenced(digest) }
    func references(in shard: String) async throws -> [StoredContent] { try await store.references(in: shard) }
    func claimScans(at now: Date, limit: Int, lease: Duration) async throws -> [AwaitedScan] {
        try await store.claimScans(at: now, limit: limit, lease: lease)
    }
    func postponeScan(_ id: AttachmentID, until next: Date) async throws {
        try await store.postponeScan(id, until: next)
    }
    func markAvailable(_ id: AttachmentID) async throws { try await store.markAvailable(id) }
    func markInfected(_ id: AttachmentID, finding: String) async throws -> [StoredContent] {
        try await store.markInfected(id, finding: finding)
    }
}
