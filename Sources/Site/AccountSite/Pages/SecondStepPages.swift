import Accounts
import Civic
import Hummingbird
import SiteKit

/// The second step of a sign-in: a code of the authenticator app, or a recovery code.
struct SecondStepPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/login/code", show)
        routes.post("/login/code", finish)
    }

    @Sendable private func show(_ visit: PageRequest) async throws -> Response {
        guard visit.visitor.step != nil else { return desk.redirect(to: visit.link.login) }
        let target = ReturnPath(visit.query("to"))
        return desk.form(visit, form(visit, target), page(visit))
    }

    @Sendable private func finish(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        let target = ReturnPath(body.value("to"))
        var form = form(visit, target)
        return FormAction(
            stale: { desk.stale(visit, form, page(visit)) },
            perform: { sent in
                guard let ticket = visit.visitor.step.flatMap({ SecretToken($0) }) else { return expired(visit) }
                guard let code = sent.body.trimmed("code") else {
                    form.fail("code", words["login_code_missing"])
                    return desk.form(visit, form, page(visit))
                }
                let outcome = try await desk.accounts.finishSignIn(
                    ticket: ticket,
                    code: code,
                    deviceMark: visit.visitor.deviceMark,
                    device: visit.visitor.device,
                    from: visit.visitor.from,
                    earlier: visit.visitor.session
                )
                switch outcome {
                case .signedIn(let session):
                    return await desk.welcome(session, visit, to: target?.text ?? visit.link.account)
                case .wrong:
                    form.fail("code", words["login_code_wrong"])
                    return desk.form(visit, form, page(visit))
                case .expired: return expired(visit)
                case .wait(let seconds): return desk.wait(visit, form, page(visit), seconds: seconds)
                }
            }
        )
    }

    private func expired(_ visit: PageRequest) -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["login_code_title"],
            [words["login_code_expired"]],
            button: (visit.link.login, words["login_title"]),
            status: .gone
        )
    }

    private func form(_ visit: PageRequest, _ target: ReturnPath?) -> Form {
        let words = desk.words(visit)
        var code = FormField.line("code", words["login_code"]).with(
            hint: words["login_code_hint"],
            autocomplete: "one-time-code"
        )
        code.isCode = true
        return Form(target.map { [code, .hidden("to", $0.text)] } ?? [code])
    }

    private func page(_ visit: PageRequest) -> FormPage {
        let words = desk.words(visit)
        return FormPage(
            title: words["login_code_title"],
            lead: [words["login_code_lead"]],
            submit: words["login_submit"],
            action: visit.link.loginCode
        )
    }
}

extension AccountPageContext {
    /// Redirects to the second step of a sign-in.
    func secondStep(_ visit: PageRequest, _ ticket: SecretToken, _ target: ReturnPath?) -> Response {
        let query = target.map { "?to=" + Link.encode($0.text) } ?? ""
        var response = redirect(to: visit.link.loginCode + query)
        keep(ticket.text, as: .step, lasts: accounts.settings.secondStepLifetime, visit, in: &response)
        return response
    }
}
