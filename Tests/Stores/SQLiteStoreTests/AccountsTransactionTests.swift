import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// A change, its mails and its events are stored together or not at all.
@Suite struct AccountsTransactionTests {
    private func setUp() async throws -> (DatabaseQueue, AccountFixture) {
        let database = try PortalDatabase.traced()
        let fixture = try AccountFixture(store: SQLiteAccountStore(database), outbox: SQLiteOutbox(database))
        return (database, fixture)
    }

    private func refuse(_ table: String, _ database: DatabaseQueue) async throws {
        try await database.write { db in
            try db.execute(
                sql: "CREATE TRIGGER refuse BEFORE INSERT ON \(table) BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
        }
    }

    private func counts(_ database: DatabaseQueue) async throws -> [String: Int] {
        try await database.read { db in
            let tables = [
                "person", "registration", "session", "one_time_token", "email_change", "outbox_mail", "audit_event",
            ]
            return try tables.reduce(into: [:]) { $0[$1] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \($1)") }
        }
    }

    @Test("If the mail cannot be queued, nothing is stored")
    func mails() async throws {
        let (database, fixture) = try await setUp()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let before = try await counts(database)
        let hash = try await fixture.store.credentials(of: who.person)?.passwordHash
        try await refuse("outbox_mail", database)
        await #expect(throws: DatabaseError.self) { try await fixture.registerToken("dana@example.kz") }
        await #expect(throws: DatabaseError.self) {
            try await fixture.accounts.resetPassword.request(login: "asel", from: AccountFixture.home)
        }
        await #expect(throws: DatabaseError.self) {
            try await fixture.accounts.changePassword(
                of: who,
                current: AccountFixture.password,
                to: "жаңа құпиясөз тауда",
                device: AccountFixture.firefox,
                from: AccountFixture.home
            )
        }
        await #expect(throws: DatabaseError.self) {
            try await fixture.accounts.deleteAccount.erase(
                who,
                password: AccountFixture.password,
                from: AccountFixture.home
            )
        }
        #expect(try await counts(database) == before)
        #expect(try await fixture.store.credentials(of: who.person)?.passwordHash == hash)
    }

    @Test("If the event cannot be recorded, nothing is stored")
    func events() async throws {
        let (database, fixture) = try await setUp()
        let token = try await fixture.registerToken("asel@example.kz")
        let before = try await counts(database)
        try await refuse("audit_event", database)
        await #expect(throws: DatabaseError.self) {
            try await fixture.accounts.activateAccount.activate(
                token,
                password: AccountFixture.password,
                username: "asel",
                device: AccountFixture.firefox,
                from: AccountFixture.home
            )
        }
        #expect(try await counts(database) == before)
        // The failure did not use up the link.
        #expect(try await fixture.accounts.activateAccount.pending(token) != nil)
    }

    @Test("Cancelling an address change and recording it happen together or not at all")
    func stoppedChange() async throws {
        let (database, fixture) = try await setUp()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.accounts.changeEmail.request(
            of: who,
            to: try EmailAddress("new@example.kz"),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        _ = try await fixture.accounts.changeEmailWithoutMailbox.begin(
            of: who,
            password: AccountFixture.password,
            code: nil,
            from: AccountFixture.home
        )
        guard case .emailChangeWaived(let link, _, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "not told")
        }
        let before = try await counts(database)
        try await refuse("audit_event", database)
        await #expect(throws: DatabaseError.self) { try await fixture.accounts.changeEmailWithoutMailbox.cancel(link) }
        #expect(try await counts(database) == before)
        #expect(try await fixture.accounts.changeEmailWithoutMailbox.pending(cancelledBy: link) != nil)
        try await database.write { db in try db.execute(sql: "DROP TRIGGER refuse") }
        #expect(try await fixture.accounts.changeEmailWithoutMailbox.cancel(link) == who.person)
        #expect(try await counts(database)["audit_event"] == (before["audit_event"] ?? 0) + 1)
    }
}
