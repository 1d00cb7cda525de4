import Accounts
import Civic
import Foundation
import Mail
import Testing

/// What an outbox must do, whatever engine keeps it.
@Suite struct OutboxContract {
    private let start = Date(timeIntervalSince1970: 1_795_629_937.125)

    private func outbox(_ engine: StoreEngine, _ keys: String...) async throws -> any Outbox {
        let stores = try engine.stores()
        for (index, key) in keys.enumerated() {
            let time = start.addingTimeInterval(Double(index))
            try await stores.accounts.record(SideEffects(at: time, mails: [Self.mail(key)]))
        }
        return stores.outbox
    }

    private func claim(
        _ outbox: any Outbox,
        after seconds: Double = 60,
        limit: Int = 10
    ) async throws -> [QueuedMail] {
        try await outbox.claimDue(at: start.addingTimeInterval(seconds), limit: limit, lease: .seconds(300))
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

    @Test("Mails come out as they were queued, oldest first", arguments: StoreEngine.allCases)
    func roundTrip(engine: StoreEngine) async throws {
        let outbox = try await outbox(engine, "a", "b")
        let claimed = try await claim(outbox)
        #expect(claimed.map(\.mail) == [Self.mail("a"), Self.mail("b")])
        #expect(claimed.map(\.attempts) == [1, 1])
        #expect(claimed.first?.queued == start)
    }

    @Test("A mail is queued only once, even after it was sent", arguments: StoreEngine.allCases)
    func once(engine: StoreEngine) async throws {
        let stores = try engine.stores()
        let effects = SideEffects(at: start, mails: [Self.mail("a")])
        try await stores.accounts.record(effects)
        try await stores.accounts.record(effects)
        let claimed = try await claim(stores.outbox)
        #expect(claimed.count == 1)
        try await stores.outbox.markSent(try #require(claimed.first).id, at: start)
        try await stores.accounts.record(effects)
        #expect(try await claim(stores.outbox, after: 9_999) == [])
    }

    @Test(
        "A taken mail is not taken again until its lease ends, and then counts as another attempt",
        arguments: StoreEngine.allCases
    )
    func lease(engine: StoreEngine) async throws {
        let outbox = try await outbox(engine, "a")
        #expect(try await claim(outbox, after: 0).map(\.attempts) == [1])
        #expect(try await claim(outbox, after: 299) == [])
        #expect(try await claim(outbox, after: 300).map(\.attempts) == [2])
    }

    @Test("Mails are not taken before they are due, nor more than requested", arguments: StoreEngine.allCases)
    func dueAndLimit(engine: StoreEngine) async throws {
        let outbox = try await outbox(engine, "a", "b", "c")
        #expect(try await claim(outbox, after: 0.5).map(\.mail.key) == ["a"])
        #expect(try await claim(outbox, after: 60, limit: 1).map(\.mail.key) == ["b"])
        #expect(try await claim(outbox, after: 60).map(\.mail.key) == ["c"])
    }

    @Test("A mail that is to be retried comes again when it is due", arguments: StoreEngine.allCases)
    func retried(engine: StoreEngine) async throws {
        let outbox = try await outbox(engine, "a")
        let id = try #require(try await claim(outbox).first).id
        let next = start.addingTimeInterval(500)
        try await outbox.retry(id, at: next, reason: "the server answered 451")
        #expect(try await claim(outbox, after: 499) == [])
        let undelivered = try #require(try await outbox.undelivered(limit: 10).first)
        #expect(undelivered.state == .waiting(until: next))
        #expect(undelivered.reason == "the server answered 451")
        #expect(undelivered.attempts == 1)
        #expect(undelivered.recipient == "aida@example.kz")
        #expect(try await claim(outbox, after: 500).map(\.attempts) == [2])
    }

    @Test("A late report by another sender does not undo that the mail was sent", arguments: StoreEngine.allCases)
    func late(engine: StoreEngine) async throws {
        let outbox = try await outbox(engine, "a")
        let id = try #require(try await claim(outbox).first).id
        try await outbox.markSent(id, at: start)
        try await outbox.retry(id, at: start, reason: "late")
        try await outbox.giveUp(id, at: start, reason: "late")
        #expect(try await claim(outbox, after: 99_999) == [])
        #expect(try await outbox.undelivered(limit: 10) == [])
        await #expect(throws: MailError.notKept(id)) { try await outbox.resend(id) }
        await #expect(throws: MailError.notKept(77)) { try await outbox.resend(77) }
    }

    @Test("Processes that take mails at the same time never take the same one", arguments: StoreEngine.allCases)
    func concurrent(engine: StoreEngine) async throws {
        let connections = try engine.connections(2)
        try await connections[0].accounts.record(
            SideEffects(at: start, mails: (0..<120).map { Self.mail("mail \($0)") })
        )
        let taken = try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                let outbox = connections[number % 2].outbox
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
}
