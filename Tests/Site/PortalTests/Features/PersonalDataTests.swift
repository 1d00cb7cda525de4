import Accounts
import Civic
import Configuration
import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import Logging
import SQLiteStore
import Synchronization
import TestSupport
import Testing

@testable import AccountSite
@testable import SiteKit

/// A portal with accounts and a feature that stores walks of people: its part in the download and the erasure.
@Suite struct PersonalDataTests {
    @Test("The download has the section of every feature beside those of accounts")
    func download() async throws {
        try await PortalWithWalks.test { portal in
            let browser = try await portal.walker("a@example.kz")
            try await browser.get("/ru/account/data")
            let copy = try await browser.post("/ru/account/data", [("current", AccountPortal.password)])
            #expect(copy.status == 200)
            let object = try object(.init(string: copy.html))
            #expect((object["account"] as? [String: Any])?["email"] as? String == "a@example.kz")
            let walks = try #require(object["walks_taken"] as? [[String: Any]])
            #expect(walks.map { $0["longest_stop"] as? String } == ["Көктөбе"])
            #expect(walks.first?["taken"] as? String == "2026-11-23T05:00:00Z")
        }
    }

    @Test("An erasure runs the steps of every feature, and the page says beforehand what they delete")
    func erasure() async throws {
        try await PortalWithWalks.test { portal in
            let (browser, other) = (try await portal.walker("a@example.kz"), try await portal.walker("b@example.kz"))
            let page = try await browser.get("/ru/account/delete")
            #expect(page.words.contains("прогулки: 1"))
            let answer = try await browser.post(
                "/ru/account/delete",
                [("sure", "1"), ("current", AccountPortal.password)]
            )
            #expect(answer.location == "/ru/erased")
            #expect(try await portal.walks() == 1, "those of the other person")
            #expect(portal.photos.deleted.withLock { $0.count } == 1)
            #expect(try await other.get("/ru/account").status == 200)
        }
    }

    @Test("When a step fails, neither the account nor the data of any feature is erased")
    func rollback() async throws {
        try await PortalWithWalks.test { portal in
            let browser = try await portal.walker("a@example.kz")
            try await portal.database.write { db in
                try db.execute(
                    sql: "CREATE TRIGGER keep BEFORE DELETE ON walk BEGIN SELECT RAISE(ABORT, 'kept'); END"
                )
            }
            try await browser.get("/ru/account/delete")
            let form = [("sure", "1"), ("current", AccountPortal.password)]
            #expect(try await browser.post("/ru/account/delete", form).status == 500)
            #expect(try await portal.walks() == 1)
            #expect(try await browser.get("/ru/account").status == 200)
            try await portal.database.write { db in try db.execute(sql: "DROP TRIGGER keep") }
            try await browser.get("/ru/account/delete")
            #expect(try await browser.post("/ru/account/delete", form).location == "/ru/erased")
            #expect(try await portal.walks() == 0)
        }
    }

    @Test("A step that the store cannot run stops the erasure before anything is deleted")
    func foreignStep() async throws {
        struct Elsewhere: TransactionalErasure {}
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        await #expect(throws: StoreError.self) {
            try await fixture.store.erase(
                who.person,
                steps: [Elsewhere()],
                with: SideEffects(at: fixture.clock.now)
            )
        }
        #expect(try await fixture.accounts.resumeSession(session.token.text) != nil)
    }

    @Test("Two features cannot use the same name for a section")
    func repeatedSection() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let own = fixture.accounts.accountPersonalData
        await #expect(throws: AccountsError.repeatedSection("account")) {
            try await fixture.accounts.exportPersonalData(
                of: who,
                password: AccountFixture.password,
                from: AccountFixture.home,
                participants: [own, own]
            )
        }
    }
}

/// A portal composed of accounts and walks.
private struct PortalWithWalks: Sendable {
    let portal: AccountPortal
    let database: any DatabaseWriter
    let walks: WalkTable
    let photos: WalkPhotos

    static func test(_ body: @Sendable (PortalWithWalks) async throws -> Void) async throws {
        let database = try PortalDatabase.inMemory()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let parts = try await TestPortal.accounts(
            database,
            settings: try TestPortal.settings(["captcha.max.number": .init(.int(20), isSecret: false)]),
            logger: logger
        )
        let tiny = try TestWalks(words: [
            "erasure_walks_taken": ["kk": "серуендер", "ru": "прогулки: 1", "en": "walks"]
        ])
        let walks = WalkTable(database: database)
        try await walks.createTable()
        var feature = tiny.feature
        let photos = WalkPhotos()
        feature.personalData = [walks, photos]
        let router = try tiny.router([Feature.accounts(parts, logger: logger), feature], accounts: parts)
        let application = Application(router: try router.router(), logger: logger)
        try await application.test(.router) { client in
            let portal = AccountPortal(
                client: DocumentedClient(client: client),
                outbox: SQLiteOutbox(database),
                accounts: parts.useCases,
                mail: parts.mail,
                mailPath: parts.mailPath
            )
            try await body(PortalWithWalks(portal: portal, database: database, walks: walks, photos: photos))
        }
    }

    /// A browser signed in to a new account whose owner took a walk.
    func walker(_ email: String) async throws -> TestBrowser {
        let browser = portal.browser()
        try await portal.register(browser, email, username: "walker\(email.prefix(1))")
        let session = try #require(browser.cookies["oa_session"])
        let person = try #require(try await portal.accounts.resumeSession(session)).person
        try await walks.take(person)
        return browser
    }

    func walks() async throws -> Int? {
        try await database.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM walk") }
    }
}

/// Walks of people in a table of the portal's database.
private struct WalkTable: PersonalDataParticipant, DatabaseErasure {
    private struct Walk: Encodable {
        let longestStop: String
        let taken: Date
    }

    let database: any DatabaseWriter

    func createTable() async throws {
        try await database.write { db in
            try db.execute(
                sql:
                    "CREATE TABLE walk (person INTEGER NOT NULL REFERENCES person (id), longest_stop TEXT NOT NULL) STRICT"
            )
        }
    }

    func take(_ person: PersonID) async throws {
        try await database.write { db in
            try db.execute(
                sql: "INSERT INTO walk (person, longest_stop) VALUES (:person, 'Көктөбе')",
                arguments: ["person": person.rawValue]
            )
        }
    }

    func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] {
        let stops = try await stops(of: person)
        let walks = stops.map { Walk(longestStop: $0, taken: Date(timeIntervalSince1970: 1_795_410_000)) }
        return [PersonalDataSection("walksTaken", walks)]
    }

    func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview {
        ErasurePreview(erased: [.init(subject: "walks_taken", count: try await stops(of: person).count)])
    }

    var erasure: ErasureStep { .inTransaction(self) }

    func erase(_ person: PersonID, in db: Database) throws {
        try db.execute(sql: "DELETE FROM walk WHERE person = :person", arguments: ["person": person.rawValue])
    }

    private func stops(of person: PersonID) async throws -> [String] {
        try await database.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT longest_stop FROM walk WHERE person = :person",
                arguments: ["person": person.rawValue]
            )
        }
    }
}

/// Photographs of walks, kept outside the database.
private final class WalkPhotos: PersonalDataParticipant {
    let deleted = Mutex<[PersonID]>([])

    func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] { [] }

    func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview { ErasurePreview() }

    var erasure: ErasureStep { .before { person in self.deleted.withLock { $0.append(person) } } }
}
