import Accounts
import Civic
import Hummingbird
import SiteKit

/// Resetting a forgotten password: the response does not reveal whether the account exists.
struct PasswordPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/password/forgot", show)
        routes.post("/password/forgot", requestLink)
        routes.get("/password/forgot/sent", sent)
        routes.get("/password/reset/:token", showReset)
        routes.post("/password/reset/:token", reset)
        routes.get("/password/changed", changed)
    }

    @Sendable private func show(_ request: PageRequest) async throws -> Response {
        context.form(request, form(request), page(request, CaptchaGate.State()))
    }

    @Sendable private func requestLink(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        var form = form(request)
        form.take(body)
        var captcha = CaptchaGate.State(ticket: body.value(CaptchaGate.ticketField))
        return FormAction(
            stale: { context.stale(request, form, page(request, captcha)) },
            perform: { sent in
                if sent.body.has(CaptchaGate.sendButton) {
                    return try await context.sendCode(request, form, emailField: "login") { page(request, $0) }
                }
                guard let login = sent.body.trimmed("login") else {
                    form.fail("login", words["login_name_missing"])
                    return context.form(request, form, page(request, captcha))
                }
                if case .fault(let key, let field) = try await context.captcha.check(
                    sent.body,
                    login: login,
                    request
                ) {
                    captcha.fault = .fault(key, field: field)
                    form.fail(captchaFault: words[key], field)
                    return context.form(request, form, page(request, captcha))
                }
                switch try await context.accounts.resetPassword.request(login: login, from: request.visitor.from) {
                case .accepted: return context.redirect(to: request.link.forgotSent, typed: login, request)
                case .wait(let seconds):
                    return context.wait(request, form, page(request, CaptchaGate.State()), seconds: seconds)
                }
            }
        )
    }

    @Sendable private func sent(_ request: PageRequest) async throws -> Response {
        let words = context.words(request)
        var response = context.notice(
            request,
            title: words["forgot_sent_title"],
            [words["forgot_sent_text"]] + context.typed(request),
            links: context.developmentMail(words) + [
                (request.link.forgot, words["forgot_again"]), (request.link.login, words["login_title"]),
            ]
        )
        context.forgetTyped(request, in: &response)
        return response
    }

    @Sendable private func showReset(_ request: PageRequest) async throws -> Response {
        guard let token = SecretToken(request.parameter("token")),
            let owner = try await context.accounts.resetPassword.pending(token)
        else { return dead(request) }
        return context.form(request, resetForm(request), resetPage(request, owner))
    }

    @Sendable private func reset(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        var form = resetForm(request)
        guard let token = SecretToken(request.parameter("token")) else { return .answer(dead(request)) }
        let owner = try await context.accounts.resetPassword.pending(token)
        let page = resetPage(request, owner)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                guard let password = sent.body.value("password"), !password.isEmpty else {
                    form.fail("password", words["password_missing"])
                    return context.form(request, form, page)
                }
                let outcome = try await context.accounts.resetPassword.reset(
                    token,
                    password: password,
                    device: request.visitor.device,
                    from: request.visitor.from
                )
                switch outcome {
                case .changed(let session):
                    if let owner { context.sessions.forget(owner.id) }
                    guard let session else { return context.redirect(to: request.link.resetDone) }
                    return context.begin(session, request, to: request.link.account + "?done=password")
                case .expired, .wrong, .needsFreshSignIn: return dead(request)
                case .wait(let seconds): return context.wait(request, form, page, seconds: seconds)
                case .password(let fault):
                    form.fail("password", words.fault(fault))
                    return context.form(request, form, page)
                case .busy: return context.busy(request, form, page)
                }
            }
        )
    }

    @Sendable private func changed(_ request: PageRequest) async throws -> Response {
        let words = context.words(request)
        return context.notice(
            request,
            title: words["reset_done_title"],
            [words["reset_done_text"]],
            button: (request.link.login, words["login_title"])
        )
    }

    private func dead(_ request: PageRequest) -> Response {
        let words = context.words(request)
        return context.deadLink(request, ["link_dead_reset"], button: (request.link.forgot, words["forgot_title"]))
    }

    private func form(_ request: PageRequest) -> Form {
        var login = FormField.line("login", context.words(request)["login_name"], inputMode: "email")
        login.autocomplete = "username"
        login.isCode = true
        return Form([login])
    }

    private func page(_ request: PageRequest, _ captcha: CaptchaGate.State) -> FormPage {
        let words = context.words(request)
        var page = FormPage(
            title: words["forgot_title"],
            description: words["forgot_description"],
            lead: [words["forgot_lead"]],
            submit: words["forgot_submit"],
            links: [(request.link.login, words["login_title"])]
        )
        page.body = FormWithCaptcha(captcha: context.captcha.view(captcha, words))
        return page
    }

    private func resetForm(_ request: PageRequest) -> Form {
        let words = context.words(request)
        return Form([.newPassword("password", words["password_new"], words)])
    }

    private func resetPage(_ request: PageRequest, _ owner: Person?) -> FormPage {
        let words = context.words(request)
        var page = FormPage(title: words["reset_title"], lead: [words["reset_lead"]], submit: words["reset_submit"])
        page.username = owner?.username.text
        return page
    }
}
