import Accounts
import Hummingbird
import SiteKit

/// Signing out, by a button: other sites could make a browser follow a link.
struct SignOutPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/logout", show)
        routes.post("/logout", signOut)
    }

    @Sendable private func show(_ visit: PageRequest) async throws -> Response {
        guard visit.visitor.person != nil else { return desk.redirect(to: visit.link.home) }
        return desk.form(visit, Form([]), page(visit))
    }

    @Sendable private func signOut(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        guard let person = visit.visitor.person else {
            // A form from another site arrives without our cookies; the response must not delete them.
            return FormAction(
                stale: { desk.redirect(to: visit.link.home) },
                perform: { _ in
                    visit.visitor.session != nil ? ended(visit) : desk.redirect(to: visit.link.home)
                }
            )
        }
        return FormAction(
            stale: { desk.stale(visit, Form([]), page(visit)) },
            perform: { _ in
                try await desk.accounts.manageSessions.signOut(person)
                return ended(visit)
            }
        )
    }

    private func ended(_ visit: PageRequest) -> Response {
        if let token = visit.visitor.session { desk.sessions.forget(token) }
        var response = desk.redirect(to: visit.link.home)
        // The next reader at this device must not find the unfinished forms of this one.
        desk.forget([.session, .typed, .draft, .form], visit, in: &response)
        return response
    }

    private func page(_ visit: PageRequest) -> FormPage {
        let words = desk.words(visit)
        return FormPage(
            title: words["logout_title"],
            lead: [words["logout_text"]],
            submit: words["logout_submit"],
            links: [(visit.link.account, words["form_back_to_account"])]
        )
    }
}
