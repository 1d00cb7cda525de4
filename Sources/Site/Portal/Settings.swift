public import AccountSite
public import Accounts
import Civic
public import Foundation
public import Logging
public import Mail
public import MapSite
public import SignatureSite
public import SiteKit

/// The operator's settings; every key is documented in docs/operations.md.
public struct Settings: Sendable {
    /// The address to listen on.
    public let host: String
    /// The port to listen on; 0 chooses a free one.
    public let port: Int
    /// The file of the portal database.
    public let database: String
    /// The city file.
    public let city: String
    /// The folder that holds `data/` and `vendor/`; nil searches for it.
    public let home: String?
    /// The settings of the map.
    public let map: MapSettings
    /// The settings of the API for programs.
    public let api: APISettings
    /// The settings of the accounts.
    public let accounts: AccountsSettings
    /// The settings of mail.
    public let mail: MailSettings
    /// The settings of connections.
    public let connections: ConnectionSettings
    /// How many finished pages are kept; nil keeps none.
    public let pageCache: PageCache.Limits?
    /// Where files that come with forms are received.
    public let uploads: UploadSpool
    /// The settings of attachments.
    public let attachments: AttachmentSettings
    /// The working hours of the public bodies, in minutes of the day; what arrives later is registered on the next working day.
    public let workHours: Range<Int>
    /// The settings of electronic signatures.
    public let signatures: SignatureSettings
    /// The lowest level that is logged.
    public let logLevel: Logger.Level

    /// Reads and checks the settings.
    ///
    /// - Throws: `SiteError.invalidSetting`.
    public init(_ config: SettingsReader) throws(SiteError) {
        host = try config.text(.host, default: "127.0.0.1", expected: "an address to listen on")
        port = try config.number(.port, in: 0...65_535, default: 8_080)
        database = try config.text(.database, default: "var/portal.sqlite", expected: "the path of a file")
        city = try config.text(.city, default: Self.city(beside: database), expected: "the path of a file")
        home = try config.text(.home)
        map = try MapSettings(config)
        api = try APISettings(config)
        accounts = try AccountsSettings(config, database: database)
        mail = try MailSettings(config, database: database)
        connections = try ConnectionSettings(config)
        let megabytes = try config.number(.pageCacheMegabytes, in: 0...4_096, default: 64)
        pageCache = megabytes == 0 ? nil : PageCache.Limits(bytes: megabytes * 1_024 * 1_024)
        uploads = UploadSpool(try Self.uploadFolder(config, database: database).appending(path: "incoming"))
        attachments = try AttachmentSettings(config, database: database)
        workHours = try Self.workHours(config)
        signatures = try SignatureSettings(config)
        logLevel = try config.choice(.logLevel, default: .info)
    }

    private static func workHours(_ config: SettingsReader) throws(SiteError) -> Range<Int> {
        guard let text = try config.text(.workHours) else { return WorkCalendar.usualHours }
        guard let hours = WorkCalendar.hours(reading: text) else {
            throw config.invalid(.workHours, expected: "working hours such as 09:00-18:30")
        }
        return hours
    }

    // Named after the database, so that two portals in one folder do not share a city by accident.
    private static func city(beside database: String) -> String {
        let parts = database.split(separator: "/", omittingEmptySubsequences: false)
        let file = parts.last ?? ""
        guard let dot = file.dropFirst().lastIndex(of: ".") else { return database + ".city" }
        let name = file[..<dot] + ".city" + file[dot...]
        return (parts.dropLast() + [name]).joined(separator: "/")
    }

    // Beside the database, so that keeping a file only takes a rename.
    private static func uploadFolder(_ config: SettingsReader, database: String) throws(SiteError) -> URL {
        if let path = try config.text(.uploadFolder) { return URL(filePath: path) }
        return URL(filePath: database).deletingLastPathComponent().appending(path: "uploads")
    }

    /// Warnings about probable oversights, for the log.
    public var cautions: [String] {
        var cautions = connections.caution.map { [$0] } ?? []
        guard map.publicURL != nil else { return cautions }
        if accounts.proxies.isEmpty {
            cautions.append(
                "OPENALMATY_PUBLIC_URL is set and OPENALMATY_TRUSTED_PROXY is not: all people seem to come from the server "
                    + "in front and share its limits"
            )
        }
        if mail.folder != nil {
            cautions.append(
                "OPENALMATY_PUBLIC_URL is set and OPENALMATY_SMTP_URL is not: mails are written into a folder and reach nobody"
            )
        }
        return cautions
    }
}

extension PortalAccounts {
    /// Assembles the accounts by the operator's settings.
    ///
    /// - Parameters:
    ///   - store: where accounts are kept.
    ///   - outbox: where mails wait; written in the transactions of the store.
    ///   - home: the location of texts and templates.
    ///   - hashing: the cost of password hashing; tests use less.
    /// - Throws: `CivicError` or `AccountsError` for unusable keys, `SiteError` for unusable texts or settings.
    public init(
        store: any AccountStore,
        outbox: any Outbox,
        home: ResourcePaths,
        settings: Settings,
        logger: Logger,
        hashing: PasswordHasher.Parameters = .standard,
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        try await self.init(
            store: store,
            outbox: outbox,
            home: home,
            settings: settings.accounts,
            mail: settings.mail,
            address: PortalAddress(publicURL: settings.map.publicURL, host: settings.host, port: settings.port),
            isLocal: IPAddress.isLoopback(settings.host),
            logger: logger,
            hashing: hashing,
            now: now
        )
    }
}
