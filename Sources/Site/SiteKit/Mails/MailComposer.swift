package import Civic
import Foundation
import NIOCore

/// Composes mails in the reader's language, as text and as HTML without remote content.
///
/// Each mail says who sends it and why, and what to do if the reader did not cause it. The frame is shared (`Templates/mail` of
/// the site kit); the text of a mail comes from the feature that sends it.
package struct MailComposer: Sendable {
    /// The module that holds the frame and the words that all mails share.
    private static let kit = "SiteKit"

    /// The words of mails.
    package let strings: StringCatalogue
    private let html: TemplateProgram
    private let text: TemplateProgram
    private let address: PortalAddress
    private let portalOperator: PortalOperator

    /// Reads the words and the templates of some features.
    ///
    /// - Parameters:
    ///   - paths: where the program's files are.
    ///   - modules: the modules of the features that send mails.
    ///   - address: the portal's own address, for links.
    ///   - portalOperator: named in every mail.
    /// - Throws: `SiteError` when the files cannot be read.
    package init(
        paths: ResourcePaths,
        modules: [String],
        address: PortalAddress,
        operator portalOperator: PortalOperator
    ) throws(SiteError) {
        let strings = try StringCatalogue(folders: Self.locales(of: modules, paths))
        try self.init(paths: paths, strings: strings, address: address, operator: portalOperator)
    }

    /// The words of mails in one language.
    ///
    /// - Throws: `SiteError` when they cannot be read.
    package static func words(
        of language: Language,
        in modules: [String],
        paths: ResourcePaths
    ) throws(SiteError) -> Strings {
        try Strings(language, folders: locales(of: modules, paths))
    }

    private static func locales(of modules: [String], _ paths: ResourcePaths) throws(SiteError) -> [URL] {
        var folders: [URL] = []
        for module in [kit] + modules {
            folders.append(try paths.resources(of: module).appending(path: "Locale"))
        }
        return folders
    }

    /// Reads the templates.
    ///
    /// - Parameter strings: the words of all features that send mails.
    /// - Throws: `SiteError` when the files cannot be read.
    init(
        paths: ResourcePaths,
        strings: StringCatalogue,
        address: PortalAddress,
        operator portalOperator: PortalOperator
    ) throws(SiteError) {
        let folder = try paths.resources(of: Self.kit).appending(path: "Templates")
        let texts = try TemplateSource.texts(in: folder)
        do {
            (html, text) = try Self.compile(try TemplateLibrary(texts))
        } catch {
            throw .unreadableTemplate("\(error)")
        }
        (self.strings, self.address, self.portalOperator) = (strings, address, portalOperator)
    }

    /// Compiles the templates of the two parts of a mail.
    ///
    /// - Throws: `TemplateError` when one refers to a value that a mail does not have.
    @discardableResult
    static func compile(
        _ templates: TemplateLibrary
    ) throws(TemplateError) -> (html: TemplateProgram, text: TemplateProgram) {
        let html = try templates.compile("mail/html", for: [MailModel.self])
        return (html, try templates.compile("mail/text", for: [MailModel.self], isEscaped: false))
    }

    /// Composes the mail of a letter.
    package func message(_ letter: Letter, in language: Language) -> MailMessage {
        let words = strings[language]
        let button = letter.path.map { path in
            MailModel.Button(
                href: address.text + path,
                action: words["mail_\(letter.key)_action"],
                copy: words["mail_copy_link"]
            )
        }
        let model = MailModel(
            lang: language.rawValue,
            subject: words.text("mail_\(letter.key)_subject", letter.arguments),
            greeting: letter.greeting(words),
            paragraphs: letter.paragraphs(words),
            code: letter.code,
            button: button,
            unless: words.texts["mail_\(letter.key)_unless"],
            site: words["site_name"],
            home: address.text + Link(language: language).home,
            why: words["mail_why"],
            noAnswer: words["mail_no_answer"],
            portalOperator: portalOperator.footer(words)
        )
        return MailMessage(
            subject: model.subject,
            text: Self.filled(text, model),
            html: Self.filled(html, model)
        )
    }

    // Rendering fails only for a model that encodes its members by hand, which `MailModel` does not.
    private static func filled(_ program: TemplateProgram, _ model: MailModel) -> String {
        (try? program.render([model], capacity: 4_096)).map { String(buffer: $0) } ?? ""
    }
}

/// The values of a mail, for its templates.
private struct MailModel: Codable {
    /// A link shown as a button.
    struct Button: Codable {
        let href: String
        let action: String
        let copy: String
    }

    let lang: String
    let subject: String
    let greeting: String
    let paragraphs: [String]
    let code: String?
    let button: Button?
    let unless: String?
    let site: String
    let home: String
    let why: String
    let noAnswer: String
    let portalOperator: String
}
