import Accounts
import Civic
import Hummingbird
import SiteKit

/// The second step of a sign-in: a code of the authenticator app, or a recovery code.
struct SecondStepPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/login/code", show)
        routes.post("/login/code", finish)
    }

    @Sendable private func show(_ request: PageRequest) async throws -> Response {
        guard request.visitor.step != nil else { return context.redirect(to: request.link.login) }
        let target = ReturnPath(request.query("to"))
        return context.form(request, form(request, target), page(request))
    }

    @Sendable private func finish(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        let target = ReturnPath(body.value("to"))
        var form = form(request, target)
        return FormAction(
            stale: { context.stale(request, form, page(request)) },
            perform: { sent in
                guard let ticket = request.visitor.step.flatMap({ SecretToken($0) }) else { return expired(request) }
                guard let code = sent.body.trimmed("code") else {
                    form.fail("code", words["login_code_missing"])
                    return context.form(request, form, page(request))
                }
                let outcome = try await context.accounts.finishSignIn(
                    ticket: ticket,
                    code: code,
                    deviceMark: request.visitor.deviceMark,
                    device: request.visitor.device,
                    from: request.visitor.from,
                    earlier: request.visitor.session
                )
                switch outcome {
                case .signedIn(let session):
                    return await context.welcome(session, request, to: target?.text ?? request.link.account)
                case .wrong:
                    form.fail("code", words["login_code_wrong"])
                    return context.form(request, form, page(request))
                case .expired: return expired(request)
                case .wait(let seconds): return context.wait(request, form, page(request), seconds: seconds)
                }
            }
        )
    }

    private func expired(_ request: PageRequest) -> Response {
        let words = context.words(request)
        return context.notice(
            request,
            title: words["login_code_title"],
            [words["login_code_expired"]],
            button: (request.link.login, words["login_title"]),
            status: .gone
        )
    }

    private func form(_ request: PageRequest, _ target: ReturnPath?) -> Form {
        let words = context.words(request)
        var code = FormField.line("code", words["login_code"]).with(
            hint: words["login_code_hint"],
            autocomplete: "one-time-code"
        )
        code.isCode = true
        return Form(target.map { [code, .hidden("to", $0.text)] } ?? [code])
    }

    private func page(_ request: PageRequest) -> FormPage {
        let words = context.words(request)
        return FormPage(
            title: words["login_code_title"],
            lead: [words["login_code_lead"]],
            submit: words["login_submit"],
            action: request.link.loginCode
        )
    }
}

extension AccountPageContext {
    /// Redirects to the second step of a sign-in.
    func secondStep(_ request: PageRequest, _ ticket: SecretToken, _ target: ReturnPath?) -> Response {
        let query = target.map { "?to=" + Link.encode($0.text) } ?? ""
        var response = redirect(to: request.link.loginCode + query)
        keep(ticket.text, as: .step, lasts: accounts.settings.secondStepLifetime, request, in: &response)
        return response
    }
}
