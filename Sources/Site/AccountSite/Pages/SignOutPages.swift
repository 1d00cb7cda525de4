import Accounts
import Hummingbird
import SiteKit

/// Signing out, by a button: other sites could make a browser follow a link.
struct SignOutPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/logout", show)
        routes.post("/logout", signOut)
    }

    @Sendable private func show(_ request: PageRequest) async throws -> Response {
        guard request.visitor.person != nil else { return context.redirect(to: request.link.home) }
        return context.form(request, Form([]), page(request))
    }

    @Sendable private func signOut(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        guard let person = request.visitor.person else {
            // A form from another site arrives without our cookies; the response must not delete them.
            return FormAction(
                stale: { context.redirect(to: request.link.home) },
                perform: { _ in
                    request.visitor.session != nil ? ended(request) : context.redirect(to: request.link.home)
                }
            )
        }
        return FormAction(
            stale: { context.stale(request, Form([]), page(request)) },
            perform: { _ in
                try await context.accounts.manageSessions.signOut(person)
                return ended(request)
            }
        )
    }

    private func ended(_ request: PageRequest) -> Response {
        if let token = request.visitor.session { context.sessions.forget(token) }
        var response = context.redirect(to: request.link.home)
        // The next reader at this device must not find the unfinished forms of this one.
        context.forget([.session, .typed, .draft, .form], request, in: &response)
        return response
    }

    private func page(_ request: PageRequest) -> FormPage {
        let words = context.words(request)
        return FormPage(
            title: words["logout_title"],
            lead: [words["logout_text"]],
            submit: words["logout_submit"],
            links: [(request.link.account, words["form_back_to_account"])]
        )
    }
}
