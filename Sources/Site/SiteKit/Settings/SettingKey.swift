import Gazetteer

/// A key that an operator can set; the table in docs/operations.md has a row for each.
///
/// The raw value is the key as written in a configuration file, where dots stand for nesting.
public enum SettingKey: String, CaseIterable, Sendable {
    case host
    case port
    case database
    case city
    case home
    case config
    case logLevel = "log.level"
    case publicURL = "public.url"
    case basemapURL = "basemap.url"
    case basemapAttribution = "basemap.attribution"
    case tilesAhead = "tiles.ahead"
    case secretKey = "secret.key"
    case secretKeysOld = "secret.keys.old"
    case secretKeyFile = "secret.key.file"
    case staffSecondFactor = "staff.second.factor"
    case operatorName = "operator.name"
    case operatorBIN = "operator.bin"
    case operatorContact = "operator.contact"
    case trustedProxy = "trusted.proxy"
    case captchaKind = "captcha.kind"
    case captchaMaxNumber = "captcha.max.number"
    case captchaSiteKey = "captcha.site.key"
    case captchaSecret = "captcha.secret"
    case captchaEndpoint = "captcha.endpoint"
    case googleClientID = "google.client.id"
    case googleClientSecret = "google.client.secret"
    case googleIssuer = "google.issuer"
    case googleDiscoveryURL = "google.discovery.url"
    case googleAuthorizationURL = "google.authorization.url"
    case googleTokenURL = "google.token.url"
    case googleKeysURL = "google.keys.url"
    case googleUserInfoURL = "google.userinfo.url"
    case facebookClientID = "facebook.client.id"
    case facebookClientSecret = "facebook.client.secret"
    case facebookAuthorizationURL = "facebook.authorization.url"
    case facebookTokenURL = "facebook.token.url"
    case facebookMeURL = "facebook.me.url"
    case oidcClientID = "oidc.client.id"
    case oidcClientSecret = "oidc.client.secret"
    case oidcIssuer = "oidc.issuer"
    case oidcLabel = "oidc.label"
    case oidcDiscoveryURL = "oidc.discovery.url"
    case oidcAuthorizationURL = "oidc.authorization.url"
    case oidcTokenURL = "oidc.token.url"
    case oidcKeysURL = "oidc.keys.url"
    case oidcUserInfoURL = "oidc.userinfo.url"
    case passwordConcurrency = "password.concurrency"
    case passwordQueue = "password.queue"
    case limitRegistrations = "limit.registrations"
    case limitRequests = "limit.requests"
    case limitCodes = "limit.codes"
    case connectionsMax = "connections.max"
    case connectionsPerAddress = "connections.per.address"
    case timeoutHeader = "timeout.header"
    case timeoutBody = "timeout.body"
    case timeoutIdle = "timeout.idle"
    case timeoutWrite = "timeout.write"
    case timeoutDrain = "timeout.drain"
    case limitBatchResults = "limit.batch.results"
    case metricsToken = "metrics.token"
    case pageCacheMegabytes = "page.cache.megabytes"
    case smtpURL = "smtp.url"
    case smtpUsername = "smtp.username"
    case smtpPassword = "smtp.password"
    case smtpCA = "smtp.ca"
    case mailFrom = "mail.from"
    case mailFolder = "mail.folder"
    case uploadFolder = "upload.folder"
    case attachmentFolder = "attachment.folder"
    case attachmentScanner = "attachment.scanner"
    case attachmentPersonFiles = "attachment.person.files"
    case attachmentPersonMegabytes = "attachment.person.megabytes"
    case attachmentTotalMegabytes = "attachment.total.megabytes"
    case attachmentFreeMegabytes = "attachment.free.megabytes"
    case attachmentScanSeconds = "attachment.scan.seconds"
    case attachmentPictureSeconds = "attachment.picture.seconds"
    case attachmentPicturesAtOnce = "attachment.pictures.at.once"
    case attachmentPicturesWaiting = "attachment.pictures.waiting"
    case workHours = "work.hours"
    case signatureRoots = "signature.roots"
    case signatureLists = "signature.lists"
    case ncaLayer = "ncalayer.address"

