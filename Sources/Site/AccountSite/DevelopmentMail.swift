import Civic
import HTTPTypes
import Hummingbird
import Mail
import NIOPosix
import SiteKit

/// The mails of a portal in development as a list.
struct DevelopmentMailList: PageModel {
    struct Item: Codable, Sendable {
        let href: String
        let subject: String
        let to: String
        let time: String
    }

    static let template = "account/dev_mails"

    let title: String
    var robots = "noindex"
    let mails: [Item]
}

/// One mail of a portal in development.
struct DevelopmentMailPage: PageModel {
    static let template = "account/dev_mail"

    let title: String
    var robots = "noindex"
    let listHref: String
    let to: String
    let time: String
    let links: [String]
    let text: String
    let frame: String
}

/// Shows the mails of a portal in development instead of sending them, on this machine only.
///
/// The page exists only where no mail server, public address or proxy is configured and the portal listens on a loopback
/// address. A proxied request is refused, since it may come from anywhere, and so is one for another host name, which would
/// let a page elsewhere read the mails (DNS rebinding). A proxy may leave no trace, so the page also requires the key that
/// the program prints at start; the browser then keeps it in a cookie.
struct DevelopmentMail {
    let pages: PageRenderer
    let folder: MailFolder
    let key: SecretToken

    private static let cookie = "oa_mail"

    func add(to routes: SiteRoutes) {
        routes.documents.get("/dev/mail", use: list)
        routes.documents.get("/dev/mail/:id", use: show)
        routes.documents.get("/dev/mail/:id/html", use: html)
    }

    @Sendable private func list(_ request: Request, _ context: PortalContext) async throws -> Response {
        let request = try reached(request, context)
        if isKey(request.query("key")) { return opened(request) }
        guard hasKey(request) else { return closed(request) }
        let words = pages.strings[request.language]
        let entries = try await read { try folder.list(limit: 100) }
        let mails = entries.map { mail in
            DevelopmentMailList.Item(
                href: Link.developmentMail + "/" + mail.id + "?lang=" + request.language.rawValue,
                subject: mail.subject,
                to: mail.recipient,
                time: words.moment(mail.queued)
            )
        }
        let page = DevelopmentMailList(title: words["dev_mail_title"], mails: mails)
        return Self.unkept(pages.page(page, for: request))
    }

    @Sendable private func show(_ request: Request, _ context: PortalContext) async throws -> Response {
        let request = try pageRequest(request, context)
        let mail = try await mail(request)
        let words = pages.strings[request.language]
        let page = DevelopmentMailPage(
            title: mail.subject,
            listHref: Link.developmentMail + "?lang=" + request.language.rawValue,
            to: mail.recipient,
            time: words.moment(mail.queued),
            links: Self.links(in: mail.text),
            text: mail.text,
            frame: Link.developmentMail + "/" + mail.id + "/html"
        )
        return Self.unkept(pages.page(page, for: request))
    }

    @Sendable private func html(_ request: Request, _ context: PortalContext) async throws -> Response {
        let mail = try await mail(try pageRequest(request, context))
        var response = Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: .init(string: mail.html))
        )
        // As in a mail program: its own styles, no remote content, no scripts.
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; "
            + "sandbox"
        return Self.unkept(response)
    }

    private func pageRequest(_ request: Request, _ context: PortalContext) throws(Problem) -> PageRequest {
        let request = try reached(request, context)
        guard hasKey(request) else { throw .notFound }
        return request
    }

    private func hasKey(_ request: PageRequest) -> Bool { isKey(request.request.cookies[Self.cookie]?.value) }

    // Compare hashes, so that response times reveal nothing about how much of a guess is right.
    private func isKey(_ text: String?) -> Bool { text.flatMap { SecretToken($0) }?.hash == key.hash }

    // Remove the key from the URL, which browsers remember.
    private func opened(_ request: PageRequest) -> Response {
        var response = Self.unkept(Response(status: .seeOther, headers: [.location: Link.developmentMail]))
        let path = Link.developmentMail
        response.setCookie(
            Cookie(name: Self.cookie, value: key.text, path: path, httpOnly: true, sameSite: .strict)
        )
        return response
    }

    private func closed(_ request: PageRequest) -> Response {
        let words = pages.strings[request.language]
        var frame = FormFrame(title: words["dev_mail_title"], description: words["home_description"])
        frame.lead = [words["dev_mail_closed"]]
        return Self.unkept(pages.page(NoticePage(), in: frame, for: request, status: .forbidden))
    }

    private func reached(_ request: Request, _ context: PortalContext) throws(Problem) -> PageRequest {
        guard LocalRequest.isLocal(request, context) else { throw .notFound }
        return PageRequest(request: request, context: context, language: pages.language(of: request))
    }

    private func mail(_ request: PageRequest) async throws -> MailFolder.Entry {
        let id = request.parameter("id")
        guard let mail = try await read({ try folder.read(id) }) else { throw Problem.notFound }
        return mail
    }

    private func read<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive(body)
    }

    private static func links(in text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
            .filter { $0.hasPrefix("http://") || $0.hasPrefix("https://") }
    }

    private static func unkept(_ response: Response) -> Response {
        var response = response
        response.makePrivate()
        return response
    }
}
