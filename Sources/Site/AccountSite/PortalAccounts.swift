public import Accounts
import AsyncHTTPClient
import Captcha
package import Civic
import Crypto
package import Foundation
package import Logging
public import Mail
import NIOCore
import NIOPosix
import OpenIDConnect
package import SiteKit

/// The assembled accounts of a portal: use cases, mail, captcha, providers.
public struct PortalAccounts: Sendable {
    /// The use cases.
    public let useCases: AccountUseCases
    /// Sends the mails; runs with the server.
    public let mail: MailService
    package let outbox: any Outbox
    /// The folder that mails are written to when no mail server is set.
    let keptMails: MailFolder?
    /// The folder of mails that are shown instead of sent, on a portal in development.
    let mailFolder: MailFolder?
    /// The key for the page with those mails; a new one at each start.
    let mailKey = SecretToken()
    let captcha: any CaptchaVerifier
    package let tokens: CSRFTokens
    package let providers: ProviderList
    package let address: PortalAddress
    package let connection: ClientConnection
    package let portalOperator: PortalOperator

    /// Assembles the accounts.
    ///
    /// - Parameters:
    ///   - store: where accounts are kept.
    ///   - outbox: where mails wait; written in the transactions of the store.
    ///   - home: the location of texts and templates.
    ///   - settings: what the operator set about accounts.
    ///   - mail: what the operator set about mail.
    ///   - address: the portal's own address.
    ///   - isLocal: whether the portal listens on a loopback address only.
    ///   - grants: the permissions of each role, of all features together.
    ///   - hashing: the cost of password hashing; tests use less.
    /// - Throws: `CivicError` or `AccountsError` for unusable keys, `SiteError` for unusable texts or settings.
    package init(
        store: any AccountStore,
        outbox: any Outbox,
        home: ResourcePaths,
        settings set: AccountsSettings,
        mail mailSettings: MailSettings,
        address: PortalAddress,
        isLocal: Bool,
        logger: Logger,
        grants: PermissionGrants = .accounts,
        hashing: PasswordHasher.Parameters = .standard,
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        let sealer = try await set.sealer(for: store)
        self.address = address
        let publicURL = address.publicURL
        let sender = MailSender(from: mailSettings.from, transport: mailSettings.transport)
        let mail = MailService(outbox: outbox, sender: sender, logger: logger)
        let keptMails = mailSettings.folder.map { MailFolder($0) }
        let labels = Dictionary(set.providers.map { ($0.name, $0.label) }) { first, _ in first }
        useCases = AccountUseCases(
            store: store,
            hasher: try PasswordHasher(parameters: hashing, concurrent: set.hashing, waiting: set.waiting),
            sealer: sealer,
            composer: try NoticeMail(
                home: home,
                address: address,
                providers: labels,
                operator: set.portalOperator
            ),
            grants: grants,
            settings: set.accounts,
            mailQueued: { mail.wake() },
            forgetMails: Self.forgetting(keptMails, logger),
            now: now
        )
        (self.mail, self.outbox) = (mail, outbox)
        self.keptMails = keptMails
        // Whoever opens the page can read the mails, so it must only be reachable on this machine, without a proxy.
        mailFolder = isLocal && publicURL == nil && set.proxies.isEmpty ? keptMails : nil
        let work = CaptchaWork(accounts: useCases)
        captcha = try set.captcha.verifier(
            key: SymmetricKey(data: try sealer.captchaKey()),
            work: { await work.present() },
            used: StoredChallenges(accounts: useCases),
            hostname: publicURL.flatMap { URL(string: $0)?.host() },
            logger: logger
        )
        tokens = CSRFTokens(sealer)
        portalOperator = set.portalOperator
        providers = ProviderList(
            settings: set.providers,
            client: set.providers.isEmpty ? nil : OpenIDClient(http: OutgoingHTTP.client),
            address: address
        )
        connection = ClientConnection(
            proxies: set.proxies,
            isPublicSecure: publicURL?.hasPrefix("https://") == true
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
