public import Accounts
public import Foundation
public import Mail
import SQLiteStore
import Synchronization

/// A clock that goes when it is told to.
public final class HandClock: Sendable {
    private let time: Mutex<Date>

    /// Starts at a morning in Almaty.
    public init(_ start: Date = Date(timeIntervalSince1970: 1_795_600_000)) { time = Mutex(start) }

    /// The time.
    public var now: Date { time.withLock { $0 } }

    /// Goes on.
    public func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}

/// Puts everything that a notice says into a mail, and keeps the notices.
public final class NoticeLog: NoticeComposer {
    private let told = Mutex<[AccountNotice]>([])

    /// Starts empty.
    public init() {}

    /// Every notice that was put into words, sent or not.
    public var notices: [AccountNotice] { told.withLock { $0 } }

    /// The notice as Swift prints it.
    public func message(for notice: AccountNotice, language: String) -> MailMessage {
        told.withLock { $0.append(notice) }
        let body = "\(notice)"
        return MailMessage(subject: String(body.prefix { $0 != "(" }), text: body, html: "<p>\(body)</p>")
    }
}

/// Accounts on a database in memory, with a clock that stands and mails that stay.
public struct AccountFixture: Sendable {
    /// What every account here is let in by.
    public static let password = "тау басында 77 алма"

    /// The clock.
    public let clock: HandClock
    /// What was put into words.
    public let log: NoticeLog
    /// The store.
    public let store: any AccountStore
    /// The mails.
    public let outbox: any Outbox
    /// The keys.
    public let keys: KeyRing
    /// The use cases.
    public let service: AccountService

    /// Sets everything up on a database that `SpatialDatabase` opened.
    ///
    /// - Parameter change: changes the settings.
    public init(
        store: any AccountStore,
        outbox: any Outbox,
        change: (inout AccountSettings) -> Void = { _ in }
    ) throws {
        var settings = AccountSettings()
        change(&settings)
        let clock = HandClock()
        (self.clock, log, keys) = (clock, NoticeLog(), try KeyRing.random())
        (self.store, self.outbox) = (store, outbox)
        service = AccountService(
            store: store,
            hasher: try PasswordHasher(parameters: .least),
            box: SealedBox(keys),
            composer: log,
            settings: settings,
            now: { clock.now }
        )
    }

    /// Sets everything up on a database of its own.
    public init(change: (inout AccountSettings) -> Void = { _ in }) throws {
        let database = try SpatialDatabase.inMemory()
        try self.init(
            store: SpatiaLiteAccountStore(database),
            outbox: SpatiaLiteOutbox(database),
            change: change
        )
    }

    /// The same accounts with other keys.
    public func service(keys: KeyRing) throws -> AccountService {
        let clock = clock
        return AccountService(
            store: store,
            hasher: try PasswordHasher(parameters: .least),
            box: SealedBox(keys),
            composer: log,
            settings: service.settings,
            now: { clock.now }
        )
    }

    /// The mails that wait, which are then on their way.
    public func takeMails() async throws -> [OutgoingMail] {
        let mails = try await outbox.claimDue(at: clock.now, limit: 1_000, lease: .seconds(60))
        for mail in mails { try await outbox.markSent(mail.id, at: clock.now) }
        return mails.map(\.mail)
    }

    /// Registers somebody and gives the token of the link.
    public func registerToken(
        _ email: String,
        name: String = "Әсел Нұрланқызы",
        from: RemoteAddress = AccountFixture.home
    ) async throws -> SecretToken {
        _ = try await service.register(
            name: try PersonName(name),
            email: try EmailAddress(email),
            language: .kk,
            agreement: service.settings.agreement,
            from: from
        )
        guard case .activation(let token, _, _)? = log.notices.last else { throw Unexpected(what: "no activation") }
        return token
    }

    /// Somebody who is signed in, with a new account.
    public func member(
        _ email: String,
        name: String = "Әсел Нұрланқызы",
        username: String,
        role: Role = .citizen
    ) async throws -> (who: SignedIn, session: StartedSession) {
        let token = try await registerToken(email, name: name)
        let outcome = try await service.activate(
            token,
            password: Self.password,
            username: username,
            device: Self.firefox,
            from: Self.home
        )
        guard case .activated(let session) = outcome else { throw Unexpected(what: "\(outcome)") }
        if role != .citizen { _ = try await service.changeRoleFromConsole(of: session.person, to: role) }
        return (try await who(session), session)
    }

    /// Who is signed in by a session.
    public func who(_ session: StartedSession) async throws -> SignedIn {
        guard let who = try await service.session(for: session.token.text) else { throw Unexpected(what: "no session") }
        return who
    }

    /// An address.
    public static let home = RemoteAddress("192.0.2.7")
    /// Another address.
    public static let elsewhere = RemoteAddress("198.51.100.9")
    /// A browser.
    public static let firefox = Device(
        userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )

    /// Something went another way than the test needs.
    public struct Unexpected: Error {
        /// What happened.
        public let what: String

        /// Says what happened.
        public init(what: String) { self.what = what }
    }
}
