import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct AccountsErasureTests {
    @Test("Before an erasure the search finds the person's data in the expected columns")
    func searchFinds() async throws {
        let database = try PortalDatabase.traced()
        _ = try await FullAccount(database)
        let cells = try await database.read { db in try DatabaseCells(db) }
        #expect(cells.places(of: FullAccount.newEmail).isSuperset(of: ["person.email", "outbox_mail.recipient"]))
        #expect(cells.places(of: FullAccount.email).contains("former_address.email"))
        #expect(cells.places(of: FullAccount.thirdEmail).contains("email_change.email"))
        #expect(cells.places(of: FullAccount.name).isSuperset(of: ["person.name", "outbox_mail.text"]))
        #expect(cells.places(of: FullAccount.username).contains("person.username"))
        #expect(cells.places(of: FullAccount.subject) == ["identity.subject"])
        #expect(cells.places(of: FullAccount.providerName) == ["identity.name"])
    }

    @Test("After an erasure no table names the person")
    func nothingIsLeft() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        let outcome = try await full.fixture.accounts.deleteAccount.erase(
            full.who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(outcome == .erased)
        // The final mail is still to be sent; once it has been, its recipient is blanked too.
        let waiting = try await full.fixture.takeMails()
        #expect(waiting.map(\.message.subject) == ["accountErased"])
        let cells = try await database.read { db in try DatabaseCells(db) }
        #expect(cells.tables.contains("person") && cells.tables.contains("audit_event"))
        for mark in FullAccount.marks { #expect(cells.places(of: mark) == [], "\(mark)") }
        #expect(try await database.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM person") } == 0)
    }

    @Test("After a sweep, the database files contain no bytes of the person's data")
    func nothingIsLeftInTheFiles() async throws {
        let folder = URL.temporaryDirectory.appending(path: "erasure-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try PortalDatabase.open(path: folder.appending(path: "city.sqlite").path)
        let full = try await FullAccount(database)
        func marks() throws -> [String] {
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            let bytes = try files.map { try Data(contentsOf: $0) }
            return FullAccount.marks.filter { mark in bytes.contains { $0.range(of: Data(mark.utf8)) != nil } }
        }
        #expect(try marks().contains(FullAccount.newEmail))
        _ = try await full.fixture.accounts.deleteAccount.erase(
            full.who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        // The final mail has been sent.
        _ = try await full.fixture.takeMails()
        try await full.fixture.accounts.sweepAccounts()
        #expect(try marks() == [])
    }

    @Test("The audit record stays and refers to the person by number")
    func theRecordStays() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        let before = try await full.fixture.store.events(before: nil, of: full.who.person, limit: 500)
        _ = try await full.fixture.accounts.deleteAccount.erase(
            full.who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        let after = try await full.fixture.store.events(before: nil, of: full.who.person, limit: 500)
        #expect(after.dropFirst() == before[...])
        #expect(after.first?.event.kind == .accountErased)
    }

    @Test("Erasing one person leaves the others unchanged")
    func others() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        let (dana, session) = try await full.fixture.member("dana@example.kz", username: "dana")
        let before = try await full.fixture.accounts.readProfile(of: dana.person)
        _ = try await full.fixture.accounts.deleteAccount.erase(
            full.who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(try await full.fixture.accounts.readProfile(of: dana.person) == before)
        #expect(try await full.fixture.accounts.resumeSession(session.token.text) != nil)
        #expect(try await full.fixture.takeMails().map(\.recipient).contains("dana@example.kz"))
    }

    @Test func nothingRefersToNobody() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        _ = try await full.fixture.accounts.deleteAccount.erase(
            full.who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(try await database.read { db in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count } == 0)
    }
}
