/// An identity provider, and our registration there.
public struct IdentityProvider: Sendable {
    /// How the provider works.
    public enum Kind: Sendable {
        /// OpenID Connect with discovery.
        case openID(OpenIDIssuer)
        /// Facebook: OAuth 2 and the Graph API.
        case facebook(FacebookEndpoints)
    }

    /// The name in our addresses: lower case letters, digits and hyphens.
    public let name: String
    /// The name that people see.
    public let label: String
    /// How the provider works.
    public let kind: Kind
    /// Our identifier there.
    public let clientID: String
    /// Where the provider sends people back to; registered there.
    public let redirectURI: String
    let clientSecret: ClientSecret

    /// Describes a provider.
    ///
    /// - Throws: `OpenIDError.unusableProvider`, `.insecureAddress`.
    public init(
        name: String,
        label: String,
        kind: Kind,
        clientID: String,
        clientSecret: String,
        redirectURI: String
    ) throws(OpenIDError) {
        let isSlug = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        guard !name.isEmpty, name.utf8.count <= 30, isSlug else {
            throw .unusableProvider(
                name: OpenIDError.plain(name),
                reason: "its name is not made of a-z, 0-9 and hyphens"
            )
        }
        guard !clientID.isEmpty, !clientSecret.isEmpty else {
            throw .unusableProvider(name: name, reason: "client identifier or client secret is empty")
        }
        // The redirect address may be http while a portal is tried out on the operator's own machine.
        _ = try ProviderAddress(redirectURI, purpose: "redirect address", isLoopbackTaken: true)
        self.name = name
        self.label = label
        self.kind = kind
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.clientSecret = ClientSecret(text: clientSecret)
    }

    /// Google, whose issuer has two spellings.
    ///
    /// <https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken>
    ///
    /// - Throws: `OpenIDError.unusableProvider`, `.insecureAddress`.
    public static func google(
        clientID: String,
        clientSecret: String,
        redirectURI: String,
        issuer: String = "https://accounts.google.com",
        endpoints: EndpointOverrides = EndpointOverrides()
    ) throws(OpenIDError) -> IdentityProvider {
        let bare = issuer.hasPrefix("https://") ? String(issuer.dropFirst("https://".count)) : issuer
        return try IdentityProvider(
            name: "google",
            label: "Google",
            kind: .openID(try OpenIDIssuer(issuer, acceptedIssuers: [issuer, bare], endpoints: endpoints)),
            clientID: clientID,
            clientSecret: clientSecret,
            redirectURI: redirectURI
        )
    }

    /// Facebook, with OAuth 2 and its Graph API.
    ///
    /// - Throws: `OpenIDError.unusableProvider`, `.insecureAddress`.
    public static func facebook(
        clientID: String,
        clientSecret: String,
        redirectURI: String,
        endpoints: FacebookEndpoints? = nil
    ) throws(OpenIDError) -> IdentityProvider {
        let places = if let endpoints { endpoints } else { try FacebookEndpoints() }
        return try IdentityProvider(
            name: "facebook",
            label: "Facebook",
            kind: .facebook(places),
            clientID: clientID,
            clientSecret: clientSecret,
            redirectURI: redirectURI
        )
    }

    /// Any other provider that speaks OpenID Connect.
    ///
    /// - Throws: `OpenIDError.unusableProvider`, `.insecureAddress`.
    public static func openID(
        name: String = "oidc",
        label: String,
        issuer: String,
        clientID: String,
        clientSecret: String,
        redirectURI: String,
        endpoints: EndpointOverrides = EndpointOverrides()
    ) throws(OpenIDError) -> IdentityProvider {
        try IdentityProvider(
            name: name,
            label: label,
            kind: .openID(try OpenIDIssuer(issuer, endpoints: endpoints)),
            clientID: clientID,
            clientSecret: clientSecret,
            redirectURI: redirectURI
        )
    }
}

/// A secret that is not shown when a value that contains it is printed.
struct ClientSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    var description: String { "(secret)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
