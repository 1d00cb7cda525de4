import Civic
import Foundation
import GRDB
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import Mail
@testable import SQLiteStore

@Suite struct MailServiceTests {
    /// A real outbox in a database, a real folder, and the service between them.
    private struct Post {
        let folder: URL
        let clock = TestClock(stoppedAt: InternetMessageTests.moment)
        let database: DatabaseQueue
        let outbox: SQLiteOutbox

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "post-\(UUID().uuidString)")
            database = try PortalDatabase.traced()
            outbox = SQLiteOutbox(database)
        }

        func service(_ transport: MailTransport? = nil, retryPolicy: RetryPolicy = RetryPolicy()) throws -> MailService
        {
            let sender = MailSender(from: try Mailbox("a@b.kz"), transport: transport ?? .folder(folder))
            return MailService(
                outbox: outbox,
                sender: sender,
                retryPolicy: retryPolicy,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                now: { [clock] in clock.now }
            )
        }

        func queue(_ mails: [OutgoingMail]) async throws {
            let now = clock.now
            try await database.write { db in try SQLiteOutbox.enqueue(mails, db, at: now) }
        }

        func mails(_ numbers: Range<Int>, to recipient: String = "aida@example.kz") -> [OutgoingMail] {
            numbers.map {
                let message = MailMessage(subject: "Сәлем \($0)", text: "т", html: "")
                return OutgoingMail(key: "k\($0)", recipient: recipient, message: message, language: "kk")
            }
        }

        var written: [String] {
            get throws { try MailFolder(folder).list(limit: 1_000).map(\.subject).sorted() }
        }
    }

    private func withPost(_ body: (Post) async throws -> Void) async throws {
        let post = try Post()
        defer { try? FileManager.default.removeItem(at: post.folder) }
        try await body(post)
    }

    /// A server that does not exist: the port was just free and nothing listens on it.
    private let nobody = MailTransport.smtp(
        SMTPServer(host: "127.0.0.1", port: 1, security: .none, timeLimit: .seconds(5))
    )

    @Test("All due mails are sent once, even with two services on one outbox")
    func once() async throws {
        try await withPost { post in
            try await post.queue(post.mails(0..<30))
            let (first, second) = (try post.service(), try post.service())
            async let one = first.sendDue()
            async let two = second.sendDue()
            #expect(await one + two == 30)
            #expect(try post.written.count == 30)
            #expect(await first.sendDue() == 0)
        }
    }

    @Test("While the server is unreachable a mail waits longer each time, and is finally given up")
    func backoff() async throws {
        try await withPost { post in
            try await post.queue(post.mails(0..<1))
            let service = try post.service(nobody, retryPolicy: RetryPolicy(attempts: 3))
            #expect(await service.sendDue() == 1)
            #expect(await service.sendDue() == 0)
            let first = try #require(try await post.outbox.undelivered(limit: 1).first)
            guard case .waiting(let next) = first.state else { return #expect(Bool(false), "\(first)") }
            #expect((48...72).contains(next.timeIntervalSince(post.clock.now)))
            #expect(!first.reason.contains("aida"))
            for tries in [1, 1, 0] {
                post.clock.advance(by: 86_400)
                #expect(await service.sendDue() == tries)
            }
            let last = try #require(try await post.outbox.undelivered(limit: 1).first)
            guard case .givenUp(_, isKept: true) = last.state else { return #expect(Bool(false), "\(last)") }
            #expect(last.attempts == 3)
            // The server is repaired, and staff have the mail sent again.
            try await post.outbox.resend(last.id)
            #expect(await (try post.service()).sendDue() == 1)
            #expect(try post.written == ["Сәлем 0"])
        }
    }

    @Test("After the clock is set back, waiting mails are sent at once, and another process's lease stays valid")
    func clockSetBack() async throws {
        try await withPost { post in
            let ahead = 13.0 * 86_400
            post.clock.advance(by: ahead)
            try await post.queue(post.mails(0..<2))
            let failing = try post.service(nobody)
            #expect(await failing.sendDue() == 2)
            post.clock.advance(by: -ahead)
            let service = try post.service()
            #expect(await service.sendDue() == 2)
            try await post.queue(post.mails(2..<3))
            _ = try await post.outbox.claimDue(at: post.clock.now, limit: 1, lease: RetryPolicy().lease)
            #expect(await service.sendDue() == 0)
        }
    }

    @Test("A mail that can never be sent is given up at once, and its content is erased after a while")
    func never() async throws {
        try await withPost { post in
            try await post.queue(post.mails(0..<1, to: "a@b.kz\r\nBcc: x@y.kz") + post.mails(1..<2))
            let service = try post.service()
            #expect(await service.sendDue() == 2)
            #expect(try post.written == ["Сәлем 1"])
            let undelivered = try #require(try await post.outbox.undelivered(limit: 9).first)
            #expect(undelivered.state == .givenUp(at: post.clock.now, isKept: true))
            #expect(undelivered.reason == "To holds a line break or another control character")
            post.clock.advance(by: 8 * 86_400)
            await service.sendDue()
            #expect(try await post.outbox.undelivered(limit: 9).first?.recipient == "")
        }
    }

    @Test(
        "A running service sends what is queued when it is woken, and ends when it is told to",
        .timeLimit(.minutes(10))
    )
    func running() async throws {
        try await withPost { post in
            try await post.queue(post.mails(0..<1))
            // The poll interval exceeds the duration of the test: only being woken sends the second mail.
            let service = try post.service(retryPolicy: RetryPolicy(poll: .seconds(3_600)))
            let group = ServiceGroup(services: [service], logger: Logger(label: "t") { _ in SwiftLogNoOpLogHandler() })
            async let run: Void = group.run()
            while try post.written.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            try await post.queue(post.mails(1..<2))
            service.wake()
            while try post.written.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
            await group.triggerGracefulShutdown()
            try await run
            try await post.queue(post.mails(2..<3))
            service.wake()
            #expect(try post.written == ["Сәлем 0", "Сәлем 1"])
        }
    }

    @Test("A mail that is on its way when the task is cancelled is still marked", .timeLimit(.minutes(10)))
    func cancelled() async throws {
        try await withPost { post in
            try await post.queue(post.mails(0..<40))
            let service = try post.service()
            let sending = Task { await service.sendDue() }
            while try post.written.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            sending.cancel()
            _ = await sending.value
            let sent = try await post.database.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM outbox_mail WHERE state = 'sent'")
            }
            #expect(try post.written.count == sent)
        }
    }
}
