import Accounts
import Civic
import Hummingbird
import SiteKit

/// The sessions of a person as a list.
struct SessionList: FramedPage {
    struct Item: Codable, Sendable {
        let id: String
        let device: String
        /// Whether it is the session of this browser.
        let this: Bool
        let started: String
        let used: String
    }

    static let template = "account/sessions"

    let sessions: [Item]
    let hasOthers: Bool
}

/// The sessions of a person, each with its device and time, with buttons to end one or all others.
struct SessionsPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/sessions", context.signedIn(show))
        routes.post("/account/sessions", context.signedIn(end))
    }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        try await page(request, person, isStale: false)
    }

    @Sendable private func end(_ request: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        FormAction(
            stale: { try await page(request, person, isStale: true) },
            perform: { sent in
                var ended = 1
                if let number = sent.body.value("session").flatMap({ Int64($0) }) {
                    let session = SessionID(rawValue: number)
                    // End the current session by signing out, which clears its cookie too.
                    guard session != person.session else { return context.redirect(to: request.link.logout) }
                    _ = try await context.accounts.manageSessions.end(session, of: person)
                } else {
                    ended = try await context.accounts.manageSessions.endOthers(of: person)
                }
                context.sessions.forget(person.person)
                return context.redirect(to: request.link.account(.sessions) + "?done=\(ended)")
            }
        )
    }

    private func page(_ request: PageRequest, _ person: SignedIn, isStale: Bool) async throws -> Response {
        let words = context.words(request)
        let sessions = try await context.accounts.manageSessions.list(of: person.person)
        var form = Form([])
        if isStale { form.fail(words["form_stale"]) }
        var page = context.accountPage(.sessions, request)
        if let ended = request.query("done").flatMap({ Int($0) }), (0...9_999).contains(ended) {
            page.done = ended == 0 ? words["account_sessions_done_none"] : words.count("account_sessions_done", ended)
        }
        let items = sessions.map { item($0, isThis: $0.id == person.session, words) }
        page.body = SessionList(sessions: items, hasOthers: items.count > 1)
        return context.form(request, form, page, status: isStale ? .forbidden : .ok)
    }

    private func item(_ session: SignInSession, isThis: Bool, _ words: Strings) -> SessionList.Item {
        let device = session.device.text.isEmpty ? words["account_sessions_unknown"] : session.device.text
        return .init(
            id: String(session.id.rawValue),
            device: device,
            this: isThis,
            started: words.text("account_sessions_started", ["time": words.moment(session.started)]),
            used: words.text("account_sessions_used", ["time": words.moment(session.lastUsed)])
        )
    }
}
