import Civic
import Foundation
import GRDB
import Mail
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct SQLiteOutboxTests {
    private let start = Date(timeIntervalSince1970: 1_795_629_937.125)

    private func outbox(_ keys: String...) async throws -> (DatabaseQueue, SQLiteOutbox) {
        let queue = try PortalDatabase.traced()
        for (index, key) in keys.enumerated() {
            let time = start.addingTimeInterval(Double(index))
            try await queue.write { db in try SQLiteOutbox.enqueue([Self.mail(key)], db, at: time) }
        }
        return (queue, SQLiteOutbox(queue))
    }

    private static func mail(_ key: String) -> OutgoingMail {
        OutgoingMail(
            key: key,
            recipient: "aida@example.kz",
            message: MailMessage(subject: "Сәлем", text: "https://example.kz/token", html: "<p>token</p>"),
            language: "kk",
            unsubscribe: "https://example.kz/off"
        )
    }

    private func claim(
        _ outbox: SQLiteOutbox,
        after seconds: Double = 60,
        limit: Int = 10
    ) async throws -> [QueuedMail] {
        try await outbox.claimDue(at: start.addingTimeInterval(seconds), limit: limit, lease: .seconds(300))
    }

    /// The whole contents of the table as text.
    private func contents(_ queue: DatabaseQueue) async throws -> String {
        try await queue.read { db in "\(try Row.fetchAll(db, sql: "SELECT * FROM outbox_mail"))" }
    }

    @Test("When the cause is rolled back, no mail goes out")
    func transaction() async throws {
        let (queue, outbox) = try await outbox()
        struct Cause: Error {}
        await #expect(throws: Cause.self) {
            try await queue.write { [start] db in
                try SQLiteOutbox.enqueue([Self.mail("a")], db, at: start)
                throw Cause()
            }
        }
        #expect(try await claim(outbox) == [])
    }

    @Test("Nothing personal is kept of a sent mail")
    func sent() async throws {
        let (queue, outbox) = try await outbox("a")
        let id = try #require(try await claim(outbox).first).id
        #expect(try await contents(queue).contains("token"))
        try await outbox.markSent(id, at: start)
        let left = try await contents(queue)
        for text in ["token", "aida", "Сәлем", "example.kz"] { #expect(!left.contains(text), "\(text)") }
        #expect(try await claim(outbox, after: 99_999) == [])
        #expect(try await outbox.undelivered(limit: 10) == [])
    }

    @Test("A given-up mail is tried again only when staff request it, as long as it is kept")
    func givenUp() async throws {
        let (queue, outbox) = try await outbox("a")
        let id = try #require(try await claim(outbox).first).id
        try await outbox.giveUp(id, at: start, reason: "the server answered 550")
        #expect(try await claim(outbox, after: 99_999) == [])
        #expect(try await outbox.undelivered(limit: 10).first?.state == .givenUp(at: start, isKept: true))
        try await outbox.resend(id)
        #expect(try await claim(outbox).map(\.attempts) == [1])
        try await outbox.giveUp(id, at: start, reason: "the server answered 550")
        try await outbox.blankGivenUp(before: start)
        #expect(try await contents(queue).contains("token"))
        try await outbox.blankGivenUp(before: start.addingTimeInterval(0.001))
        #expect(!(try await contents(queue).contains("token")))
        #expect(try await outbox.undelivered(limit: 10).first?.state == .givenUp(at: start, isKept: false))
        await #expect(throws: MailError.notKept(id)) { try await outbox.resend(id) }
    }

    @Test("Looking for due mails uses an index and, when there are none, writes nothing")
    func cost() async throws {
        let (queue, outbox) = try await outbox("a")
        let sql = "EXPLAIN QUERY PLAN SELECT 1 FROM outbox_mail WHERE state = 'waiting' AND due <= 5"
        let plan = try await queue.read { db in try Row.fetchAll(db, sql: sql).map(\.description).joined() }
        #expect(plan.contains("outbox_mail_due"))
        let before = try await queue.read { db in db.totalChangesCount }
        #expect(try await claim(outbox, after: -1) == [])
        #expect(try await queue.read { db in db.totalChangesCount } == before)
    }

    @Test("Mails to an address are deleted when its owner is erased")
    func forgotten() async throws {
        let (queue, outbox) = try await outbox("a", "b")
        let id = try #require(try await claim(outbox, limit: 1).first).id
        try await outbox.markSent(id, at: start)
        try await queue.write { db in try SQLiteOutbox.forget(recipient: "aida@example.kz", db) }
        #expect(!(try await contents(queue).contains("aida")))
        #expect(try await claim(outbox, after: 9_999) == [])
    }
}
