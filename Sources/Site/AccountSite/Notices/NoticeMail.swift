package import Accounts
package import Civic
package import SiteKit

/// Puts the notices of accounts into mails.
package struct NoticeMail: NoticeComposer {
    private let mails: MailComposer
    private let providers: [String: String]

    /// Reads the words and the templates.
    ///
    /// - Parameters:
    ///   - home: where they are.
    ///   - address: the portal's own address, for links.
    ///   - providers: the names of sign-in providers for people, by their slugs.
    ///   - portalOperator: named in every mail.
    /// - Throws: `SiteError` when they cannot be read.
    package init(
        home: ResourcePaths,
        address: PortalAddress,
        providers: [String: String] = [:],
        operator portalOperator: PortalOperator = PortalOperator()
    ) throws(SiteError) {
        mails = try MailComposer(
            paths: home,
            modules: ["AccountSite"],
            address: address,
            operator: portalOperator
        )
        self.providers = providers
    }

    /// Composes the mail of a notice.
    package func message(for notice: AccountNotice, language: Language) -> MailMessage {
        mails.message(notice.letter(mails.strings[language], Link(language: language), providers), in: language)
    }
}
