import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct ProfileTests {
    private func changeIIN(
        _ who: SignedIn,
        _ text: String?,
        _ fixture: AccountFixture,
        password: String? = nil
    ) async throws -> ProfileOutcome {
        try await fixture.accounts.editProfile.changeIIN(
            who,
            to: try text.map { try IndividualIdentificationNumber($0) },
            password: password,
            from: AccountFixture.home
        )
    }

    @Test func everythingCanBeChanged() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        let accounts = fixture.accounts
        try await accounts.editProfile.rename(who, to: try PersonName("Әсел Ахметова"))
        #expect(try await accounts.editProfile.changeUsername(who, to: try Username("asel.a")) == .changed)
        try await accounts.editProfile.changeLanguage(who.person, to: .en)
        try await accounts.editProfile.changePhone(who, to: try PhoneNumber("8 701 234 56 78"))
        #expect(try await changeIIN(who, "791028302728", fixture) == .changed)
        try await accounts.editProfile.changeNotifications(who, to: .init(appeals: false, news: true))
        try await accounts.editProfile.agree(who, to: .init(rawValue: "2027-01"))
        let profile = try #require(try await accounts.readProfile(of: who.person))
        #expect(profile.person.name.text == "Әсел Ахметова")
        #expect(profile.person.username.text == "asel.a")
        #expect(profile.person.language == .en)
        #expect(profile.phone?.text == "+77012345678")
        #expect(profile.iin?.masked == "••••••••2728")
        #expect(profile.person.notifications == .init(appeals: false, news: true))
        #expect(profile.consents.map(\.subject) == [.agreement, .news, .agreement])
        #expect(try await fixture.who(session).name.text == "Әсел Ахметова")
        try await accounts.editProfile.changePhone(who, to: nil)
        #expect(try await changeIIN(who, nil, fixture) == .changed)
        let bare = try #require(try await accounts.readProfile(of: who.person))
        #expect(bare.phone == nil && bare.iin == nil)
    }

    @Test func newsIsAConsentThatCanBeTakenBack() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        for news in [true, true, false, true] {
            try await fixture.accounts.editProfile.changeNotifications(who, to: .init(appeals: true, news: news))
        }
        let consents = try await fixture.store.consents(of: who.person).filter { $0.subject == .news }
        #expect(consents.map { $0.withdrawn == nil } == [false, true])
    }

    @Test func whatIsUniqueStaysSo() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        let accounts = fixture.accounts
        // In capitals, with a Cyrillic letter in it.
        #expect(try await accounts.editProfile.changeUsername(dana, to: try Username("АSEL")) == .taken)
        #expect(try await accounts.editProfile.changeUsername(dana, to: try Username("Dana")) == .changed)
    }

    @Test("An IIN of another account is accepted as unverified, without revealing that account")
    func sameIIN() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        let (admin, _) = try await fixture.member("admin@example.kz", username: "boss1", role: .admin)
        #expect(try await changeIIN(asel, "791028302728", fixture) == .changed)
        #expect(try await changeIIN(dana, "791028302728", fixture) == .changed)
        let profile = try #require(try await fixture.accounts.readProfile(of: dana.person))
        #expect(profile.iin?.text == "791028302728" && !profile.isIINVerified)
        let found = try await fixture.accounts.lookUpPeople.withIIN(try .init("791028302728"), by: admin)
        #expect(found.map(\.id) == [asel.person, dana.person])
    }

    @Test("An IIN requires a proof, and the number of changes a day is limited")
    func tryingIINs() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        for _ in 0..<5 { #expect(try await changeIIN(who, "791028302728", fixture) == .changed) }
        #expect(try await changeIIN(who, "171028341798", fixture) == .wait(seconds: 86_400))
        #expect(try await changeIIN(who, nil, fixture) == .changed)
        fixture.clock.advance(by: 86_400)
        #expect(try await changeIIN(who, "171028341798", fixture) == .refused(.needsFreshSignIn))
        #expect(try await changeIIN(who, nil, fixture) == .refused(.needsFreshSignIn))
        #expect(try await changeIIN(who, "171028341798", fixture, password: "wrong") == .refused(.wrong))
        #expect(
            try await changeIIN(who, "171028341798", fixture, password: AccountFixture.password) == .changed
        )
    }
}
