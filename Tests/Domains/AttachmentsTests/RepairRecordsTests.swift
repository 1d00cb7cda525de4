import Civic
import Foundation
import SQLiteStore
import TestSupport
import Testing

@testable import Attachments

@Suite struct RepairRecordsTests {
    @Test("Damaged contents are found although their size is right, and are deleted so that the file can be sent again")
    func damaged() async throws {
        let fixture = try AttachmentFixture()
        let kept = try #require(try await fixture.take("letter.docx").attachment)
        let broken = try #require(try await fixture.take("letter.pdf").attachment)
        #expect(try await fixture.store.claim([broken.id], of: PersonID(rawValue: 7), at: Date()))
        let repair = fixture.useCases().repair
        #expect(try await repair.damaged() == [])
        let url = fixture.storage.url(of: broken.content.digest)
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: url)
        #expect(try await fixture.useCases().mend.check().isSound)
        #expect(try await repair.damaged() == [broken.content.digest])
        let report = try await repair.repair(damaged: [broken.content.digest, kept.content.digest], missing: [])
        #expect(report.damaged == 1 && report.lost == [broken.id] && report.deleted == 0)
        #expect(try fixture.storage.existing(broken.content.digest) == nil)
        #expect(try fixture.storage.existing(kept.content.digest) != nil)
        _ = try await fixture.take("letter.pdf")
        let again = try await repair.repair(damaged: [], missing: [broken.content.digest])
        #expect(again == RepairRecords.Report())
    }

    @Test("A record of an unfinished form goes with its file, and a claimed picture loses only its thumbnail")
    func lost() async throws {
        let fixture = try AttachmentFixture()
        let draft = try #require(try await fixture.take("letter.pdf").attachment)
        let picture = try #require(try await fixture.take("plain.jpg").attachment)
        let thumbnail = try #require(picture.thumbnail)
        #expect(try await fixture.store.claim([picture.id], of: PersonID(rawValue: 7), at: Date()))
        for content in [draft.content, thumbnail] {
            try FileManager.default.removeItem(at: fixture.storage.url(of: content.digest))
        }
        let useCases = fixture.useCases()
        let missing = try await useCases.mend.check().missing
        #expect(Set(missing) == [draft.content.digest, thumbnail.digest])
        let report = try await useCases.repair.repair(damaged: [], missing: missing)
        #expect(report.deleted == 1 && report.withoutThumbnail == 1 && report.lost == [])
        #expect(try await fixture.store.attachment(draft.id) == nil)
        #expect(try await fixture.store.attachment(picture.id)?.thumbnail == nil)
        #expect(try await useCases.mend.check().isSound)
    }
}
