/// The mail server that accepts our mails, and how to reach it.
public struct SMTPServer: Sendable, CustomStringConvertible, CustomReflectable {
    /// How the connection is protected.
    public enum Security: String, Sendable {
        /// Not protected.
        case none
        /// With STARTTLS (RFC 3207); nothing is sent without it.
        case startTLS
        /// With TLS from the first byte (RFC 8314).
        case tls
    }

    /// Its name or address.
    public let host: String
    /// Its port.
    public let port: Int
    /// How the connection is protected.
    public let security: Security
    /// The user name for AUTH; nil sends without AUTH.
    public let username: String?
    /// The password for AUTH.
    public let password: String?
    /// A file of certificates (PEM) to trust instead of the system's.
    public let caFile: String?
    /// The time limit for sending one mail.
    public let timeLimit: Duration

    /// Describes a server.
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

    /// Host, port and protection, without the credentials.
    public var description: String { "\(host):\(port) (\(security.rawValue))" }

    /// The same as the description, so that printing a value that contains a server shows no password.
    public var customMirror: Mirror { Mirror(self, children: ["server": description]) }
}
