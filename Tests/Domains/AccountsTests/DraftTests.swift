import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct DraftTests {
    private static let path = "/ru/account/name"

    private func draft(_ mark: String, _ value: String = "Жаңа есім") -> FormDraft {
        FormDraft(path: Self.path, fields: [.init(name: "name", value: value)], deviceMark: mark)
    }

    @Test("A draft is returned once, on the page of its form, and is sealed in between")
    func once() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        let kept = draft(session.deviceMark)
        let ticket = try #require(try await fixture.accounts.formDrafts.keep(kept, from: AccountFixture.home))
        let stored = try await fixture.store.token(ticket.hash, for: .draft, at: fixture.clock.now)
        let payload = try #require(stored?.payload)
        #expect(payload.range(of: Data("есім".utf8)) == nil)
        #expect(try await fixture.accounts.formDrafts.take(ticket, of: who, path: "/ru/account/email") == nil)
        #expect(try await fixture.accounts.formDrafts.take(ticket, of: who, path: Self.path) == kept)
        #expect(try await fixture.accounts.formDrafts.take(ticket, of: who, path: Self.path) == nil)
    }

    @Test("Another person who signs in in the same browser does not get the draft")
    func anotherPerson() async throws {
        let fixture = try AccountFixture()
        let (asel, session) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        let ticket = try #require(
            try await fixture.accounts.formDrafts.keep(draft(session.deviceMark), from: AccountFixture.home)
        )
        #expect(try await fixture.accounts.formDrafts.take(ticket, of: dana, path: Self.path) == nil)
        #expect(try await fixture.accounts.formDrafts.take(ticket, of: asel, path: Self.path) == nil, "deleted")
    }

    @Test func itIsKeptForHalfAnHourUpToALengthAndANumber() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        func keep(_ value: String) async throws -> SecretToken? {
            try await fixture.accounts.formDrafts.keep(draft(session.deviceMark, value), from: AccountFixture.home)
        }
        let late = try #require(try await keep("a"))
        fixture.clock.advance(by: 1_800)
        #expect(try await fixture.accounts.formDrafts.take(late, of: who, path: Self.path) == nil)
        #expect(try await keep(String(repeating: "a", count: 140_000)) == nil)
        for _ in 0..<29 { #expect(try await keep("a") != nil) }
        #expect(try await keep("a") == nil)
    }

    @Test("A sealed note opens unchanged, and nothing else opens")
    func notes() throws {
        let fixture = try AccountFixture()
        let sealed = try fixture.accounts.sealedNotes.seal("әсел@мысал.қаз")
        #expect(sealed.utf8.count <= 512)
        #expect(fixture.accounts.sealedNotes.open(sealed) == "әсел@мысал.қаз")
        for text in ["", "AAAA", "asel@example.kz", String(sealed.dropLast(4)), sealed + "AAAA"] {
            #expect(fixture.accounts.sealedNotes.open(text) == nil)
        }
        let longest = try fixture.accounts.sealedNotes.seal(String(repeating: "a", count: EmailAddress.maxBytes))
        #expect(longest.utf8.count <= 512)
    }
}
