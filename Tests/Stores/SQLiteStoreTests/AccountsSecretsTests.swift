import Accounts
import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct AccountsSecretsTests {
    @Test("No token that gives access is stored, as text or as bytes, except in waiting mails")
    func tokens() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        #expect(full.tokens.count >= 7)
        _ = try await full.fixture.takeMails()
        let cells = try await database.read { db in try DatabaseCells(db) }
        for token in full.tokens {
            #expect(cells.places(of: token) == [])
            let padded = token.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/") + "="
            #expect(cells.places(of: try #require(Data(base64Encoded: padded))) == [])
        }
    }

    @Test("Hashes are stored, so the tokens above are the right ones to look for")
    func hashes() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        let cells = try await database.read { db in try DatabaseCells(db) }
        let session = try #require(SecretToken(full.tokens[0]))
        #expect(cells.places(of: session.hash) == ["session.token_hash"])
    }

    @Test("Telephone, IIN, password, app secret and mailed code are not readable in the database")
    func sealed() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        let setUp = try #require(try await full.fixture.accounts.setUpSecondFactor.pending(full.who))
        let code = try #require(
            full.fixture.log.notices.compactMap { if case .humanCode(let code, _) = $0 { code } else { nil } }.last
        )
        _ = try await full.fixture.takeMails()
        let cells = try await database.read { db in try DatabaseCells(db) }
        for secret in [FullAccount.phone, "7017654321", FullAccount.iin, AccountFixture.password, setUp.secret] {
            #expect(cells.places(of: secret) == [], "\(secret)")
        }
        #expect(cells.places(of: "\"code\":\"\(code)\"") == [])
        #expect(
            cells.cells.contains {
                $0.table == "person" && $0.column == "iin" && $0.bytes.count == 1 + 4 + 24 + 16 + 12
            }
        )
    }

    @Test("Neither the IP address of a request nor a failed login is stored")
    func addresses() async throws {
        let database = try PortalDatabase.traced()
        let full = try await FullAccount(database)
        _ = try await full.fixture.accounts.signIn.withPassword(
            login: "who.mistyped@example.kz",
            password: "secret typed here",
            device: Device(userAgent: "Very Special Agent/1"),
            from: RemoteAddress("203.0.113.99")
        )
        let cells = try await database.read { db in try DatabaseCells(db) }
        for text in ["192.0.2.7", "203.0.113.99", "198.51.100.9", "who.mistyped", "secret typed here", "Special Agent"]
        {
            #expect(cells.places(of: text) == [], "\(text)")
        }
    }
}
