import Accounts
import Hummingbird

/// The page behind a link in a mail: opening it shows what the link does and changes nothing, because mail scanners open
/// links; the button does it.
struct MailedLinkPage<Subject: Sendable>: Sendable {
    /// The path, with `:token` in it.
    let path: RouterPath
    /// What the link is about; nil when it was used or has expired.
    let find: @Sendable (SecretToken) async throws -> Subject?
    /// The page with the button.
    let page: @Sendable (Visit, Subject) -> FormPage
    /// Does what the link is for; nil when it has expired meanwhile.
    let confirm: @Sendable (Visit, SecretToken) async throws -> Response?
    /// The page of a link that was used or has expired.
    let dead: @Sendable (Visit) -> Response

    /// Adds the page and what its button does.
    func add(to routes: PageRoutes, _ desk: AccountDesk) {
        routes.get(path) { visit in
            guard let (_, subject) = try await found(visit) else { return dead(visit) }
            return desk.form(visit, Form([]), page(visit, subject))
        }
        routes.post(path) { visit in
            let sent = try await desk.read(visit)
            guard let (token, subject) = try await found(visit) else { return dead(visit) }
            guard sent.isOurs else { return desk.stale(visit, Form([]), page(visit, subject)) }
            return try await confirm(visit, token) ?? dead(visit)
        }
    }

    private func found(_ visit: Visit) async throws -> (SecretToken, Subject)? {
        guard let token = SecretToken(visit.parameter("token")), let subject = try await find(token) else { return nil }
        return (token, subject)
    }
}

extension AccountDesk {
    /// Says that a mailed link was used or has expired.
    ///
    /// - Parameters:
    ///   - advice: keys of what to do instead.
    ///   - links: where to do it.
    func deadLink(
        _ visit: Visit,
        _ advice: [String] = [],
        links: [(href: String, label: String)] = [],
        button: (href: String, label: String)? = nil
    ) -> Response {
        let words = words(visit)
        return notice(
            visit,
            title: words["link_dead_title"],
            (["link_dead_text"] + advice).map { words[$0] },
            links: links,
            button: button,
            status: .gone
        )
    }
}
