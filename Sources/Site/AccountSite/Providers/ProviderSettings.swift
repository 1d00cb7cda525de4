import OpenIDConnect
import SiteKit

/// A configured provider, before the portal's public address is known.
struct ProviderSettings: Sendable {
    private enum Kind {
        case google(issuer: String, EndpointOverrides)
        case facebook(FacebookEndpoints)
        case openID(issuer: String, EndpointOverrides)
    }

    /// The name in our URLs.
    let name: String
    /// The name that people see.
    let label: String
    private let kind: Kind
    private let clientID: String
    private let clientSecret: String

    /// Reads and checks the settings of all providers.
    ///
    /// - Throws: `SiteError.invalidSetting`, which never repeats a secret.
    static func all(_ config: SettingsReader) throws(SiteError) -> [ProviderSettings] {
        var providers: [ProviderSettings] = []
        for name in ["google", "facebook", "oidc"] {
            if let provider = try ProviderSettings(name, config) { providers.append(provider) }
        }
        return providers
    }

    /// The provider, with the redirect URI at our address.
    ///
    /// - Throws: `OpenIDError` when its addresses cannot be used.
    func provider(at address: String) throws(OpenIDError) -> IdentityProvider {
        let callback = address + "/auth/\(name)/callback"
        switch kind {
        case .google(let issuer, let endpoints):
            return try .google(
                clientID: clientID,
                clientSecret: clientSecret,
                redirectURI: callback,
                issuer: issuer,
                endpoints: endpoints
            )
        case .facebook(let endpoints):
            return try .facebook(
                clientID: clientID,
                clientSecret: clientSecret,
                redirectURI: callback,
                endpoints: endpoints
            )
        case .openID(let issuer, let endpoints):
            return try .openID(
                name: name,
                label: label,
                issuer: issuer,
                clientID: clientID,
                clientSecret: clientSecret,
                redirectURI: callback,
                endpoints: endpoints
            )
        }
    }

    // Returns nil when the provider is not configured.
    private init?(_ name: String, _ config: SettingsReader) throws(SiteError) {
        func text(_ key: String) throws(SiteError) -> String? {
            try SettingKey(rawValue: "\(name).\(key)").flatMap { key throws(SiteError) in try config.text(key) }
        }
        let variable = SettingKey.prefix + name.uppercased()
        guard let clientID = try text("client.id") else {
            let others = SettingKey.allCases.filter { $0.rawValue.hasPrefix(name + ".") }
            if let key = others.first(where: config.isSet) {
                throw .invalidSetting(key: variable + "_CLIENT_ID", expected: "set when \(key.variable) is")
            }
            return nil
        }
        guard let clientSecret = try text("client.secret") else {
            throw .invalidSetting(key: variable + "_CLIENT_SECRET", expected: "set when \(variable)_CLIENT_ID is")
        }
        (self.name, self.clientID, self.clientSecret) = (name, clientID, clientSecret)
        let endpoints = EndpointOverrides(
            discovery: try text("discovery.url"),
            authorization: try text("authorization.url"),
            token: try text("token.url"),
            keys: try text("keys.url"),
            userInfo: try text("userinfo.url")
        )
        switch name {
        case "google":
            label = "Google"
            kind = .google(issuer: try text("issuer") ?? "https://accounts.google.com", endpoints)
        case "facebook":
            label = "Facebook"
            kind = .facebook(try Self.facebook(text("authorization.url"), text("token.url"), text("me.url")))
        default:
            guard let issuer = try text("issuer") else {
                throw .invalidSetting(key: variable + "_ISSUER", expected: "the provider's issuer")
            }
            label = try text("label") ?? "OpenID"
            kind = .openID(issuer: issuer, endpoints)
        }
        do {
            _ = try provider(at: "http://127.0.0.1")
        } catch {
            throw .invalidSetting(key: variable + "_…", expected: "usable: \(error)")
        }
    }

    private static func facebook(
        _ authorization: String?,
        _ token: String?,
        _ me: String?
    ) throws(SiteError)
        -> FacebookEndpoints
    {
        do {
            // The defaults are Facebook's own addresses.
            switch (authorization, token, me) {
            case (nil, nil, nil): return try FacebookEndpoints()
            case (let authorization?, let token?, let me?):
                return try FacebookEndpoints(authorization: authorization, token: token, me: me)
            default: break
            }
        } catch {
            throw .invalidSetting(key: "OPENALMATY_FACEBOOK_…_URL", expected: "usable: \(error)")
        }
        throw .invalidSetting(
            key: "OPENALMATY_FACEBOOK_…_URL",
            expected: "set all three: AUTHORIZATION_URL, TOKEN_URL and ME_URL, or none"
        )
    }
}
