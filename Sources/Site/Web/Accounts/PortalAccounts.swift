public import Accounts
import AsyncHTTPClient
import Captcha
import Civic
import Crypto
public import Foundation
public import Logging
public import Mail
import NIOCore
import NIOPosix
import OpenIDConnect

/// The assembled accounts of a portal: use cases, mail, captcha, providers.
public struct PortalAccounts: Sendable {
    /// The use cases.
    public let service: AccountService
    /// Sends the mails; runs with the server.
    public let mail: MailService
    let outbox: any Outbox
    /// The folder that mails are written to when no mail server is set.
    let keptMails: MailFolder?
    /// The folder of mails that are shown instead of sent, on a portal in development.
    let mailFolder: MailFolder?
    /// The key for the page with those mails; a new one at each start.
    let mailKey = SecretToken()
    let captcha: any CaptchaVerifier
    let keys: FormKeys
    let providers: ProviderList
    let address: PortalAddress
    let connection: ClientConnection
    let portalOperator: PortalOperator

    /// Assembles the accounts.
    ///
    /// - Parameters:
    ///   - store: where accounts are kept.
    ///   - outbox: where mails wait; written in the transactions of the store.
    ///   - home: the location of texts and templates.
    ///   - settings: the operator's settings.
    ///   - hashing: the cost of password hashing; tests use less.
    /// - Throws: `CivicError` or `AccountsError` for unusable keys, `WebError` for unusable texts or settings.
    public init(
        store: any AccountStore,
        outbox: any Outbox,
        home: Home,
        settings: Settings,
        logger: Logger,
        hashing: PasswordHasher.Parameters = .standard,
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        let set = settings.accounts
        let sealer = try await set.sealer(for: store)
        let publicAddress = settings.map.publicAddress
        address = PortalAddress(publicAddress: publicAddress, host: settings.host, port: settings.port)
        let sender = MailSender(from: settings.mail.from, transport: settings.mail.transport)
        let mail = MailService(outbox: outbox, sender: sender, logger: logger)
        let keptMails = settings.mail.folder.map { MailFolder($0) }
        let labels = Dictionary(set.providers.map { ($0.name, $0.label) }) { first, _ in first }
        service = AccountService(
            store: store,
            hasher: try PasswordHasher(parameters: hashing, concurrent: set.hashing, waiting: set.waiting),
            sealer: sealer,
            composer: try await NoticeMail(
                home: home,
                address: address,
                providers: labels,
                operator: set.portalOperator
            ),
            settings: set.accounts,
            mailQueued: { mail.wake() },
            forgetMails: Self.forgetting(keptMails, logger),
            now: now
        )
        (self.mail, self.outbox) = (mail, outbox)
        self.keptMails = keptMails
        mailFolder = Self.isTriedOut(settings) ? keptMails : nil
        let work = CaptchaWork(accounts: service)
        captcha = try set.captcha.verifier(
            key: SymmetricKey(data: try sealer.captchaKey()),
            work: { await work.present() },
            used: StoredChallenges(accounts: service),
            hostname: publicAddress.flatMap { URL(string: $0)?.host() },
            logger: logger
        )
        keys = FormKeys(sealer)
        portalOperator = set.portalOperator
        providers = ProviderList(
            settings: set.providers,
            client: set.providers.isEmpty ? nil : OpenIDClient(http: OutgoingHTTP.client),
            address: address
        )
        connection = ClientConnection(
            proxies: set.proxies,
            isPublicSecure: publicAddress?.hasPrefix("https://") == true
        )
    }

    /// The path of the page that shows the mails, with its key; nil when mails are sent.
    public var mailPath: String? { mailFolder.map { _ in Link.developmentMail + "?key=" + mailKey.text } }

    // The copies in the folder are outside the store, but name people too, so erasing a person must delete them.
    private static func forgetting(_ folder: MailFolder?, _ logger: Logger) -> @Sendable (String) async -> Void {
        { recipient in
            guard let folder else { return }
            do {
                try await NIOThreadPool.singleton.runIfActive { try folder.forget(recipient: recipient) }
            } catch {
                logger.error("Copies of mails not deleted", metadata: ["error": "\(error)"])
            }
        }
    }

    // Whoever opens the page can read the mails, so it must only be reachable on this machine, without a proxy.
    private static func isTriedOut(_ settings: Settings) -> Bool {
        settings.map.publicAddress == nil && settings.accounts.proxies.isEmpty && IPAddress.isLoopback(settings.host)
    }
}

/// The HTTP client for other services: providers and third-party captchas.
enum OutgoingHTTP {
    /// One client for the process, like `HTTPClient.shared`, but with limits suited to untrusted responses.
    ///
    /// It is created on first use and lives as long as the process.
    static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: OpenIDClient.httpConfiguration
    )
}
