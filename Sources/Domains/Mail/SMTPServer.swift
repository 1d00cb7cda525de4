/// A mail server that takes our mails, and how to reach it.
public struct SMTPServer: Sendable, CustomStringConvertible, CustomReflectable {
    /// How the connection is protected.
    public enum Security: String, Sendable {
        /// Not at all.
        case none
        /// By STARTTLS (RFC 3207), without which nothing is sent.
        case startTLS
        /// By TLS from the first byte (RFC 8314).
        case tls
    }

    /// Its name or address.
    public let host: String
    /// Its port.
    public let port: Int
    /// How the connection is protected.
    public let security: Security
    /// Who we are to it; nil sends without AUTH.
    public let username: String?
    /// The password for AUTH.
    public let password: String?
    /// A file of certificates (PEM) to trust instead of the system's.
    public let caFile: String?
    /// The longest that sending one mail may take.
    public let timeLimit: Duration

    /// Takes how to reach a server.
    public init(
        host: String,
        port: Int,
        security: Security,
        username: String? = nil,
        password: String? = nil,
        caFile: String? = nil,
        timeLimit: Duration = .seconds(60)
    ) {
        (self.host, self.port, self.security) = (host, port, security)
        (self.username, self.password) = (username, password)
        (self.caFile, self.timeLimit) = (caFile, timeLimit)
    }

    /// Host, port and protection; never who we are.
    public var description: String { "\(host):\(port) (\(security.rawValue))" }

    /// As the description, so that printing what holds a server shows no password.
    public var customMirror: Mirror { Mirror(self, children: ["server": description]) }
}
