/// What an operator can set about the API for programs.
public struct APISettings: Sendable {
    /// How many batch results one client may request in a minute.
    public let batchResults: Int
    /// The bearer token that gives other machines access to `/metrics`; nil limits it to this machine.
    let metricsToken: String?

    /// The shortest token, characters.
    private static let shortestToken = 16

    /// The defaults.
    public init() { (batchResults, metricsToken) = (BatchAllowance.usual, nil) }

    /// Reads and checks the settings.
    ///
    /// - Throws: `WebError.invalidSetting`, which never repeats the token.
    public init(_ config: SettingsReader) throws(WebError) {
        batchResults = try config.number(.limitBatchResults, in: 1...100_000_000, default: BatchAllowance.usual)
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
