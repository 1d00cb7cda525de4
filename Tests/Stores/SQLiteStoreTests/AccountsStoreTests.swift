import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// What can be seen in the tables only.
@Suite struct AccountsStoreTests {
    private let store: any AccountStore
    private let database: DatabaseQueue
    private let start = Date(timeIntervalSince1970: 1_795_600_000)

    init() throws {
        database = try PortalDatabase.traced()
        store = SQLiteAccountStore(database)
    }

    private func key(_ byte: UInt8) -> Data { Data(repeating: byte, count: 32) }

    @Test("Expired rows are swept; others stay")
    func sweeping() async throws {
        let id = try await store.newPerson(1, at: start)
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
                try ["session", "one_time_token", "sign_in_attempt", "used_challenge", "quota", "failure"].map {
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
            try Data.fetchAll(db, sql: "SELECT payload FROM sign_in_attempt ORDER BY payload")
        }
        #expect(left == [Data([2]), Data([3])])
    }

    @Test(
        "Queries of every request or sign-in use an index",
        arguments: [
            "SELECT 1 FROM session JOIN person ON person.id = session.person WHERE token_hash = x'00' AND expires > 0",
            "SELECT 1 FROM person WHERE email_key = ''", "SELECT 1 FROM person WHERE username_key = ''",
            "SELECT 1 FROM person WHERE iin_hash = x'00'",
            "SELECT 1 FROM person WHERE name_key >= 'a' AND name_key < 'b'",
            "SELECT 1 FROM one_time_token WHERE hash = x'00'", "SELECT 1 FROM registration WHERE email_key = ''",
            "SELECT 1 FROM failure WHERE key = x'00'", "SELECT 1 FROM quota WHERE key = x'00'",
            "SELECT 1 FROM identity WHERE issuer = '' AND subject = ''", "DELETE FROM session WHERE person = 1",
            "DELETE FROM session WHERE expires <= 1", "SELECT 1 FROM audit_event WHERE actor = 1 OR subject = 1",
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
