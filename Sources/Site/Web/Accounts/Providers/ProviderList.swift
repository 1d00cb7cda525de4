import OpenIDConnect

/// The providers by which people can sign in; empty until the operator sets one up.
struct ProviderList: Sendable {
    /// What a link to a provider is for.
    enum Purpose {
        case signIn
        /// To link it to the account of who is signed in: the address is one of a form, since it changes the account.
        case link
    }

    let settings: [ProviderSettings]
    let client: OpenIDClient?
    let address: PortalAddress

    var isEmpty: Bool { settings.isEmpty || client == nil }

    /// A provider by its name in our addresses; nil when there is none.
    ///
    /// - Throws: `OpenIDError` when our own address cannot be sent back to.
    func provider(named name: String) throws(OpenIDError) -> IdentityProvider? {
        guard let settings = settings.first(where: { $0.name == name }) else { return nil }
        return try settings.provider(at: address.text)
    }

    /// The name that people know; a provider that is no longer set up shows the one of its address.
    func label(of name: String) -> String { settings.first { $0.name == name }?.label ?? name }

    /// The address of each.
    func items(_ visit: Visit, _ words: Strings, to path: String?, purpose: Purpose = .signIn) -> [PageContext] {
        if isEmpty { return [] }
        let key = purpose == .link ? "account_identities_link" : "login_with"
        return settings.map { settings in
            [
                "name": settings.name, "href": visit.link.provider(settings.name, to: path),
                "label": words.text(key, ["provider": settings.label]),
            ]
        }
    }
}
