public import Accounts
public import Civic
import Foundation
import Mustache
public import SiteKit

/// Composes the mails for account notices, in the reader's language, as text and as HTML without remote content.
///
/// Each mail says who sends it and why, and what to do if the reader did not cause it.
public struct NoticeMail: NoticeComposer {
    private let strings: StringCatalogue
    private let templates: MustacheLibrary
    private let address: PortalAddress
    private let providers: [String: String]
    private let portalOperator: PortalOperator

    /// Reads the texts and the templates.
    ///
    /// - Parameters:
    ///   - home: where they are.
    ///   - publicURL: scheme, host and port for links.
    /// - Throws: `SiteError` when they cannot be read.
    public init(home: ResourcePaths, publicURL: String) async throws {
        try await self.init(
            home: home,
            address: PortalAddress(publicURL: publicURL, host: "", port: 0),
            providers: [:]
        )
    }

    init(
        home: ResourcePaths,
        address: PortalAddress,
        providers: [String: String],
        operator portalOperator: PortalOperator = PortalOperator()
    ) async throws {
        strings = try StringCatalogue(folders: Self.words(home))
        do {
            templates = try await MustacheLibrary(
                directory: home.resources(of: "SiteKit").appending(path: "Templates/mail").path
            )
        } catch {
            throw SiteError.unreadableTemplate("\(error)")
        }
        (self.address, self.providers, self.portalOperator) = (address, providers, portalOperator)
    }

    /// Composes the mail of a notice.
    public func message(for notice: AccountNotice, language: Language) -> MailMessage {
        let words = strings[language]
        let letter = NoticeLetter(notice, words, Link(language: language), providers)
        let subject = words.text("mail_\(letter.key)_subject", letter.arguments)
        var context: PageContext = [
            "lang": language.rawValue, "subject": subject, "greeting": letter.greeting(words),
            "paragraphs": letter.paragraphs(words).map { ["text": $0] }, "site": words["site_name"],
            "why": words["mail_why"], "home": address.text + Link(language: language).home,
            "no_answer": words["mail_no_answer"], "operator": portalOperator.footer(words),
        ]
        context["code"] = letter.code
        if let path = letter.path {
            context["href"] = address.text + path
            context["action"] = words["mail_\(letter.key)_action"]
            context["copy"] = words["mail_copy_link"]
        }
        context["unless"] = words.texts["mail_\(letter.key)_unless"]
        return MailMessage(
            subject: subject,
            text: templates.render(context, withTemplate: "text") ?? "",
            html: templates.render(context, withTemplate: "html") ?? ""
        )
    }

    /// The folders with the words of mails.
    ///
    /// - Throws: `SiteError.missingFolder`.
    static func words(_ home: ResourcePaths) throws(SiteError) -> [URL] {
        [
            try home.resources(of: "SiteKit").appending(path: "Locale"),
            try home.resources(of: "AccountSite").appending(path: "Locale"),
        ]
    }
}
