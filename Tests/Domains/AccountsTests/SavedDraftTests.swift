import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite("Saved drafts") struct SavedDraftTests {
    private let browser = FormOwner.browser(Data(repeating: 7, count: 32))

    private func fields(_ value: String) -> [FormDraft.Field] { [.init(name: "text", value: value)] }

    @Test("A draft is sealed, and only its owner and its form find it")
    func owners() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        let drafts = fixture.accounts.savedDrafts
        let owner = FormOwner.person(asel.person)
        let typed = fields("Шұңқыр")
        #expect(try await drafts.save(typed, of: "report", owner: owner, from: AccountFixture.home) == .saved)
        #expect(try await drafts.fields(of: "report", owner: owner) == typed)
        #expect(try await drafts.fields(of: "appeal", owner: owner) == nil)
        for other in [FormOwner.person(dana.person), browser, .browser(Data("person \(asel.person.rawValue)".utf8))] {
            #expect(try await drafts.fields(of: "report", owner: other) == nil)
        }
        let stored = try await fixture.store.personalData(of: asel.person, at: fixture.clock.now)?.drafts.first
        let payload = try #require(stored?.payload)
        #expect(payload.range(of: Data("Шұңқыр".utf8)) == nil)
        try await drafts.delete("report", owner: owner)
        #expect(try await drafts.fields(of: "report", owner: owner) == nil)
    }

    @Test("A person's draft lasts 30 days after it was last saved, a browser's one day, and the sweep deletes both")
    func lifetimes() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let drafts = fixture.accounts.savedDrafts
        let owner = FormOwner.person(asel.person)
        for one in [owner, browser] {
            _ = try await drafts.save(fields("a"), of: "report", owner: one, from: AccountFixture.home)
        }
        fixture.clock.advance(86_400)
        #expect(try await drafts.fields(of: "report", owner: browser) == nil)
        _ = try await drafts.save(fields("b"), of: "report", owner: owner, from: AccountFixture.home)
        fixture.clock.advance(30 * 86_400 - 1)
        try await fixture.accounts.sweepAccounts()
        #expect(try await drafts.fields(of: "report", owner: owner) == fields("b"))
        fixture.clock.advance(1)
        #expect(try await drafts.fields(of: "report", owner: owner) == nil)
        try await fixture.accounts.sweepAccounts()
        #expect(try await fixture.store.personalData(of: asel.person, at: .distantPast)?.drafts.isEmpty == true)
    }

    @Test("New drafts of browsers are counted for each address, and later savings and drafts of people are not")
    func limits() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let drafts = fixture.accounts.savedDrafts
        func save(_ number: UInt8, _ value: String = "a") async throws -> SavedDrafts.Outcome {
            let owner = FormOwner.browser(Data(repeating: number, count: 32))
            return try await drafts.save(fields(value), of: "report", owner: owner, from: AccountFixture.home)
        }
        for number in UInt8(0)..<60 { #expect(try await save(number) == .saved) }
        #expect(try await save(60) == .wait(seconds: 3_600))
        #expect(try await save(3, "b") == .saved)
        let person = FormOwner.person(asel.person)
        #expect(try await drafts.save(fields("a"), of: "report", owner: person, from: AccountFixture.home) == .saved)
        #expect(try await save(3, String(repeating: "a", count: SavedDrafts.longest)) == .tooLong)
        #expect(try await drafts.fields(of: "report", owner: .browser(Data(repeating: 3, count: 32))) == fields("b"))
    }

    @Test("A draft can be read after the keys were rotated and the old one removed")
    func rotation() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let owner = FormOwner.person(asel.person)
        _ = try await fixture.accounts.savedDrafts.save(
            fields("a"),
            of: "report",
            owner: owner,
            from: AccountFixture.home
        )
        let ring = try fixture.keys.rotated()
        let rotation = KeyRotation(store: fixture.store, sealer: ValueSealer(ring))
        #expect(try await rotation.run(at: fixture.clock.now) == 1)
        let drafts = try fixture.accounts(keys: try ring.withoutOlder()).savedDrafts
        #expect(try await drafts.fields(of: "report", owner: owner) == fields("a"))
    }
}
