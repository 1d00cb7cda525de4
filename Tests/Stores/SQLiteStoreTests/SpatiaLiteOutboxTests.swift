import Civic
import Foundation
import GRDB
import Mail
import Testing

@testable import SQLiteStore

@Suite struct SpatiaLiteOutboxTests {
    private let start = Date(timeIntervalSince1970: 1_795_629_937.125)

    private func outbox(_ keys: String...) async throws -> (DatabaseQueue, SpatiaLiteOutbox) {
        let queue = try SpatialDatabase.inMemory()
        for (index, key) in keys.enumerated() {
            let time = start.addingTimeInterval(Double(index))
            try await queue.write { db in try SpatiaLiteOutbox.enqueue([Self.mail(key)], db, at: time) }
        }
        return (queue, SpatiaLiteOutbox(queue))
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
        _ outbox: SpatiaLiteOutbox,
        after seconds: Double = 60,
        limit: Int = 10
    ) async throws -> [QueuedMail] {
        try await outbox.claimDue(at: start.addingTimeInterval(seconds), limit: limit, lease: .seconds(300))
    }

    /// The whole contents of the table as text.
    private func contents(_ queue: DatabaseQueue) async throws -> String {
        try await queue.read { db in "\(try Row.fetchAll(db, sql: "SELECT * FROM outboxMail"))" }
    }

    @Test("Mails come out as they were queued, oldest first")
    func roundTrip() async throws {
        let (_, outbox) = try await outbox("a", "b")
        let claimed = try await claim(outbox)
        #expect(claimed.map(\.mail) == [Self.mail("a"), Self.mail("b")])
        #expect(claimed.map(\.attempts) == [1, 1])
        #expect(claimed.first?.queued == start)
    }

    @Test("A mail is queued only once, even after it was sent")
    func once() async throws {
        let (queue, outbox) = try await outbox("a", "a")
        let claimed = try await claim(outbox)
        #expect(claimed.count == 1)
        try await outbox.markSent(try #require(claimed.first).id, at: start)
        try await queue.write { [start] db in try SpatiaLiteOutbox.enqueue([Self.mail("a")], db, at: start) }
        #expect(try await claim(outbox, after: 9_999) == [])
    }

    @Test("When the cause is rolled back, no mail goes out")
    func transaction() async throws {
        let (queue, outbox) = try await outbox()
        struct Cause: Error {}
        await #expect(throws: Cause.self) {
            try await queue.write { [start] db in
                try SpatiaLiteOutbox.enqueue([Self.mail("a")], db, at: start)
                throw Cause()
            }
        }
        #expect(try await claim(outbox) == [])
    }

    @Test("A taken mail is not taken again until its lease ends, and then counts as another attempt")
    func lease() async throws {
        let (_, outbox) = try await outbox("a")
        #expect(try await claim(outbox, after: 0).map(\.attempts) == [1])
        #expect(try await claim(outbox, after: 299) == [])
        #expect(try await claim(outbox, after: 300).map(\.attempts) == [2])
    }

    @Test("Mails are not taken before they are due, nor more than requested")
    func dueAndLimit() async throws {
        let (_, outbox) = try await outbox("a", "b", "c")
        #expect(try await claim(outbox, after: 0.5).map(\.mail.key) == ["a"])
        #expect(try await claim(outbox, after: 60, limit: 1).map(\.mail.key) == ["b"])
        #expect(try await claim(outbox, after: 60).map(\.mail.key) == ["c"])
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
        #expect(try await outbox.troubled(limit: 10) == [])
    }

    @Test("A mail that is to be retried comes again when it is due")
    func retried() async throws {
        let (_, outbox) = try await outbox("a")
        let id = try #require(try await claim(outbox).first).id
        let next = start.addingTimeInterval(500)
        try await outbox.retry(id, at: next, reason: "the server answered 451")
        #expect(try await claim(outbox, after: 499) == [])
        let trouble = try #require(try await outbox.troubled(limit: 10).first)
        #expect(trouble.state == .waiting(until: next))
        #expect(trouble.reason == "the server answered 451")
        #expect(trouble.attempts == 1)
        #expect(trouble.recipient == "aida@example.kz")
        #expect(try await claim(outbox, after: 500).map(\.attempts) == [2])
    }

