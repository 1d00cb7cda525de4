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
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/sessions", desk.signedIn(show))
        routes.post("/account/sessions", desk.signedIn(end))
    }

    @Sendable private func show(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        try await page(visit, person, isStale: false)
    }

    @Sendable private func end(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction {
        FormAction(
            stale: { try await page(visit, person, isStale: true) },
            perform: { sent in
                var ended = 1
                if let number = sent.body.value("session").flatMap({ Int64($0) }) {
                    let session = SessionID(rawValue: number)
                    // End the current session by signing out, which clears its cookie too.
                    guard session != person.session else { return desk.redirect(to: visit.link.logout) }
                    _ = try await desk.accounts.manageSessions.end(session, of: person)
                } else {
                    ended = try await desk.accounts.manageSessions.endOthers(of: person)
                }
                desk.sessions.forget(person.person)
                return desk.redirect(to: visit.link.account(.sessions) + "?done=\(ended)")
            }
        )
    }

    private func page(_ visit: PageRequest, _ person: SignedIn, isStale: Bool) async throws -> Response {
        let words = desk.words(visit)
        let sessions = try await desk.accounts.manageSessions.list(of: person.person)
        var form = Form([])
        if isStale { form.fail(words["form_stale"]) }
        var page = desk.accountPage(.sessions, visit)
        if let ended = visit.query("done").flatMap({ Int($0) }), (0...9_999).contains(ended) {
            page.done = ended == 0 ? words["account_sessions_done_none"] : words.count("account_sessions_done", ended)
        }
        let items = sessions.map { item($0, isThis: $0.id == person.session, words) }
        page.body = SessionList(sessions: items, hasOthers: items.count > 1)
        return desk.form(visit, form, page, status: isStale ? .forbidden : .ok)
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
