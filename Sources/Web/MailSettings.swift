public import Configuration
public import Foundation
public import Mail

/// What an operator can set about mail.
public struct MailSettings: Sendable {
    /// Who mails are from.
    public let from: Mailbox
    /// How they leave: through a mail server when one is set, else into a folder.
    public let transport: MailTransport

    /// The folder that takes the mails; nil when a mail server does.
    public var folder: URL? {
        switch transport {
        case .folder(let url): url
        case .smtp: nil
        }
    }

    /// Reads and checks the settings; the folder stands beside the database when it is not set.
    ///
    /// - Throws: `WebError.invalidSetting`, which never repeats the value.
    public init(_ config: ConfigReader, database: String) throws(WebError) {
        let server = try Self.server(config)
        from = try Self.from(config, isRequired: server != nil)
        if let server {
            transport = .smtp(server)
        } else {
            transport = .folder(Self.folder(config, database: database))
        }
    }

    private static func from(_ config: ConfigReader, isRequired: Bool) throws(WebError) -> Mailbox {
        let text = config.string(forKey: "mail.from", default: isRequired ? "" : "Open Almaty <no-reply@localhost>")
        do {
            return try Mailbox(text)
        } catch {
            throw .invalidSetting(key: "OPENALMATY_MAIL_FROM", expected: "such as Open Almaty <no-reply@example.kz>")
        }
    }

    private static func folder(_ config: ConfigReader, database: String) -> URL {
        if let path = config.string(forKey: "mail.folder"), !path.isEmpty { return URL(filePath: path) }
        return URL(filePath: database).deletingLastPathComponent().appending(path: "outbox")
    }

    private static func server(_ config: ConfigReader) throws(WebError) -> SMTPServer? {
        guard let text = config.string(forKey: "smtp.url", isSecret: true), !text.isEmpty else { return nil }
        let address = try SMTPAddress(text)
        let username = filled(config.string(forKey: "smtp.username")) ?? address.username
        let password = filled(config.string(forKey: "smtp.password", isSecret: true)) ?? address.password
        guard (username == nil) == (password == nil) else {
            throw .invalidSetting(
                key: username == nil ? "OPENALMATY_SMTP_USERNAME" : "OPENALMATY_SMTP_PASSWORD",
                expected: "set when the other one of name and password is"
            )
        }
        if username != nil, address.security == .none, !address.isLoopback {
            throw .invalidSetting(
                key: "OPENALMATY_SMTP_URL",
                expected: "without tls=none, or the password is sent openly"
            )
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

    private static func certificates(_ config: ConfigReader) throws(WebError) -> String? {
        guard let path = filled(config.string(forKey: "smtp.ca")) else { return nil }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .invalidSetting(key: "OPENALMATY_SMTP_CA", expected: "a file of certificates (PEM) that can be read")
        }
        return path
    }

    private static func filled(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }
}

/// A mail server as an address: `smtp://name:password@host:587?tls=required` or `smtps://host:465`.
struct SMTPAddress {
    let host: String
    let port: Int
    let security: SMTPServer.Security
    let username: String?
    let password: String?

    /// Reads an address; its name and password are percent-encoded.
    ///
    /// - Throws: `WebError.invalidSetting`.
    init(_ text: String) throws(WebError) {
        guard let parts = URLComponents(string: text), ["", "/"].contains(parts.path), parts.fragment == nil,
            let security = Self.security(parts), let name = parts.host?.trimmingCharacters(in: ["[", "]"]),
            let host = name.contains(":") ? name : DomainName.ascii(name),
            let port = parts.port ?? (security == .tls ? 465 : 587) as Int?, (1...65_535).contains(port)
        else {
            throw .invalidSetting(
                key: "OPENALMATY_SMTP_URL",
                expected: "such as smtp://name:password@mail.example.kz:587?tls=required or smtps://mail.example.kz:465"
            )
        }
        (self.host, self.port, self.security) = (host, port, security)
        (username, password) = (parts.user, parts.password)
    }

    /// Whether the server is this machine.
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
