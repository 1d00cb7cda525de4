import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// What any account store must do, tested through its protocol.
@Suite struct AccountsStoreTests {
    private let store: any AccountStore
    private let database: DatabaseQueue
    private let start = Date(timeIntervalSince1970: 1_795_600_000)

    init() throws {
        database = try SpatialDatabase.inMemory()
        store = SpatiaLiteAccountStore(database)
    }

    private func key(_ byte: UInt8) -> Data { Data(repeating: byte, count: 32) }

    private func person(_ number: UInt8 = 1) async throws -> PersonID {
        let email = try EmailAddress("p\(number)@example.kz")
        let registration = Registration(
            tokenHash: key(number),
            email: email,
            name: try PersonName("Әсел"),
            language: .kk,
            consent: Consent(subject: .agreement, version: .init(rawValue: "1"), given: start),
            created: start,
            expires: start + 10
        )
        try await store.add(registration, with: SideEffects(at: start))
        #expect(try await store.registration(tokenHash: key(number), at: start) == registration)
        let session = NewSession(
            tokenHash: key(number + 100),
            device: Device(stored: "x"),
            started: start,
            expires: start + 10
        )
        let account = NewAccount(
            source: .registration(tokenHash: key(number)),
            email: email,
            name: try PersonName("Әсел"),
            username: try Username("person\(number)"),
            language: .kk,
            role: .citizen,
            passwordHash: "hash",
            consent: Consent(subject: .agreement, version: .init(rawValue: "1"), given: start),
            identity: nil,
            session: session
        )
        guard case .created(let id, _) = try await store.create(account, at: start, with: SideEffects(at: start))
        else {
            throw AccountFixture.Unexpected(what: "not made")
        }
        return id
    }

