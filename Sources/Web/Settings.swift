public import Configuration

/// What an operator can set; every key is documented in docs/operations.md.
public struct Settings: Sendable {
    /// The address to listen on.
    public let host: String
    /// The port to listen on; 0 takes a free one.
    public let port: Int
    /// The database file.
    public let database: String
    /// The folder that holds `data/` and `vendor/`; nil looks for it.
    public let home: String?
    /// What is set about the map.
    public let map: MapSettings
    /// What is set about accounts.
    public let accounts: AccountsSettings
    /// What is set about mail.
    public let mail: MailSettings
    /// The least level that is logged.
    public let logLevel: String

    /// Reads and checks the settings.
    ///
    /// - Throws: `WebError.invalidSetting`.
    public init(_ config: ConfigReader) throws(WebError) {
        host = config.string(forKey: "host", default: "127.0.0.1")
        port = config.int(forKey: "port", default: 8080)
        database = config.string(forKey: "database", default: "var/openalmaty.sqlite")
        home = config.string(forKey: "home")
        map = try MapSettings(config)
        accounts = try AccountsSettings(config, database: database)
        mail = try MailSettings(config, database: database)
        logLevel = config.string(forKey: "log.level", default: "info")
        guard (0...65_535).contains(port) else {
            throw .invalidSetting(key: "OPENALMATY_PORT", expected: "a port from 0 to 65535")
        }
        guard !host.isEmpty else { throw .invalidSetting(key: "OPENALMATY_HOST", expected: "an address") }
        guard !database.isEmpty else { throw .invalidSetting(key: "OPENALMATY_DATABASE", expected: "a path") }
    }

    /// What an operator has probably forgotten, in words for the log.
    public var cautions: [String] {
        guard map.publicAddress != nil else { return [] }
        var cautions: [String] = []
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