    @Test("A given-up mail is tried again only when staff request it, as long as it is kept")
    func givenUp() async throws {
        let (queue, outbox) = try await outbox("a")
        let id = try #require(try await claim(outbox).first).id
        try await outbox.giveUp(id, at: start, reason: "the server answered 550")
        #expect(try await claim(outbox, after: 99_999) == [])
        #expect(try await outbox.troubled(limit: 10).first?.state == .givenUp(at: start, isKept: true))
        try await outbox.resend(id)
        #expect(try await claim(outbox).map(\.attempts) == [1])
        try await outbox.giveUp(id, at: start, reason: "the server answered 550")
        try await outbox.blankGivenUp(before: start)
        #expect(try await contents(queue).contains("token"))
        try await outbox.blankGivenUp(before: start.addingTimeInterval(0.001))
        #expect(!(try await contents(queue).contains("token")))
        #expect(try await outbox.troubled(limit: 10).first?.state == .givenUp(at: start, isKept: false))
        await #expect(throws: MailError.notKept(id)) { try await outbox.resend(id) }
    }

    @Test("A late report by another sender does not undo that the mail was sent")
    func late() async throws {
        let (_, outbox) = try await outbox("a")
        let id = try #require(try await claim(outbox).first).id
        try await outbox.markSent(id, at: start)
        try await outbox.retry(id, at: start, reason: "late")
        try await outbox.giveUp(id, at: start, reason: "late")
        #expect(try await claim(outbox, after: 99_999) == [])
        #expect(try await outbox.troubled(limit: 10) == [])
        await #expect(throws: MailError.notKept(id)) { try await outbox.resend(id) }
        await #expect(throws: MailError.notKept(77)) { try await outbox.resend(77) }
    }

    @Test("Processes that take mails at the same time never take the same one")
    func concurrent() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "outbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "a.sqlite").path
        let pools = try [SpatialDatabase.open(path: path), SpatialDatabase.open(path: path)]
        let mails = (0..<120).map { Self.mail("mail \($0)") }
        try await pools[0].write { [start] db in try SpatiaLiteOutbox.enqueue(mails, db, at: start) }
        let taken = try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                let outbox = SpatiaLiteOutbox(pools[number % 2])
                group.addTask {
                    var keys: [String] = []
                    while case let batch = try await self.claim(outbox, limit: 3), !batch.isEmpty {
                        keys += batch.map(\.mail.key)
                    }
                    return keys
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == 120)
        #expect(Set(taken).count == 120)
    }

    @Test("Looking for due mails uses an index and, when there are none, writes nothing")
    func cost() async throws {
        let (queue, outbox) = try await outbox("a")
        let sql = "EXPLAIN QUERY PLAN SELECT 1 FROM outboxMail WHERE state = 'waiting' AND due <= 5"
        let plan = try await queue.read { db in try Row.fetchAll(db, sql: sql).map(\.description).joined() }
        #expect(plan.contains("outboxMail_due"))
        let before = try await queue.read { db in db.totalChangesCount }
        #expect(try await claim(outbox, after: -1) == [])
        #expect(try await queue.read { db in db.totalChangesCount } == before)
    }

    @Test("Mails to an address are deleted when its owner is erased")
    func forgotten() async throws {
        let (queue, outbox) = try await outbox("a", "b")
        let id = try #require(try await claim(outbox, limit: 1).first).id
        try await outbox.markSent(id, at: start)
        try await queue.write { db in try SpatiaLiteOutbox.forget(recipient: "aida@example.kz", db) }
        #expect(!(try await contents(queue).contains("aida")))
        #expect(try await claim(outbox, after: 9_999) == [])
    }
}
