package import Civic

/// What the portal provides to its features: rendering, words, CSRF tokens, sessions and addresses.
package struct SiteEnvironment: Sendable {
    /// Renders pages.
    package private(set) var pages: PageRenderer
    /// Makes and checks CSRF tokens.
    package let tokens: CSRFTokens
    /// The files of forms that are shown again.
    package let keptFiles: KeptFiles
    /// Attachments; nil in a portal without a store of them, whose forms take no attachments.
    package let attachments: SiteAttachments?
    /// Unfinished forms.
    package let drafts: any DraftStore
    /// The sessions of this process.
    package let sessions: SessionCache
    /// Tells how a client is connected.
    package let connection: ClientConnection
    /// The portal's own address.
    package let address: PortalAddress
    /// The operator of the portal.
    package let portalOperator: PortalOperator
    /// Finished pages for readers who are not signed in; nil keeps none.
    package let pageCache: PageCache?
    /// The pages for staff of all features.
    package let staffPages: [StaffPage]
    /// Composes mails with the words of all features.
    package let mails: MailComposer
    /// What all features add to the download and the erasure of personal data.
    package let personalData: [any PersonalDataParticipant]
    /// The sign-in pages; nil in a portal without accounts.
    package private(set) var gate: (any SignInGate)?

    init(
        pages: PageRenderer,
        tokens: CSRFTokens,
        keptFiles: KeptFiles,
        attachments: SiteAttachments?,
        drafts: any DraftStore,
        sessions: SessionCache,
        connection: ClientConnection,
        address: PortalAddress,
        portalOperator: PortalOperator,
        pageCache: PageCache?,
        staffPages: [StaffPage],
        mails: MailComposer,
        personalData: [any PersonalDataParticipant]
    ) {
        (self.keptFiles, self.attachments, self.drafts) = (keptFiles, attachments, drafts)
        (self.pages, self.tokens, self.sessions, self.connection) = (pages, tokens, sessions, connection)
        (self.address, self.portalOperator, self.staffPages) = (address, portalOperator, staffPages)
        (self.pageCache, self.mails, self.personalData) = (pageCache, mails, personalData)
    }

    /// A copy whose pages lead to the sign-in pages.
    func with(gate: any SignInGate) -> SiteEnvironment {
        var copy = self
        copy.gate = gate
        copy.pages = pages.with(gate: gate)
        return copy
    }

    /// The words of all languages.
    package var strings: StringCatalogue { pages.strings }
}
