public import Civic
import NIOCore
public import SiteKit

/// The test mail with which an operator checks that mail works.
public struct TestMail: Sendable {
    private struct Contents: Codable {
        let language: String
        let subject: String
        let text: String
    }

    /// The composed mail.
    public let message: MailMessage

    /// Composes the mail.
    ///
    /// - Throws: `SiteError` when the words cannot be read.
    public init(_ language: Language, home: ResourcePaths) throws {
        let strings = try MailComposer.words(of: language, in: ["AccountSite"], paths: home)
        let (subject, text) = (strings["mail_trial_subject"], strings["mail_trial_text"])
        let page = try TemplateLibrary(["trial": Self.page]).compile("trial", for: [Contents.self])
        let contents = Contents(language: language.rawValue, subject: subject, text: text)
        let html = String(buffer: try page.render([contents]))
        message = MailMessage(subject: subject, text: text + "\n", html: html)
    }

    private static let page = """
        <!DOCTYPE html>
        <html lang="{{language}}"><head><meta charset="utf-8"><title>{{subject}}</title></head>
        <body><p>{{text}}</p></body></html>

        """
}
