import NIOCore

/// The operator's settings for connections: how many there may be, and their timeouts.
public struct ConnectionSettings: Sendable {
    /// Open connections in total.
    let most: Int
    /// Open connections from one IPv4 address or one IPv6 network of 64 bits; 0 lifts the limit.
    let maxPerAddress: Int
    /// From the first byte of a request, or the opening of the connection, to the end of the head.
    let headTimeout: TimeAmount
    /// How long a body may deliver nothing, or fewer than 500 bytes a second.
    let bodyTimeout: TimeAmount
    /// From the end of an answer to the next request.
    let idleTimeout: TimeAmount
    /// How long the client may read nothing of an answer, or fewer than 500 bytes a second.
    let writeTimeout: TimeAmount
    /// From the shutdown signal to the end of the last connection.
    let drainTimeout: TimeAmount

    /// Slots beyond the total for this machine and for trusted proxies, so that health checks are answered at the limit.
    static let reserved = 8
    /// Bytes a second below which a client counts as stalled.
    static let leastRate = 500
    /// The longest request target, bytes; RFC 9112 §3 asks for at least 8,000.
    static let longestTarget = 8_000
    /// The largest header field and the largest header as a whole, bytes.
    static let largestField = 16_384, largestHeader = 32_768
    /// The maximum number of header fields in a request.
    static let maxFields = 100
    /// The largest unread rest of a body, in bytes, for which the connection is kept open after the answer.
    static let smallRemainder = 65_536

    /// Reads and checks the settings.
    ///
    /// - Throws: `SiteError.invalidSetting`.
    public init(_ config: SettingsReader) throws(SiteError) {
        func seconds(_ key: SettingKey, default fallback: Int) throws(SiteError) -> TimeAmount {
            .seconds(Int64(try config.number(key, in: 1...3_600, default: fallback)))
        }
        let usual = Self.usual(descriptors: FileDescriptors.limit)
        most = try config.number(.connectionsMax, in: 1...1_000_000, default: usual)
        maxPerAddress = try config.number(
            .connectionsPerAddress,
            in: 0...1_000_000,
            default: min(256, max(1, most / 2))
        )
        headTimeout = try seconds(.timeoutHeader, default: 15)
        bodyTimeout = try seconds(.timeoutBody, default: 20)
        idleTimeout = try seconds(.timeoutIdle, default: 75)
        writeTimeout = try seconds(.timeoutWrite, default: 30)
        drainTimeout = try seconds(.timeoutDrain, default: 10)
    }

    /// The defaults.
    public static var usual: ConnectionSettings { ConnectionSettings(most: usual(descriptors: FileDescriptors.limit)) }

    /// The defaults, or other values for tests.
    init(
        most: Int = 4_096,
        maxPerAddress: Int = 256,
        headTimeout: TimeAmount = .seconds(15),
        bodyTimeout: TimeAmount = .seconds(20),
        idleTimeout: TimeAmount = .seconds(75),
        writeTimeout: TimeAmount = .seconds(30),
        drainTimeout: TimeAmount = .seconds(10)
    ) {
        (self.most, self.maxPerAddress) = (most, maxPerAddress)
        (self.headTimeout, self.bodyTimeout, self.idleTimeout) = (headTimeout, bodyTimeout, idleTimeout)
        (self.writeTimeout, self.drainTimeout) = (writeTimeout, drainTimeout)
    }

    /// A warning for the log about a probable oversight; nil when the numbers fit the limits of the process.
    package var caution: String? {
        let fitting = Self.fitting(descriptors: FileDescriptors.limit)
        guard most > fitting else { return nil }
        return "OPENALMATY_CONNECTIONS_MAX is \(most), but the process may open only \(FileDescriptors.limit) files: "
            + "set it to at most \(fitting) or raise the limit (ulimit -n, LimitNOFILE)"
    }

    /// The default number of connections for a process that may open `descriptors` files.
    static func usual(descriptors: Int) -> Int { min(4_096, fitting(descriptors: descriptors)) }

    /// Leaves descriptors for the database, files, mail and requests to other services.
    private static func fitting(descriptors: Int) -> Int {
        max(descriptors / 4, descriptors - max(64, descriptors / 8), 1)
    }
}