    @Test func countersOfFailures() async throws {
        let counters = [1, 2].map { FailureCounter(key: key($0), halfLife: .hours(1)) }
        #expect(try await store.failures(counters, at: start).isEmpty)
        for second in 0..<3 {
            let time = start + Double(second)
            #expect(try await store.countFailure(counters, at: time, unless: { _ in nil }) == nil)
        }
        let counts = try await store.failures(counters, at: start + 3)
        #expect(counts[key(1)] == FailureCount(count: 3, last: start + 2))
        let hold = FailureHold(until: start + 99, key: key(1))
        #expect(try await store.countFailure(counters, at: start + 3, unless: { _ in hold }) == hold)
        #expect(try await store.failures(counters, at: start + 3) == counts)
        try await store.settle(forgetting: [key(1)], takingBack: [key(2), key(3)])
        #expect(
            try await store.failures(counters, at: start + 3) == [key(2): FailureCount(count: 2, last: start + 2)]
        )
    }

    @Test("A failure count decays continuously with its half-life")
    func cooling() async throws {
        let counters = [1, 2].map { FailureCounter(key: key($0), halfLife: .hours(Int($0))) }
        for _ in 0..<16 { _ = try await store.countFailure(counters, at: start, unless: { _ in nil }) }
        func counts(_ hours: Double) async throws -> [Int?] {
            let counts = try await store.failures(counters, at: start + hours * 3_600)
            return counters.map { counts[$0.key]?.count }
        }
        #expect(try await counts(0) == [16, 16])
        #expect(try await counts(0.5) == [11, 13])
        #expect(try await counts(2) == [4, 8])
        #expect(try await counts(6) == [nil, 2])
        // A new failure is added to the count that is left.
        _ = try await store.countFailure(counters, at: start + 7_200, unless: { _ in nil })
        #expect(try await counts(2) == [5, 9])
    }

    @Test("Quotas are charged all together or not at all, and start again after their period")
    func quotas() async throws {
        let narrow = QuotaCharge(key: key(1), quota: .init(2, per: .seconds(60)))
        let wide = QuotaCharge(key: key(2), quota: .init(3, per: .seconds(600)))
        #expect(try await store.charge([narrow, wide], at: start) == nil)
        #expect(try await store.charge([narrow, wide], at: start + 1) == nil)
        #expect(try await store.charge([narrow, wide], at: start + 2) == start + 60)
        #expect(try await store.charge([wide, narrow], at: start + 3) == start + 60)
        #expect(try await store.charge([narrow, wide], at: start + 60) == nil)
        #expect(try await store.charge([narrow, wide], at: start + 61) == start + 600)
    }

    @Test("Expired rows are swept; others stay")
    func sweeping() async throws {
        let id = try await person()
        try await store.keep(
            StoredToken(hash: key(50), purpose: .passwordReset, person: id, expires: start + 5),
            with: .init(at: start)
        )
        try await store.keep(
            StoredToken(hash: key(51), purpose: .passwordReset, person: id, expires: start + 50),
            with: .init(at: start)
        )
        try await store.keepSignInAttempt(key(52), payload: Data([1]), at: start, until: start + 5)
        _ = try await store.useChallenge(key(53), until: start + 5)
        _ = try await store.charge([QuotaCharge(key: key(54), quota: .init(1, per: .seconds(5)))], at: start)
        _ = try await store.countFailure(
            [FailureCounter(key: key(55), halfLife: .hours(1))],
            at: start,
            unless: { _ in nil }
        )
        func count() async throws -> [Int] {
            try await database.read { db in
                try ["session", "oneTimeToken", "signInAttempt", "usedChallenge", "quota", "failure"].map {
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? -1
                }
            }
        }
        try await store.sweep(at: start + 4, lifetimes: StoredLifetimes(AccountSettings()))
        #expect(try await count() == [1, 2, 1, 1, 1, 1])
        try await store.sweep(at: start + 10, lifetimes: StoredLifetimes(AccountSettings()))
        #expect(try await count() == [0, 1, 0, 0, 0, 1])
        try await store.sweep(at: start + 8 * 86_400, lifetimes: StoredLifetimes(AccountSettings()))
        #expect(try await count() == [0, 0, 0, 0, 0, 0])
        // By the time a challenge is swept, no captcha would accept it any more.
        #expect(try await store.useChallenge(key(53), until: start + 5))
    }

    @Test func attemptsThatRanOutGoWithTheNext() async throws {
        try await store.keepSignInAttempt(key(1), payload: Data([1]), at: start, until: start + 5)
        try await store.keepSignInAttempt(key(2), payload: Data([2]), at: start + 4, until: start + 9)
        try await store.keepSignInAttempt(key(3), payload: Data([3]), at: start + 5, until: start + 10)
        let left = try await database.read { db in
            try Data.fetchAll(db, sql: "SELECT payload FROM signInAttempt ORDER BY payload")
        }
        #expect(left == [Data([2]), Data([3])])
    }

    @Test("Numbers of people are not reused")
    func numbers() async throws {
        let first = try await person(1)
        #expect(try await store.erase(first, with: SideEffects(at: start)))
        #expect(try await store.erase(first, with: SideEffects(at: start)) == false)
        #expect(try await person(2) > first)
    }

    @Test("A token of one purpose is not found by another", arguments: StoredToken.Purpose.allCases)
    func purposes(purpose: StoredToken.Purpose) async throws {
        let token = StoredToken(
            hash: key(9),
            purpose: purpose,
            person: nil,
            payload: Data([7]),
            triesLeft: 2,
            expires: start + 5
        )
        try await store.keep(token, with: SideEffects(at: start))
        for other in StoredToken.Purpose.allCases where other != purpose {
            #expect(try await store.token(key(9), for: other, at: start) == nil)
            #expect(try await store.take(key(9), for: other, at: start) == nil)
            #expect(try await store.countTry(key(9), for: other, at: start) == nil)
        }
        #expect(try await store.take(key(9), for: purpose, at: start + 5) == nil)
        #expect(try await store.take(key(9), for: purpose, at: start) == token)
        #expect(try await store.take(key(9), for: purpose, at: start) == nil)
    }

    @Test(
        "Queries of every request or sign-in use an index",
        arguments: [
            "SELECT 1 FROM session JOIN person ON person.id = session.person WHERE tokenHash = x'00' AND expires > 0",
            "SELECT 1 FROM person WHERE emailKey = ''", "SELECT 1 FROM person WHERE usernameKey = ''",
            "SELECT 1 FROM person WHERE iinHash = x'00'", "SELECT 1 FROM person WHERE nameKey >= 'a' AND nameKey < 'b'",
            "SELECT 1 FROM oneTimeToken WHERE hash = x'00'", "SELECT 1 FROM registration WHERE emailKey = ''",
            "SELECT 1 FROM failure WHERE key = x'00'", "SELECT 1 FROM quota WHERE key = x'00'",
            "SELECT 1 FROM identity WHERE issuer = '' AND subject = ''", "DELETE FROM session WHERE person = 1",
            "DELETE FROM session WHERE expires <= 1", "SELECT 1 FROM auditEvent WHERE actor = 1 OR subject = 1",
            "SELECT count(*) FROM person WHERE role = 'admin'",
        ]
    )
    func plans(sql: String) async throws {
        let plan = try await database.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
        }
        #expect(!plan.isEmpty)
        #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") || $0.contains("INDEX") }, "\(plan)")
    }
}
