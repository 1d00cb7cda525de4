import Civic
import Hummingbird
import SiteKit

/// The page behind a link in a mail.
///
/// Opening it only shows what the link does, because mail scanners open links; its button performs the action.
struct MailedLinkPage<Subject: Sendable>: Sendable {
    /// The path, with a `:token` parameter.
    let path: RouterPath
    /// Looks up what the link is about; nil when it was used or has expired.
    let find: @Sendable (SecretToken) async throws -> Subject?
    /// The page with the button.
    let page: @Sendable (PageRequest, Subject) -> FormPage
    /// Performs the action; nil when the link has expired meanwhile.
    let confirm: @Sendable (PageRequest, SecretToken) async throws -> Response?
    /// The page for a link that was used or has expired.
    let dead: @Sendable (PageRequest) -> Response

    /// Registers the page and the action of its button.
    func add(to routes: PageRoutes, _ context: AccountPageContext) {
        routes.get(path) { request in
            guard let (_, subject) = try await found(request) else { return dead(request) }
            return context.form(request, Form([]), page(request, subject))
        }
        routes.post(path) { request, _ in
            guard let (token, subject) = try await found(request) else { return .answer(dead(request)) }
            return FormAction(
                stale: { context.stale(request, Form([]), page(request, subject)) },
                perform: { _ in
                    try await confirm(request, token) ?? dead(request)
                }
            )
        }
    }

    private func found(_ request: PageRequest) async throws -> (SecretToken, Subject)? {
        guard let token = SecretToken(request.parameter("token")), let subject = try await find(token) else {
            return nil
        }
        return (token, subject)
    }
}

extension AccountPageContext {
    /// A page saying that a mailed link was used or has expired.
    ///
    /// - Parameters:
    ///   - advice: text keys of what to do instead.
    ///   - links: where to do it.
    func deadLink(
        _ request: PageRequest,
        _ advice: [String] = [],
        links: [(href: String, label: String)] = [],
        button: (href: String, label: String)? = nil
    ) -> Response {
        let words = words(request)
        return notice(
            request,
            title: words["link_dead_title"],
            (["link_dead_text"] + advice).map { words[$0] },
            links: links,
            button: button,
            status: .gone
        )
    }
}
