import Civic
import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import Attachments

@Suite struct TakeAttachmentTests {
    @Test(
        "Files are refused by their content, whatever they are called, and nothing of them is left",
        arguments: [
            ("empty.jpg", .empty), ("moving.jpg", .unknownFormat), ("program.jpg", .unknownFormat),
            ("drawing.png", .unknownFormat), ("truncated.jpg", .damaged(.jpeg)), ("header-only.jpg", .damaged(.jpeg)),
            ("broken.heic", .unreadableHEIC), ("cut.pdf", .damaged(.pdf)), ("script.pdf", .unknownFormat),
            ("archive.pdf", .mixedContent(.pdf)), ("bomb.docx", .overpacked), ("macros.docx", .macros),
            ("overlapping.docx", .damaged(.docx)), ("encrypted.docx", .damaged(.docx)),
            ("outside.docx", .damaged(.docx)),
            ("two-cases.docx", .damaged(.docx)), ("archive.docx", .unknownFormat), ("behind.docx", .damaged(.docx)),
            ("many.docx", .overpacked),
        ] as [(String, AttachmentRefusal)]
    )
    func refused(name: String, refusal: AttachmentRefusal) async throws {
        let fixture = try AttachmentFixture()
        #expect(try await fixture.take(name) == .refused(refusal))
        #expect(try fixture.files() == [])
        #expect(try await fixture.store.usage(of: nil) == StorageUsage(files: 0, bytes: 0))
    }

    @Test("Documents are stored as they are, readable by this user only", arguments: ["letter.pdf", "letter.docx"])
    func documents(name: String) async throws {
        let fixture = try AttachmentFixture()
        let attachment = try #require(try await fixture.take(name).attachment)
        let url = fixture.storage.url(of: attachment.content.digest)
        #expect(try Data(contentsOf: url) == Data(contentsOf: fixture.folder.url.appending(path: name)))
        #expect(try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int == 0o600)
        #expect(try fixture.files().count == 1)
        #expect(attachment.name == name && attachment.state == .available && attachment.thumbnail == nil)
        #expect(try await fixture.store.attachment(attachment.id)?.content == attachment.content)
    }

    @Test("A file larger than the limit is refused")
    func size() async throws {
        let fixture = try AttachmentFixture { $0.fileBytes = 50 }
        #expect(try await fixture.take("letter.pdf") == .refused(.tooLarge(limit: 50)))
    }

    @Test("A symbolic link or a folder is not read")
    func links() async throws {
        let fixture = try AttachmentFixture()
        let link = fixture.folder.url.appending(path: "link.pdf")
        let letter = try await fixture.sample("letter.pdf")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: letter)
        for url in [link, fixture.folder.url] {
            await #expect(throws: AttachmentsError.self) {
                try await fixture.useCases().take.take(url, named: "a.pdf", from: nil)
            }
        }
    }

    @Test("Quotas of a person, of all and the floor of free space are kept")
    func quotas() async throws {
        let person = PersonID(rawValue: 7)
        let few = try AttachmentFixture { $0.personFiles = 1 }
        #expect(try await few.take("letter.pdf").attachment != nil)
        #expect(try await few.take("letter.docx") == .refused(.tooManyFiles(limit: 1)))
        #expect(try await few.take("letter.docx", from: PersonID(rawValue: 8)).attachment != nil)
        let small = try AttachmentFixture { $0.personBytes = 100 }
        #expect(try await small.take("letter.docx") == .refused(.personQuota(limit: 100)))
        #expect(try await small.take("letter.pdf").attachment != nil)
        #expect(try await small.store.usage(of: person) == StorageUsage(files: 1, bytes: 81))
        let full = try AttachmentFixture { $0.totalBytes = 100 }
        #expect(try await full.take("letter.docx", from: nil) == .refused(.storageFull))
        #expect(try full.files() == [])
        let disk = try AttachmentFixture { $0.leastFreeDisk = .max / 2 }
        #expect(try await disk.take("letter.pdf") == .refused(.storageFull))
    }

    @Test("Two records of one content share its file, and the file goes with the last of them")
    func shared() async throws {
        let fixture = try AttachmentFixture()
        let first = try #require(try await fixture.take("letter.pdf").attachment)
        let second = try #require(try await fixture.take("letter.pdf", from: PersonID(rawValue: 8)).attachment)
        #expect(first.id != second.id && first.content == second.content)
        #expect(try fixture.files().count == 1)
        try await fixture.useCases().delete.delete([first.id])
        #expect(try fixture.files().count == 1)
        try await fixture.useCases().delete.deleteAll(of: PersonID(rawValue: 8))
        #expect(try fixture.files() == [])
        #expect(try await fixture.store.usage(of: nil) == StorageUsage(files: 0, bytes: 0))
    }

    @Test("Erasing a person reaches pictures, thumbnails and copies in work")
    func erased() async throws {
        let fixture = try AttachmentFixture()
        for name in ["plain.jpg", "letter.pdf"] { #expect(try await fixture.take(name).attachment != nil) }
        #expect(try fixture.files().count == 3)
        try await fixture.useCases().delete.deleteAll(of: PersonID(rawValue: 7))
        #expect(try fixture.files() == [])
        try await fixture.useCases().delete.deleteAll(of: PersonID(rawValue: 7))
    }

    @Test("Files that nothing claims are deleted when their time is over")
    func unclaimed() async throws {
        let fixture = try AttachmentFixture()
        let kept = try #require(try await fixture.take("letter.pdf").attachment)
        _ = try await fixture.take("letter.docx")
        #expect(try await fixture.store.claim([kept.id], of: kept.owner, at: Date()))
        #expect(try await fixture.useCases().delete.deleteUnclaimed() == 0)
        #expect(try await fixture.useCases(after: 31 * 86_400).delete.deleteUnclaimed() == 1)
        #expect(try await fixture.store.attachments(of: PersonID(rawValue: 7)).map(\.id) == [kept.id])
        #expect(try fixture.files().count == 1)
    }

    @Test("Taking and deleting the same content at once leaves each record its file, and no file without a record")
    func races() async throws {
        let fixture = try AttachmentFixture()
        let useCases = fixture.useCases()
        let file = try await fixture.sample("letter.pdf")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    for round in 0..<10 {
                        let outcome = try await useCases.take.take(file, named: "a.pdf", from: nil)
                        let attachment = try #require(outcome.attachment)
                        let url = fixture.storage.url(of: attachment.content.digest)
                        #expect(FileManager.default.fileExists(atPath: url.path), "\(number) \(round)")
                        try await useCases.delete.delete([attachment.id])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try fixture.files() == [])
    }
}
