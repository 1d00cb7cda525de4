import OpenIDConnect
import SiteKit

/// A link to sign in with a provider, or to link it.
struct ProviderLink: Codable, Sendable {
    let name: String
    let href: String
    let label: String
}

/// The providers for signing in; empty until the operator configures one.
package struct ProviderList: Sendable {
    /// The purpose of a link to a provider.
    enum Purpose {
        case signIn
        /// To link it to the account of the signed-in person; this is a form action, because it changes the account.
        case link
    }

    let settings: [ProviderSettings]
    let client: OpenIDClient?
    let address: PortalAddress

    var isEmpty: Bool { settings.isEmpty || client == nil }

    /// A provider by its name in our URLs; nil when there is none.
    ///
    /// - Throws: `OpenIDError` when our own address cannot serve as the redirect URI.
    func provider(named name: String) throws(OpenIDError) -> IdentityProvider? {
        guard let settings = settings.first(where: { $0.name == name }) else { return nil }
        return try settings.provider(at: address.text)
    }

    /// The name that people see; for a provider that is no longer configured, the name in URLs.
    package func label(of name: String) -> String { settings.first { $0.name == name }?.label ?? name }

    /// The links to all providers.
    func items(_ request: PageRequest, _ words: Strings, to path: String?, purpose: Purpose = .signIn) -> [ProviderLink]
    {
        if isEmpty { return [] }
        let key = purpose == .link ? "account_identities_link" : "login_with"
        return settings.map { settings in
            ProviderLink(
                name: settings.name,
                href: request.link.provider(settings.name, to: path),
                label: words.text(key, ["provider": settings.label])
            )
        }
    }
}
