import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// Accounts with a stored name or address that the current rules refuse.
@Suite struct AccountsStoredValuesTests {
    private static let name = "Иван\u{3164}"
    private static let address = "ivan\u{34F}@example.kz"

    private let database: DatabaseQueue
    private let fixture: AccountFixture

    init() throws {
        database = try PortalDatabase.traced()
        fixture = try AccountFixture(store: SQLiteAccountStore(database), outbox: SQLiteOutbox(database))
    }

    private func set(_ column: String, _ value: String, of person: PersonID, in table: String = "person") async throws {
        try await database.write { db in
            try db.execute(
                sql: "UPDATE \(table) SET \(column) = ? WHERE \(table == "person" ? "id" : "person") = ?",
                arguments: [value, person.rawValue]
            )
        }
    }

    private func member() async throws -> (who: SignedIn, session: StartedSession) {
        let member = try await fixture.member("ivan@example.kz", username: "ivan")
        try await set("name", Self.name, of: member.who.person)
        try await set("email", Self.address, of: member.who.person)
        try await set("email_key", Self.address, of: member.who.person)
        _ = try await fixture.takeMails()
        return member
    }

    @Test("The owner can sign in, use the session and reset the password")
    func owner() async throws {
        let (who, session) = try await member()
        #expect(try await fixture.who(session).name.text == Self.name)
        for login in ["ivan", Self.address] {
            let outcome = try await fixture.accounts.signIn.withPassword(
                login: login,
                password: AccountFixture.password,
                device: AccountFixture.firefox,
                from: AccountFixture.home
            )
            guard case .signedIn = outcome else { throw AccountFixture.Unexpected(what: "\(login): \(outcome)") }
            _ = try await fixture.takeMails()
            #expect(
                try await fixture.accounts.resetPassword.request(login: login, from: AccountFixture.home) == .accepted
            )
            fixture.clock.advance(by: 120)
            #expect(try await fixture.takeMails().map(\.recipient) == [Self.address])
        }
        #expect(try await fixture.accounts.readProfile(of: who.person)?.person.email.text == Self.address)
    }

    @Test("Staff can list and open them")
    func staff() async throws {
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        let (who, _) = try await member()
        #expect(try await fixture.accounts.lookUpPeople.matching("ivan", by: admin).map(\.id) == [who.person])
        #expect(try await fixture.store.names(of: [who.person]) == [who.person: PersonName(stored: Self.name)])
        #expect(try await fixture.accounts.lookUpPeople.person(who.person, by: admin)?.person.name.text == Self.name)
    }

    @Test("Erasing them also deletes their queued mails")
    func erased() async throws {
        let (who, _) = try await member()
        _ = try await fixture.accounts.resetPassword.request(login: "ivan", from: AccountFixture.home)
        #expect(
            try await fixture.accounts.deleteAccount.preview(
                of: who.person,
                participants: [fixture.accounts.accountPersonalData]
            )?.erased.contains { $0.subject == "mails" }
                == true
        )
        let outcome = try await fixture.accounts.deleteAccount.erase(
            who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(outcome == .erased)
        #expect(try await fixture.takeMails().map(\.message.subject) == ["accountErased"])
    }

    @Test("Pending registrations and address changes are read back")
    func waiting() async throws {
        let token = try await fixture.registerToken("dana@example.kz")
        try await database.write { db in
            try db.execute(sql: "UPDATE registration SET name = ?, email = ?", arguments: [Self.name, Self.address])
        }
        #expect(try await fixture.accounts.activateAccount.pending(token) != nil)
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        try await begin(who)
        try await set("email", Self.address, of: who.person, in: "email_change")
        #expect(try await fixture.accounts.readProfile(of: who.person)?.pendingEmail?.email.text == Self.address)
    }

    private func begin(_ who: SignedIn) async throws {
        _ = try await fixture.accounts.changeEmail.request(
            of: who,
            to: try EmailAddress("new\(who.person.rawValue)@example.kz"),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
    }

    @Test(
        "An unreadable account does not hold up other people's address changes",
        arguments: [(table: "person", column: "email"), ("email_change", "email")]
    )
    func unreadable(row: (table: String, column: String)) async throws {
        let accounts = fixture.accounts
        var people: [SignedIn] = []
        for name in ["asel", "dana"] {
            let (who, _) = try await fixture.member("\(name)@example.kz", username: name)
            try await begin(who)
            guard case .emailChangeNew(let new, _, _)? = fixture.log.notices.last else {
                throw AccountFixture.Unexpected(what: "no mail")
            }
            _ = try await accounts.changeEmailWithoutMailbox.begin(
                of: who,
                password: AccountFixture.password,
                code: nil,
                from: AccountFixture.home
            )
            _ = try await accounts.changeEmail.confirm(new)
            people.append(who)
        }
        try await set(row.column, "?", of: people[0].person, in: row.table)
        _ = try await fixture.takeMails()
        fixture.clock.advance(by: 6 * 86_400)
        let error = await #expect(throws: StoreError.self) { try await accounts.sweepAccounts() }
        #expect("\(try #require(error))".contains("\(row.column) cannot be read"))
        #expect(try await fixture.takeMails().map(\.recipient) == ["dana@example.kz"])
        fixture.clock.advance(by: 2 * 86_400)
        await #expect(throws: StoreError.self) { try await accounts.sweepAccounts() }
        let email = try await fixture.store.person(people[1].person)?.email.text
        #expect(email == "new\(people[1].person.rawValue)@example.kz")
    }

    @Test("Erasing the owner of the new address deletes the cancellation links as well")
    func linksOfErased() async throws {
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        try await begin(asel)
        _ = try await fixture.accounts.changeEmailWithoutMailbox.begin(
            of: asel,
            password: AccountFixture.password,
            code: nil,
            from: AccountFixture.home
        )
        try await set("email", "dana@example.kz", of: asel.person, in: "email_change")
        try await set("email_key", "dana@example.kz", of: asel.person, in: "email_change")
        _ = try await fixture.accounts.deleteAccount.erase(
            dana,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        let links = try await database.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM one_time_token WHERE purpose = 'emailCancel'")
        }
        #expect(links == 0)
    }
}
