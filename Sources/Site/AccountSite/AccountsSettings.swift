public import Accounts
public import Civic
public import Foundation
public import SiteKit

/// The operator's settings for accounts.
public struct AccountsSettings: Sendable {
    /// The key for sealing and signing, 32 bytes in base64; nil uses the key file.
    let secretKey: String?
    /// Earlier keys, which can still open what they sealed.
    let olderKeys: String?
    /// The file that holds the keys when none is set.
    public let keyFile: URL
    /// The settings of the accounts module.
    public let accounts: AccountSettings
    /// How many passwords are hashed concurrently.
    let hashing: Int
    /// How many more hashing jobs may wait.
    let waiting: Int
    let captcha: CaptchaSettings
    let providers: [ProviderSettings]
    package let proxies: TrustedProxies
    package let portalOperator: PortalOperator

    /// Reads and checks the settings; the default key file is next to the database.
    ///
    /// - Throws: `SiteError.invalidSetting`, which never repeats a secret.
    public init(_ config: SettingsReader, database: String) throws(SiteError) {
        secretKey = try config.text(.secretKey)
        olderKeys = try config.text(.secretKeysOld)
        let beside = URL(filePath: database).deletingLastPathComponent().appending(path: "secret.key")
        keyFile = try config.text(.secretKeyFile).map { URL(filePath: $0) } ?? beside
        accounts = try Self.accounts(config)
        hashing = try config.number(.passwordConcurrency, in: 1...64, default: Self.usualHashing)
        waiting = try config.number(.passwordQueue, in: 0...10_000, default: 256)
        captcha = try CaptchaSettings(config)
        providers = try ProviderSettings.all(config)
        proxies = try Self.proxies(config)
        portalOperator = try PortalOperator(config)
    }

    /// Whether the keys come from the key file.
    public var usesKeyFile: Bool { secretKey?.isEmpty ?? true }

    /// A new key together with the older ones from the settings, so that values sealed with these stay readable even if the key
    /// file is lost.
    ///
    /// - Throws: `CivicError.malformedKeys`.
    public func ring(with new: KeyRing) throws(CivicError) -> KeyRing { try new.adding(older: olderKeys) }

    /// The keys that are set, or those of the key file.
    ///
    /// - Parameter makesFile: whether to create a required key file that is missing.
    /// - Throws: `CivicError.malformedKeys`, `.keyFile` or `.missingKeyFile`.
    func keys(makesFile: Bool) throws(CivicError) -> KeyRing {
        try KeyRing.load(current: secretKey, older: olderKeys, file: keyFile, makesFile: makesFile)
    }

    /// The keys for a store; a missing key file is created if nothing in the store depends on an earlier one.
    ///
    /// - Throws: `CivicError.malformedKeys`, `.keyFile` or `.missingKeyFile`, or what the store throws.
    public func keys(for store: any SealedValueStore) async throws -> KeyRing {
        guard usesKeyFile, !KeyFile(keyFile).exists else { return try keys(makesFile: false) }
        let isNeeded = try await store.dependsOnKeys()
        return try keys(makesFile: !isNeeded)
    }

    /// The sealer with the keys of `keys(for:)`; a key file is read again when it has changed.
    ///
    /// - Throws: `CivicError.malformedKeys`, `.keyFile`, `.missingKeyFile`, `.wrongKeys` when they open none of the sealed
    ///   values, or what the store throws.
    func sealer(for store: any SealedValueStore) async throws -> ValueSealer {
        let ring = try await keys(for: store)
        let place = usesKeyFile ? "the key file \(keyFile.path)" : "OPENALMATY_SECRET_KEY"
        try await KeyRotation(store: store, sealer: ValueSealer(ring)).requireKeys(from: place)
        guard usesKeyFile else { return ValueSealer(ring) }
        return ValueSealer(ring) { [self] in try? keys(makesFile: false) }
    }

    // Leave half of the processors for serving pages.
    private static var usualHashing: Int { max(1, Processors.available / 2) }

    private static func accounts(_ config: SettingsReader) throws(SiteError) -> AccountSettings {
        var settings = AccountSettings()
        settings.staffNeedsSecondFactor = try config.flag(.staffSecondFactor, default: false)
        let hourly = 1...100_000
        let limits = settings.limits
        settings.limits.registrationsPerAddress = .init(
            try config.number(.limitRegistrations, in: hourly, default: limits.registrationsPerAddress.count),
            per: limits.registrationsPerAddress.span
        )
        settings.limits.requestsPerAddress = .init(
            try config.number(.limitRequests, in: hourly, default: limits.requestsPerAddress.count),
            per: limits.requestsPerAddress.span
        )
        settings.limits.humanCodesPerAddress = .init(
            try config.number(.limitCodes, in: hourly, default: limits.humanCodesPerAddress.count),
            per: limits.humanCodesPerAddress.span
        )
        return settings
    }

    private static func proxies(_ config: SettingsReader) throws(SiteError) -> TrustedProxies {
        guard let text = try config.text(.trustedProxy) else { return TrustedProxies() }
        guard let proxies = TrustedProxies(text), !proxies.isEmpty else {
            throw config.invalid(.trustedProxy, expected: "a list of addresses such as 127.0.0.1, 10.0.0.0/8, ::1")
        }
        return proxies
    }
}
