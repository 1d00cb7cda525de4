public import Foundation
public import Mail
public import SiteKit

/// The operator's settings for mail.
public struct MailSettings: Sendable {
    /// The sender of mails.
    public let from: Mailbox
    /// How mails are delivered: through a mail server when one is set, otherwise into a folder.
    public let transport: MailTransport

    /// The folder that mails are written to; nil when a mail server is set.
    public var folder: URL? {
        switch transport {
        case .folder(let url): url
        case .smtp: nil
        }
    }

    /// Reads and checks the settings; the default folder is next to the database.
    ///
    /// - Throws: `SiteError.invalidSetting`, which never repeats the value.
    public init(_ config: SettingsReader, database: String) throws(SiteError) {
        let server = try Self.server(config)
        from = try Self.from(config, isRequired: server != nil)
        if let server {
            transport = .smtp(server)
        } else {
            transport = .folder(try Self.folder(config, database: database))
        }
    }

    private static func from(_ config: SettingsReader, isRequired: Bool) throws(SiteError) -> Mailbox {
        let text = try config.text(.mailFrom) ?? (isRequired ? "" : "Open Almaty <no-reply@localhost>")
        do {
            return try Mailbox(text)
        } catch {
            throw config.invalid(.mailFrom, expected: "such as Open Almaty <no-reply@example.kz>")
        }
    }

    private static func folder(_ config: SettingsReader, database: String) throws(SiteError) -> URL {
        if let path = try config.text(.mailFolder) { return URL(filePath: path) }
        return URL(filePath: database).deletingLastPathComponent().appending(path: "outbox")
    }

    private static func server(_ config: SettingsReader) throws(SiteError) -> SMTPServer? {
        guard let text = try config.text(.smtpURL) else {
            if let key = [SettingKey.smtpUsername, .smtpPassword, .smtpCA].first(where: config.isSet) {
                throw config.invalid(.smtpURL, expected: "set when \(key.variable) is")
            }
            return nil
        }
        let address = try SMTPAddress(text)
        let username = try config.text(.smtpUsername) ?? address.username
        let password = try config.text(.smtpPassword) ?? address.password
        guard (username == nil) == (password == nil) else {
            throw config.invalid(
                username == nil ? .smtpUsername : .smtpPassword,
                expected: "set when the other one of name and password is"
            )
        }
        if username != nil, address.security == .none, !address.isLoopback {
            throw config.invalid(.smtpURL, expected: "without tls=none, or the password is sent openly")
        }
        return SMTPServer(
            host: address.host,
            port: address.port,
            security: address.security,
            username: username,
            password: password,
            caFile: try certificates(config)
        )
    }

    private static func certificates(_ config: SettingsReader) throws(SiteError) -> String? {
        guard let path = try config.text(.smtpCA) else { return nil }
        guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8), text.contains("-----BEGIN ")
        else { throw config.invalid(.smtpCA, expected: "a file of certificates (PEM) that can be read") }
        return path
    }
}

/// The address of a mail server: `smtp://name:password@host:587?tls=required` or `smtps://host:465`.
struct SMTPAddress {
    let host: String
    let port: Int
    let security: SMTPServer.Security
    let username: String?
    let password: String?

    /// Parses an address; its name and password are percent-encoded.
    ///
    /// - Throws: `SiteError.invalidSetting`.
    init(_ text: String) throws(SiteError) {
        guard let parts = URLComponents(string: text), ["", "/"].contains(parts.path), parts.fragment == nil,
            let security = Self.security(parts), let name = parts.host?.trimmingCharacters(in: ["[", "]"]),
            let host = name.contains(":") ? name : DomainName.ascii(name),
            let port = parts.port ?? (security == .tls ? 465 : 587) as Int?, (1...65_535).contains(port)
        else {
            throw .invalidSetting(
                key: SettingKey.smtpURL.variable,
                expected: "such as smtp://name:password@mail.example.kz:587?tls=required or smtps://mail.example.kz:465"
            )
        }
        (self.host, self.port, self.security) = (host, port, security)
        (username, password) = (parts.user, parts.password)
    }

    /// Whether the server runs on this machine.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    private static func security(_ parts: URLComponents) -> SMTPServer.Security? {
        let options = parts.queryItems ?? []
        switch (parts.scheme?.lowercased(), options.first?.name, options.first?.value) {
        case ("smtps", nil, nil): return .tls
        case ("smtp", nil, nil): return .startTLS
        case ("smtp", "tls", "required") where options.count == 1: return .startTLS
        case ("smtp", "tls", "none") where options.count == 1: return SMTPServer.Security.none
        default: return nil
        }
    }
}
