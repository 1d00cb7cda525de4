import Civic
import Foundation
import Testing

@testable import Mail

@Suite struct MailFolderTests {
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(url)
    }

    private func mail(_ number: Int, at seconds: Double) -> QueuedMail {
        let message = MailMessage(subject: "Сәлем \(number)", text: "Сілтеме", html: "<p>Сілтеме</p>")
        let mail = OutgoingMail(key: "k\(number)", recipient: "aida@example.kz", message: message, language: "kk")
        let queued = InternetMessageTests.moment.addingTimeInterval(seconds)
        return QueuedMail(id: Int64(number), mail: mail, attempts: 1, queued: queued)
    }

    @Test("Mails are listed newest first and read by file names that reveal nothing")
    func listing() async throws {
        try await withFolder { url in
            let folder = MailFolder(url)
            #expect(try folder.list() == [])
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: .folder(url))
            for (number, seconds) in [(1, 0.0), (2, 20), (3, 10), (2, 20)] {
                #expect(await sender.send(mail(number, at: seconds)) == .sent)
            }
            let entries = try folder.list()
            #expect(entries.map(\.subject) == ["Сәлем 2", "Сәлем 3", "Сәлем 1"])
            #expect(try folder.list(limit: 1).count == 1)
            let entry = try #require(entries.last)
            #expect(entry.id.hasPrefix("20261125T180537123Z-"))
            #expect(try folder.read(entry.id) == entry)
            #expect(entry.recipient == "aida@example.kz")
            let source = try #require(try folder.source(entry.id))
            #expect(String(decoding: source, as: UTF8.self).contains("To: <aida@example.kz>"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: url.path).allSatisfy { !$0.contains("aida") })
            let attributes = try FileManager.default.attributesOfItem(
                atPath: url.appending(path: entry.id + ".eml").path
            )
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test(
        "At start, leftovers of a killed process are deleted and readable mails are made private; complete mails stay"
    )
    func tidying() async throws {
        try await withFolder { url in
            let folder = MailFolder(url)
            try folder.tidy()
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: .folder(url))
            for (number, seconds) in [(1, 0.0), (2, 20)] { _ = await sender.send(mail(number, at: seconds)) }
            let entries = try folder.list()
            let orphan = "20261125T180537999Z-0123456789abcdef"
            for name in [".\(orphan).eml.77-ab.part", ".dat.nosync0042.x1", "\(orphan).eml", "notes.txt"] {
                try Data("secret".utf8).write(to: url.appending(path: name))
            }
            let open = url.appending(path: entries[0].id + ".eml")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open.path)
            // A mail that another process is writing now must be left alone.
            try folder.tidy()
            #expect(FileManager.default.fileExists(atPath: url.appending(path: "\(orphan).eml").path))
            try folder.tidy(at: Date() + 3_600)
            let left = try FileManager.default.contentsOfDirectory(atPath: url.path)
            let whole = entries.flatMap { entry in ["\(entry.id).eml", "\(entry.id).json"] }
            #expect(left.sorted() == (whole + ["notes.txt"]).sorted())
            #expect(try folder.list() == entries)
            let attributes = try FileManager.default.attributesOfItem(atPath: open.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("Mails to one recipient can be deleted, and old ones are swept")
    func forgetting() async throws {
        try await withFolder { url in
            let folder = MailFolder(url)
            try folder.forget(recipient: "aida@example.kz")
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: .folder(url))
            for (number, seconds) in [(1, 0.0), (2, 20), (3, 40)] { _ = await sender.send(mail(number, at: seconds)) }
            try Data("mine".utf8).write(to: url.appending(path: "0.json"))
            try folder.sweep(before: InternetMessageTests.moment.addingTimeInterval(20))
            #expect(try folder.list().map(\.subject) == ["Сәлем 3", "Сәлем 2"])
            try folder.forget(recipient: "other@example.kz")
            #expect(try folder.list().count == 2)
            try folder.forget(recipient: "Aida@Example.kz")
            #expect(try FileManager.default.contentsOfDirectory(atPath: url.path) == ["0.json"])
        }
    }

    @Test("A name is never used as a path")
    func traversal() async throws {
        try await withFolder { url in
            let inner = url.appending(path: "inner")
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            try Data("secret".utf8).write(to: url.appending(path: "secret.eml"))
            let folder = MailFolder(inner)
            for id in [
                "../secret", "..%2Fsecret", "", ".", "/etc/passwd", "20261125T180537123Z-0123456789abcdef/../../secret",
            ] {
                #expect(try folder.source(id) == nil)
                #expect(try folder.read(id) == nil)
            }
        }
    }

    @Test("A damaged file does not hide the others")
    func damaged() async throws {
        try await withFolder { url in
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: .folder(url))
            _ = await sender.send(mail(1, at: 0))
            try Data("{".utf8).write(to: url.appending(path: "20270101T000000000Z-0123456789abcdef.json"))
            #expect(try MailFolder(url).list(limit: 1).map(\.subject) == ["Сәлем 1"])
        }
    }

    @Test("An unwritable folder means trying again later; a mail that cannot be encoded is final")
    func faults() async throws {
        try await withFolder { url in
            try Data().write(to: url)
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: .folder(url.appending(path: "below")))
            #expect(await sender.send(mail(1, at: 0)) == .later(reason: "the mail folder cannot be written"))
            let hostile = InternetMessageTests.queued(recipient: "a@b.kz\nBcc: c@d.kz")
            #expect(await sender.send(hostile) == .never(reason: "To holds a line break or another control character"))
        }
    }
}
