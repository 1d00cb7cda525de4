import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite("Saved drafts") struct SavedDraftTests {
    private let browser = FormOwner.browser(Data(repeating: 7, count: 32))

    private func fields(_ value: String) -> [FormDraft.Field] { [.init(name: "text", value: value)] }

    /// Saves over whatever is stored.
    private func save(
        _ value: String,
        of form: String = "report",
        _ owner: FormOwner,
        _ drafts: SavedDrafts
    ) async throws -> SavedDrafts.Outcome {
        let before = try await drafts.content(of: form, owner: owner).map { ($0.id, $0.revision) }
        return try await drafts.save(fields(value), of: form, owner: owner, after: before, from: AccountFixture.home)
    }

    @Test("A draft is sealed, and only its owner and its form find it")
    func owners() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        let drafts = fixture.accounts.savedDrafts
        let owner = FormOwner.person(asel.person)
        #expect(try await save("Шұңқыр", owner, drafts) == .saved)
        #expect(try await drafts.content(of: "report", owner: owner)?.fields == fields("Шұңқыр"))
        #expect(try await drafts.content(of: "appeal", owner: owner) == nil)
        for other in [FormOwner.person(dana.person), browser, .browser(Data("person \(asel.person.rawValue)".utf8))] {
            #expect(try await drafts.content(of: "report", owner: other) == nil)
        }
        let stored = try await fixture.store.personalData(of: asel.person, at: fixture.clock.now)?.drafts.first
        let payload = try #require(stored?.payload)
        #expect(payload.range(of: Data("Шұңқыр".utf8)) == nil)
        let first = try await drafts.content(of: "report", owner: owner)
        try await drafts.delete("report", owner: owner)
        #expect(try await drafts.content(of: "report", owner: owner) == nil)
        _ = try await save("b", owner, drafts)
        #expect(try await drafts.content(of: "report", owner: owner)?.id != first?.id)
    }

    @Test("A person's draft lasts 30 days after it was last saved, a browser's one day, and the sweep deletes both")
    func lifetimes() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let drafts = fixture.accounts.savedDrafts
        let owner = FormOwner.person(asel.person)
        for one in [owner, browser] {
            _ = try await save("a", one, drafts)
        }
        fixture.clock.advance(by: 86_400)
        #expect(try await drafts.content(of: "report", owner: browser) == nil)
        _ = try await save("b", owner, drafts)
        fixture.clock.advance(by: 30 * 86_400 - 1)
        try await fixture.accounts.sweepAccounts()
        #expect(try await drafts.content(of: "report", owner: owner)?.fields == fields("b"))
        fixture.clock.advance(by: 1)
        #expect(try await drafts.content(of: "report", owner: owner) == nil)
        try await fixture.accounts.sweepAccounts()
        #expect(try await fixture.store.personalData(of: asel.person, at: .distantPast)?.drafts.isEmpty == true)
    }

    @Test("New drafts of browsers are counted for each address, and later savings and drafts of people are not")
    func limits() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let drafts = fixture.accounts.savedDrafts
        func save(_ number: UInt8, _ value: String = "a") async throws -> SavedDrafts.Outcome {
            try await self.save(value, .browser(Data(repeating: number, count: 32)), drafts)
        }
        for number in UInt8(0)..<60 { #expect(try await save(number) == .saved) }
        #expect(try await save(60) == .wait(seconds: 3_600))
        #expect(try await save(3, "b") == .saved)
        let person = FormOwner.person(asel.person)
        #expect(try await self.save(String(repeating: "a", count: 100_000), person, drafts) == .saved)
        #expect(try await self.save(String(repeating: "a", count: SavedDrafts.longest), person, drafts) == .tooLong)
        #expect(try await save(3, String(repeating: "a", count: SavedDrafts.longestOfBrowser)) == .tooLong)
        let third = FormOwner.browser(Data(repeating: 3, count: 32))
        #expect(try await drafts.content(of: "report", owner: third)?.fields == fields("b"))
    }

    @Test("Answers made from a revision that another save has replaced are not saved")
    func revisions() async throws {
        let drafts = try AccountFixture().accounts.savedDrafts
        func save(_ value: String, after before: SavedDrafts.Content?) async throws -> SavedDrafts.Outcome {
            let before = before.map { ($0.id, $0.revision) }
            return try await drafts.save(
                fields(value),
                of: "report",
                owner: browser,
                after: before,
                from: AccountFixture.home
            )
        }
        #expect(try await save("a", after: nil) == .saved)
        #expect(try await save("b", after: nil) == .changed)
        let first = try await drafts.content(of: "report", owner: browser)
        #expect(try await save("c", after: first) == .saved)
        #expect(try await save("d", after: first) == .changed)
        #expect(try await drafts.content(of: "report", owner: browser)?.fields == fields("c"))
    }

    @Test("Who signs in goes on with the draft of the browser, unless the account has one")
    func adoption() async throws {
        let fixture = try AccountFixture()
        let drafts = fixture.accounts.savedDrafts
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        #expect(try await !drafts.adopt("report", of: browser, by: asel.person))
        _ = try await save("of the browser", browser, drafts)
        _ = try await save("of Dana", .person(dana.person), drafts)
        #expect(try await !drafts.adopt("report", of: browser, by: dana.person))
        #expect(try await drafts.adopt("report", of: browser, by: asel.person))
        #expect(try await drafts.content(of: "report", owner: browser) == nil)
        fixture.clock.advance(by: 29 * 86_400)
        let adopted = try await drafts.content(of: "report", owner: .person(asel.person))
        #expect(adopted?.fields == fields("of the browser"))
    }

    @Test("A draft can be read after the keys were rotated and the old one removed")
    func rotation() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let owner = FormOwner.person(asel.person)
        _ = try await save("a", owner, fixture.accounts.savedDrafts)
        let ring = try fixture.keys.rotated()
        let rotation = KeyRotation(store: fixture.store, sealer: ValueSealer(ring))
        #expect(try await rotation.run(at: fixture.clock.now) == 1)
        let drafts = try fixture.accounts(keys: try ring.withoutOlder()).savedDrafts
        #expect(try await drafts.content(of: "report", owner: owner)?.fields == fields("a"))
    }
}
