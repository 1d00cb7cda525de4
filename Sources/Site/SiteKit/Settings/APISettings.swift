/// The operator's settings for the API for programs.
public struct APISettings: Sendable {
    /// How many batch results one client may request in a minute.
    public let batchResults: Int
    /// The bearer token that gives other machines access to `/metrics`; nil limits it to this machine.
    package let metricsToken: String?

    /// How many batch results one client may request in a minute by default.
    package static let usualBatchResults = 20_000

    /// The shortest token, characters.
    private static let shortestToken = 16

    /// The defaults.
    public init() { (batchResults, metricsToken) = (APISettings.usualBatchResults, nil) }

    /// Reads and checks the settings.
    ///
    /// - Throws: `SiteError.invalidSetting`, which never repeats the token.
    public init(_ config: SettingsReader) throws(SiteError) {
        batchResults = try config.number(
            .limitBatchResults,
            in: 1...100_000_000,
            default: APISettings.usualBatchResults
        )
        metricsToken = try config.text(.metricsToken)
        guard metricsToken.map(Self.isUsable) ?? true else {
            throw config.invalid(
                .metricsToken,
                expected: "at least \(Self.shortestToken) letters, digits or -._~+/="
            )
        }
    }

    // The characters of a bearer token (RFC 6750 §2.1).
    private static func isUsable(_ token: String) -> Bool {
        token.utf8.count >= shortestToken
            && token.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-._~+/=".utf8.contains(byte)
                }
            }
    }
}
