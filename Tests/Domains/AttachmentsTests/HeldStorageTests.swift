import Civic
import Foundation
import SQLiteStore
import Synchronization
import TestSupport
import Testing

@testable import Attachments

@Suite struct HeldStorageTests {
    @Test(
        "While a storage is held nothing is deleted and new files are taken, and what is staged outlives its deletion"
    )
    func staging() async throws {
        let fixture = try AttachmentFixture()
        let letter = try #require(try await fixture.take("letter.pdf").attachment)
        let held = try await HeldStorage(fixture.storage)
        let flag = Flag()
        let deletion = Task {
            try await fixture.useCases().delete.delete([letter.id])
            flag.isSet.withLock { $0 = true }
        }
        _ = try #require(try await fixture.take("letter.docx").attachment)
        #expect(!flag.isSet.withLock { $0 })
        let unknown = StoredContent(digest: FileDigest(of: Data([1])), size: 1)
        let staged = try held.stage([letter.content, letter.content, unknown])
        #expect(staged.usage == StorageUsage(files: 1, bytes: letter.content.size))
        #expect(staged.missing == [unknown.digest])
        try await deletion.value
        #expect(try fixture.storage.existing(letter.content.digest) == nil)
        let copy = fixture.folder.url.appending(path: "copy")
        try staged.copy(to: copy)
        let stored = FileStorage(reading: copy)
        #expect(try stored.unsound([letter.content]) == [])
        #expect(try stored.unsound([unknown]) == [unknown.digest])
        withExtendedLifetime(staged) {}
    }

    @Test("A staging folder does not count as left behind while it is used, and is gone afterwards")
    func stagingFolder() async throws {
        let fixture = try AttachmentFixture()
        let letter = try #require(try await fixture.take("letter.pdf").attachment)
        var staged: StagedContents? = try await HeldStorage(fixture.storage).stage([letter.content])
        #expect(try await fixture.useCases(after: 7_200).mend.mend().leftovers == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.storage.work.path).count == 1)
        #expect(staged != nil)
        staged = nil
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.storage.work.path) == [])
    }

    @Test("A copy that is read and written has the same bytes as one by a link", arguments: [0, 1, 262_144, 1_000_003])
    func copying(size: Int) throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "source")
        try Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: source)
        let (linked, copied) = (folder.url.appending(path: "linked"), folder.url.appending(path: "copied"))
        #expect(try ContentCopy.place(source, at: linked))
        #expect(try ContentCopy.copy(source, to: copied))
        for target in [linked, copied] { #expect(try Data(contentsOf: target) == Data(contentsOf: source)) }
        #expect(try !ContentCopy.place(folder.url.appending(path: "none"), at: folder.url.appending(path: "x")))
        #expect(throws: AttachmentsError.self) { try ContentCopy.copy(source, to: copied) }
    }

    @Test("A copy to another file system, where no link can be made, has the same bytes")
    func otherFileSystem() throws {
        let shared = URL(filePath: "/dev/shm")
        let folder = try TemporaryFolder()
        let target = shared.appending(path: "openalmaty-test-\(UInt64.random(in: .min ... .max))")
        defer { try? FileManager.default.removeItem(at: target) }
        let source = folder.url.appending(path: "source")
        try Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }).write(to: source)
        #expect(try ContentCopy.place(source, at: target))
        #expect(try Data(contentsOf: target) == Data(contentsOf: source))
    }
}

/// Whether something has happened.
private final class Flag: Sendable {
    let isSet = Mutex(false)
}
