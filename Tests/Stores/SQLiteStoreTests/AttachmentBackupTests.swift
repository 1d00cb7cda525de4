import Attachments
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// Attachments in backups and restores.
@Suite struct AttachmentBackupTests {
    private let folder: TemporaryFolder
    private let city: CityFixture
    private let storage: FileStorage
    private let useCases: AttachmentUseCases
    private let pool: DatabasePool

    init() throws {
        folder = try TemporaryFolder()
        city = try CityFixture(TinyCity.contents())
        pool = try PortalDatabase.open(path: folder.url.appending(path: "portal.sqlite").path)
        storage = try FileStorage(folder.url.appending(path: "attachments"))
        var limits = AttachmentLimits()
        limits.leastFreeDisk = 0
        useCases = AttachmentUseCases(
            store: SQLiteAttachmentStore(pool),
            storage: storage,
            scanner: nil,
            limits: limits
        )
    }

    private func place(_ name: String) -> URL { folder.url.appending(path: name) }

    private func take(_ text: String) async throws -> AttachedFile {
        let file = place("sent-\(UInt64.random(in: .min ... .max))")
        try Data("%PDF-1.4\n\(text)\nstartxref\n9\n%%EOF\n".utf8).write(to: file)
        let outcome = try await useCases.take.take(file, named: "a.pdf", from: nil)
        guard case .taken(let attachment, _) = outcome else { throw StoreError.missingDatabase(path: "\(outcome)") }
        return attachment
    }

    private func backup(_ name: String) async throws -> PortalBackup {
        try PortalBackup.make(
            database: pool.path,
            city: city.file,
            attachments: try await HeldStorage(storage),
            in: place(name),
            version: "test"
        )
    }

    @Test(
        "A backup has the files of its records and no others, and a restore brings lost ones back and keeps newer ones"
    )
    func roundTrip() async throws {
        let first = try await take("first")
        let made = try await backup("backup")
        #expect(made.attachments == StorageUsage(files: 1, bytes: first.content.size) && made.missing == [])
        let second = try await take("second")
        try FileManager.default.removeItem(at: storage.url(of: first.content.digest))
        try pool.close()
        let opened = try PortalBackup(in: place("backup"))
        let report = try opened.restore(database: pool.path, city: city.file, attachments: place("attachments"))
        let aside = try #require(report.kept.first { $0.contains("/attachments.before-restore-") })
        let kept = FileStorage(reading: URL(filePath: aside))
        #expect(try kept.unsound([second.content]) == [])
        #expect(try storage.unsound([first.content, second.content]) == [])
        let restored = try PortalDatabase.openExisting(path: pool.path)
        let store = SQLiteAttachmentStore(restored)
        #expect(try await store.attachment(first.id)?.content == first.content)
        #expect(try await store.attachment(second.id) == nil)
        try restored.close()
    }

    @Test("A backup with a lost or changed file is refused before anything is changed")
    func damaged() async throws {
        let file = try await take("text")
        _ = try await backup("backup")
        let copy = FileStorage(reading: place("backup").appending(path: "attachments")).url(of: file.content.digest)
        try FileManager.default.removeItem(at: copy)
        #expect(throws: StoreError.self) { try PortalBackup(in: place("backup")) }
        try Data(count: file.content.size).write(to: copy)
        #expect {
            try PortalBackup(in: place("backup"))
        } throws: { error in
            "\(error)".contains(file.content.digest.rawValue)
        }
    }

    @Test("A file that was missing already is told of and does not prevent a backup or its restore")
    func missingBefore() async throws {
        let (lost, kept) = (try await take("lost"), try await take("kept"))
        try FileManager.default.removeItem(at: storage.url(of: lost.content.digest))
        #expect(try await backup("backup").missing == [lost.content.digest])
        try pool.close()
        let opened = try PortalBackup(in: place("backup"))
        #expect(opened.missing == [lost.content.digest])
        _ = try opened.restore(database: pool.path, city: city.file, attachments: place("elsewhere/attachments"))
        let restored = FileStorage(reading: place("elsewhere/attachments"))
        #expect(try restored.unsound([lost.content, kept.content]) == [lost.content.digest])
    }

    @Test("A backup of a version without attachments is restored and leaves the files as they are")
    func earlierLayout() async throws {
        _ = try PortalBackup.make(database: pool.path, city: city.file, in: place("backup"), version: "test")
        let manifest = place("backup").appending(path: "backup.json")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacing("\"format\" : 2", with: "\"format\" : 1").write(
            to: manifest,
            atomically: true,
            encoding: .utf8
        )
        let file = try await take("later")
        try pool.close()
        let opened = try PortalBackup(in: place("backup"))
        #expect(opened.attachments == nil)
        let report = try opened.restore(database: pool.path, city: city.file, attachments: place("attachments"))
        #expect(!report.kept.contains { $0.contains("attachments") })
        #expect(try storage.unsound([file.content]) == [])
    }
}