    /// The type of a value, checked before anything else.
    public enum Kind: Sendable {
        /// Any text.
        case text
        /// A whole number.
        case number
        /// A boolean.
        case flag
    }

    /// The type of this key's values.
    public var kind: Kind {
        switch self {
        case .port, .captchaMaxNumber, .passwordConcurrency, .passwordQueue, .limitRegistrations, .limitRequests,
            .limitCodes, .connectionsMax, .connectionsPerAddress, .timeoutHeader, .timeoutBody, .timeoutIdle,
            .timeoutWrite,
            .timeoutDrain, .limitBatchResults, .pageCacheMegabytes, .attachmentPersonFiles, .attachmentPersonMegabytes,
            .attachmentTotalMegabytes, .attachmentFreeMegabytes, .attachmentScanSeconds, .attachmentPictureSeconds,
            .attachmentPicturesAtOnce, .attachmentPicturesWaiting:
            .number
        case .staffSecondFactor, .tilesAhead: .flag
        default: .text
        }
    }

    /// Whether messages must not repeat a value, because it is a secret or often contains one.
    public var isSecret: Bool {
        switch self {
        case .secretKey, .secretKeysOld, .captchaSecret, .googleClientSecret, .facebookClientSecret, .oidcClientSecret,
            .smtpURL, .smtpUsername, .smtpPassword, .basemapURL, .metricsToken:
            true
        default: false
        }
    }

    /// The environment variable, such as `OPENALMATY_LOG_LEVEL`.
    public var variable: String { Self.prefix + Self.spelling(rawValue) }

    /// The prefix of all our environment variables.
    package static let prefix = "OPENALMATY_"
    // Variables of the set-up and the tests, which share the prefix.
    private static let otherVariables: Set<String> = ["OPENALMATY_BIN", "OPENALMATY_CHROMIUM", "OPENALMATY_FONTS"]

    /// Finds a key by its environment variable or its spelling in a configuration file; nil when there is none.
    ///
    /// - Parameter text: `OPENALMATY_LOG_LEVEL`, `LOG_LEVEL`, `log.level` or `log_level`.
    init?(spelled text: String) {
        let name = Self.spelling(text)
        let bare = name.hasPrefix(Self.prefix) ? String(name.dropFirst(Self.prefix.count)) : name
        guard let key = Self.allCases.first(where: { Self.spelling($0.rawValue) == bare }) else { return nil }
        self = key
    }

    /// The environment variables with our prefix that nothing reads, sorted; most are typing mistakes.
    static func unknownVariables(_ environment: [String: String]) -> [String] {
        let known = otherVariables.union(allCases.map(\.variable))
        return environment.keys.filter { $0.hasPrefix(prefix) && !known.contains($0) }.sorted()
    }

    /// The key that a mistyped variable probably meant; nil when none is close.
    static func nearest(to variable: String) -> SettingKey? {
        let name = variable.uppercased()
        // Edit distance misjudges shortened names: SMTP_USER means SMTP_USERNAME, not SMTP_URL.
        if let longer = allCases.first(where: { $0.variable.hasPrefix(name) }), name.count > prefix.count + 2 {
            return longer
        }
        func letters(_ text: String) -> ArraySlice<UInt16> { Array(text.utf16)[...] }
        let typed = letters(name)
        let near = allCases.compactMap { key in
            EditDistance.between(typed, letters(key.variable), atMost: farthestSuggestion).map { (key, $0) }
        }
        return near.min { $0.1 < $1.1 }?.0
    }

    // A suggestion that differs in more letters would be misleading.
    private static let farthestSuggestion = 4

    private static func spelling(_ text: String) -> String { text.uppercased().replacing(".", with: "_") }
}
