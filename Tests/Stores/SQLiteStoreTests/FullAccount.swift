import Accounts
import Civic
import Foundation
import GRDB
import SQLiteStore
import TestSupport

/// A person with a value in everything that can be stored, each with words that occur nowhere else.
struct FullAccount {
    static let email = "zhuldyz.first@example.kz"
    static let newEmail = "zhuldyz.second@example.kz"
    static let thirdEmail = "zhuldyz.third@example.kz"
    static let providerEmail = "zhuldyz.provider@example.com"
    static let name = "Жұлдыз Сыналатынқызы"
    static let providerName = "Zhuldyz Providerova"
    static let username = "zhuldyz.sokol"
    static let subject = "subject-4711"
    static let phone = "+77017654321"
    static let iin = "171028341798"
    static let draft = "Есімім — \(name), телефоным — \(phone)"

    /// All texts that identify the person.
    static let marks = [
        email, newEmail, thirdEmail, providerEmail, name, providerName, username, subject, phone, iin, "zhuldyz",
        "Жұлдыз",
    ]

    let fixture: AccountFixture
    let who: SignedIn
    /// The text of every token that was issued.
    let tokens: [String]

    init(_ database: any DatabaseWriter) async throws {
        fixture = try AccountFixture(store: SQLiteAccountStore(database), outbox: SQLiteOutbox(database))
        let (accounts, home) = (fixture.accounts, AccountFixture.home)
        let (who, session) = try await fixture.member(Self.email, name: Self.name, username: Self.username)
        self.who = who
        try await accounts.editProfile.changePhone(who, to: try PhoneNumber(Self.phone))
        _ = try await accounts.editProfile.changeIIN(
            who,
            to: try IndividualIdentificationNumber(Self.iin),
            password: nil,
            from: home
        )
        try await accounts.editProfile.changeNotifications(who, to: NotificationChoices(appeals: true, news: true))
        let identity = ExternalIdentity(
            provider: "google",
            issuer: "https://accounts.google.com",
            subject: Self.subject,
            email: Self.providerEmail,
            isEmailVerified: true,
            name: Self.providerName
        )
        _ = try await accounts.linkIdentity.link(identity, to: who)
        try await Self.changeEmail(to: Self.newEmail, who, fixture, isConfirmed: true)
        try await Self.changeEmail(to: Self.thirdEmail, who, fixture, isConfirmed: false)
        // Somebody else registers with another spelling of the address; a code, a reset and an identity are pending.
        _ = try await accounts.registerAccount(
            name: try PersonName("Somebody Else"),
            email: try EmailAddress(Self.newEmail.uppercased()),
            language: .en,
            agreement: accounts.settings.agreement,
            from: AccountFixture.elsewhere
        )
        _ = try await accounts.resetPassword.request(login: Self.username, from: home)
        let ticket = try await accounts.mailHumanCode.request(
            login: Self.newEmail,
            language: .kk,
            from: home
        )
        _ = try await accounts.savedDrafts.save(
            [.init(name: "text", value: Self.draft)],
            of: "report",
            owner: .person(who.person),
            after: nil,
            from: home
        )
        _ = try await accounts.setUpSecondFactor.begin(who, password: nil, from: home)
        tokens = [session.token.text] + Self.tokens(of: fixture.log.notices) + [Self.text(of: ticket)].compactMap { $0 }
    }

    private static func changeEmail(
        to email: String,
        _ who: SignedIn,
        _ fixture: AccountFixture,
        isConfirmed: Bool
    ) async throws {
        _ = try await fixture.accounts.changeEmail.request(
            of: who,
            to: try EmailAddress(email),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        guard isConfirmed else { return }
        for notice in fixture.log.notices {
            switch notice {
            case .emailChangeOld(let token, _, _, _), .emailChangeNew(let token, _, _):
                _ = try await fixture.accounts.changeEmail.confirm(token)
            default: break
            }
        }
    }

    private static func text(of outcome: HumanCodeOutcome) -> String? {
        if case .mailed(let ticket) = outcome { ticket.text } else { nil }
    }

    private static func tokens(of notices: [AccountNotice]) -> [String] {
        notices.compactMap { notice in
            switch notice {
            case .activation(let token, _, _), .passwordReset(let token, _, _), .emailChangeOld(let token, _, _, _),
                .emailChangeNew(let token, _, _), .invitation(let token, _, _),
                .identityConfirmation(let token, _, _, _), .erasureConfirmation(let token, _, _):
                token.text
            default: nil
            }
        }
    }
}
