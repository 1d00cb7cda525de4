import Accounts
import Civic
import Hummingbird
import SiteKit

/// Resetting a forgotten password: the response does not reveal whether the account exists.
struct PasswordPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/password/forgot", show)
        routes.post("/password/forgot", request)
        routes.get("/password/forgot/sent", sent)
        routes.get("/password/reset/:token", showReset)
        routes.post("/password/reset/:token", reset)
        routes.get("/password/changed", changed)
    }

    @Sendable private func show(_ visit: PageRequest) async throws -> Response {
        desk.form(visit, form(visit), page(visit, CaptchaGate.State()))
    }

    @Sendable private func request(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        var form = form(visit)
        form.take(body)
        var captcha = CaptchaGate.State(ticket: body.value(CaptchaGate.ticketField))
        return FormAction(
            stale: { desk.stale(visit, form, page(visit, captcha)) },
            perform: { sent in
                if sent.body.has(CaptchaGate.sendButton) {
                    return try await desk.sendCode(visit, form, emailField: "login") { page(visit, $0) }
                }
                guard let login = sent.body.trimmed("login") else {
                    form.fail("login", words["login_name_missing"])
                    return desk.form(visit, form, page(visit, captcha))
                }
                if case .fault(let key, let field) = try await desk.captcha.check(
                    sent.body,
                    login: login,
                    visit
                ) {
                    captcha.fault = .fault(key, field: field)
                    form.fail(captchaFault: words[key], field)
                    return desk.form(visit, form, page(visit, captcha))
                }
                switch try await desk.accounts.resetPassword.request(login: login, from: visit.visitor.from) {
                case .accepted: return desk.redirect(to: visit.link.forgotSent, typed: login, visit)
                case .wait(let seconds):
                    return desk.wait(visit, form, page(visit, CaptchaGate.State()), seconds: seconds)
                }
            }
        )
    }

    @Sendable private func sent(_ visit: PageRequest) async throws -> Response {
        let words = desk.words(visit)
        var response = desk.notice(
            visit,
            title: words["forgot_sent_title"],
            [words["forgot_sent_text"]] + desk.typed(visit),
            links: desk.developmentMail(words) + [
                (visit.link.forgot, words["forgot_again"]), (visit.link.login, words["login_title"]),
            ]
        )
        desk.forgetTyped(visit, in: &response)
        return response
    }

    @Sendable private func showReset(_ visit: PageRequest) async throws -> Response {
        guard let token = SecretToken(visit.parameter("token")),
            let owner = try await desk.accounts.resetPassword.pending(token)
        else { return dead(visit) }
        return desk.form(visit, resetForm(visit), resetPage(visit, owner))
    }

    @Sendable private func reset(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        var form = resetForm(visit)
        guard let token = SecretToken(visit.parameter("token")) else { return .answer(dead(visit)) }
        let owner = try await desk.accounts.resetPassword.pending(token)
        let page = resetPage(visit, owner)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                guard let password = sent.body.value("password"), !password.isEmpty else {
                    form.fail("password", words["password_missing"])
                    return desk.form(visit, form, page)
                }
                let outcome = try await desk.accounts.resetPassword.reset(
                    token,
                    password: password,
                    device: visit.visitor.device,
                    from: visit.visitor.from
                )
                switch outcome {
                case .changed(let session):
                    if let owner { desk.sessions.forget(owner.id) }
                    guard let session else { return desk.redirect(to: visit.link.resetDone) }
                    return desk.begin(session, visit, to: visit.link.account + "?done=password")
                case .expired, .wrong, .needsFreshSignIn: return dead(visit)
                case .wait(let seconds): return desk.wait(visit, form, page, seconds: seconds)
                case .password(let fault):
                    form.fail("password", words.fault(fault))
                    return desk.form(visit, form, page)
                case .busy: return desk.busy(visit, form, page)
                }
            }
        )
    }

    @Sendable private func changed(_ visit: PageRequest) async throws -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["reset_done_title"],
            [words["reset_done_text"]],
            button: (visit.link.login, words["login_title"])
        )
    }

    private func dead(_ visit: PageRequest) -> Response {
        let words = desk.words(visit)
        return desk.deadLink(visit, ["link_dead_reset"], button: (visit.link.forgot, words["forgot_title"]))
    }

    private func form(_ visit: PageRequest) -> Form {
        var login = FormField.line("login", desk.words(visit)["login_name"], inputMode: "email")
        login.autocomplete = "username"
        login.isCode = true
        return Form([login])
    }

    private func page(_ visit: PageRequest, _ captcha: CaptchaGate.State) -> FormPage {
        let words = desk.words(visit)
        var page = FormPage(
            title: words["forgot_title"],
            description: words["forgot_description"],
            lead: [words["forgot_lead"]],
            submit: words["forgot_submit"],
            links: [(visit.link.login, words["login_title"])]
        )
        page.body = FormWithCaptcha(captcha: desk.captcha.view(captcha, words))
        return page
    }

    private func resetForm(_ visit: PageRequest) -> Form {
        let words = desk.words(visit)
        return Form([.newPassword("password", words["password_new"], words)])
    }

    private func resetPage(_ visit: PageRequest, _ owner: Person?) -> FormPage {
        let words = desk.words(visit)
        var page = FormPage(title: words["reset_title"], lead: [words["reset_lead"]], submit: words["reset_submit"])
        page.username = owner?.username.text
        return page
    }
}
