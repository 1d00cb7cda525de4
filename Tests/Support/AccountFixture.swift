public import Accounts
public import Civic
public import Foundation
public import Mail
import SQLiteStore
import Synchronization

/// Puts the whole content of a notice into a mail, and keeps the notices.
public final class NoticeLog: NoticeComposer {
    private let told = Mutex<[AccountNotice]>([])

    /// Starts empty.
    public init() {}

    /// Every notice for which a mail was composed, sent or not.
    public var notices: [AccountNotice] { told.withLock { $0 } }

    /// A mail with the notice as Swift prints it.
    public func message(for notice: AccountNotice, language: Language) -> MailMessage {
        told.withLock { $0.append(notice) }
        let body = "\(notice)"
        return MailMessage(subject: String(body.prefix { $0 != "(" }), text: body, html: "<p>\(body)</p>")
    }
}

extension Permission {
    /// A permission of a feature that only tests have: operators hold it.
    public static let consult = Permission(rawValue: "consult")
    /// A permission of a feature that only tests have: editors hold it.
    public static let editPages = Permission(rawValue: "editPages")
}

/// Accounts on a database in memory, with a manual clock and an outbox that nobody sends.
public struct AccountFixture: Sendable {
    /// The password of every account here.
    public static let password = "тау басында 77 алма"

    /// The clock.
    public let clock: TestClock
    /// The composed notices.
    public let log: NoticeLog
    /// The store.
    public let store: any AccountStore
    /// The mails.
    public let outbox: any Outbox
    /// The keys.
    public let keys: KeyRing
    /// The use cases.
    public let accounts: AccountUseCases

    /// Sets up the accounts on a database that `PortalDatabase` opened.
    ///
    /// - Parameter change: modifies the settings.
    public init(
        store: any AccountStore,
        outbox: any Outbox,
        change: (inout AccountSettings) -> Void = { _ in }
    ) throws {
        var settings = AccountSettings()
        change(&settings)
        let clock = TestClock(stoppedAt: TestClock.morning)
        (self.clock, log, keys) = (clock, NoticeLog(), try KeyRing.random())
        (self.store, self.outbox) = (store, outbox)
        accounts = AccountUseCases(
            store: store,
            hasher: try PasswordHasher(parameters: .least),
            sealer: ValueSealer(keys),
            composer: log,
            grants: Self.grants,
            settings: settings,
            now: { clock.now }
        )
    }

    /// Sets up the accounts on a database of its own.
    public init(change: (inout AccountSettings) -> Void = { _ in }) throws {
        let database = try PortalDatabase.traced()
        try self.init(
            store: SQLiteAccountStore(database),
            outbox: SQLiteOutbox(database),
            change: change
        )
    }

    /// The same accounts with other keys.
    public func accounts(keys: KeyRing) throws -> AccountUseCases {
        let clock = clock
        return AccountUseCases(
            store: store,
            hasher: try PasswordHasher(parameters: .least),
            sealer: ValueSealer(keys),
            composer: log,
            grants: Self.grants,
            settings: accounts.settings,
            now: { clock.now }
        )
    }

    /// Takes the waiting mails, which then count as being sent.
    public func takeMails() async throws -> [OutgoingMail] {
        let mails = try await outbox.claimDue(at: clock.now, limit: 1_000, lease: .seconds(60))
        for mail in mails { try await outbox.markSent(mail.id, at: clock.now) }
        return mails.map(\.mail)
    }

    /// Registers a person and returns the token of the activation link.
    public func registerToken(
        _ email: String,
        name: String = "Әсел Нұрланқызы",
        from: RemoteAddress = AccountFixture.home
    ) async throws -> SecretToken {
        _ = try await accounts.registerAccount(
            name: try PersonName(name),
            email: try EmailAddress(email),
            language: .kk,
            agreement: accounts.settings.agreement,
            from: from
        )
        guard case .activation(let token, _, _)? = log.notices.last else { throw Unexpected(what: "no activation") }
        return token
    }

    /// A signed-in person with a new account.
    public func member(
        _ email: String,
        name: String = "Әсел Нұрланқызы",
        username: String,
        role: Role = .citizen
    ) async throws -> (who: SignedIn, session: StartedSession) {
        let token = try await registerToken(email, name: name)
        let outcome = try await accounts.activateAccount.activate(
            token,
            password: Self.password,
            username: username,
            device: Self.firefox,
            from: Self.home
        )
        guard case .activated(let session) = outcome else { throw Unexpected(what: "\(outcome)") }
        if role != .citizen { _ = try await accounts.changeRole.fromConsole(of: session.person, to: role) }
        return (try await who(session), session)
    }

    /// The person signed in by a session.
    public func who(_ session: StartedSession) async throws -> SignedIn {
        guard let who = try await accounts.resumeSession(session.token.text) else {
            throw Unexpected(what: "no session")
        }
        return who
    }

    /// The permissions of the accounts and of two features that only tests have.
    public static let grants = PermissionGrants.accounts.adding(
        PermissionGrants([.operator: [.consult], .editor: [.editPages]])
    )
    /// An address.
    public static let home = RemoteAddress("192.0.2.7")
    /// Another address.
    public static let elsewhere = RemoteAddress("198.51.100.9")
    /// A browser.
    public static let firefox = Device(
        userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )

    /// Thrown when the setup took an unexpected turn.
    public struct Unexpected: Error {
        /// What happened.
        public let what: String

        /// Describes what happened.
        public init(what: String) { self.what = what }
    }
}
