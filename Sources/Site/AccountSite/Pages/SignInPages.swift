import Accounts
import Hummingbird
import SiteKit

/// The form for signing in, with the providers.
struct SignInForm: FramedPage {
    static let template = "account/login"

    let captcha: CaptchaView?
    let providers: [ProviderLink]
}

/// Signing in with user name or address and password; an unknown browser must also pass the captcha.
struct SignInPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/login", show)
        routes.post("/login", signIn)
    }

    @Sendable private func show(_ request: PageRequest) async throws -> Response {
        let target = ReturnPath(request.query("to"))
        if request.visitor.person != nil { return context.redirect(to: target?.text ?? request.link.account) }
        let needsCaptcha = try await needsCaptcha(request, login: nil)
        let captcha = needsCaptcha ? CaptchaGate.State() : nil
        return context.form(request, form(request, target), page(request, target, captcha))
    }

    @Sendable private func signIn(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        let target = ReturnPath(body.value("to"))
        var form = form(request, target)
        form.take(body)
        let login = body.trimmed("login") ?? ""
        let needsCaptcha = try await needsCaptcha(request, login: login)
        var captcha = needsCaptcha ? CaptchaGate.State(ticket: body.value(CaptchaGate.ticketField)) : nil
        return FormAction(
            stale: { context.stale(request, form, page(request, target, captcha)) },
            perform: { sent in
                if sent.body.has(CaptchaGate.sendButton) {
                    return try await context.sendCode(request, form, emailField: "login") { page(request, target, $0) }
                }
                let password = sent.body.value("password") ?? ""
                if login.isEmpty { form.fail("login", words["login_name_missing"]) }
                if password.isEmpty { form.fail("password", words["password_missing"]) }
                guard !form.hasFaults else { return context.form(request, form, page(request, target, captcha)) }
                if needsCaptcha {
                    if case .fault(let key, let field) = try await context.captcha.check(
                        sent.body,
                        login: login,
                        request
                    ) {
                        captcha?.fault = .fault(key, field: field)
                        form.fail(captchaFault: words[key], field)
                        return context.form(request, form, page(request, target, captcha))
                    }
                }
                let outcome = try await context.accounts.signIn.withPassword(
                    login: login,
                    password: password,
                    deviceMark: request.visitor.deviceMark,
                    device: request.visitor.device,
                    from: request.visitor.from,
                    earlier: request.visitor.session
                )
                return try await answer(request, outcome, form, target, login: login)
            }
        )
    }

    private func answer(
        _ request: PageRequest,
        _ outcome: SignInOutcome,
        _ form: Form,
        _ target: ReturnPath?,
        login: String
    ) async throws -> Response {
        var form = form
        switch outcome {
        case .signedIn(let session):
            return await context.welcome(session, request, to: target?.text ?? request.link.account)
        case .needsSecondFactor(let ticket):
            return context.secondStep(request, ticket, target)
        case .wrong:
            form.fail(context.words(request)["login_wrong"], linkingTo: "field-login")
        case .wait, .busy: break
        }
        let captcha = try await needsCaptcha(request, login: login) ? CaptchaGate.State() : nil
        switch outcome {
        case .wait(let seconds): return context.wait(request, form, page(request, target, captcha), seconds: seconds)
        case .busy: return context.busy(request, form, page(request, target, captcha))
        default: return context.form(request, form, page(request, target, captcha))
        }
    }

    private func needsCaptcha(_ request: PageRequest, login: String?) async throws -> Bool {
        try await context.accounts.signIn.needsCaptcha(
            login: login,
            deviceMark: request.visitor.deviceMark,
            from: request.visitor.from
        )
    }

    private func form(_ request: PageRequest, _ target: ReturnPath?) -> Form {
        let words = context.words(request)
        var login = FormField.line("login", words["login_name"], inputMode: "email").with(autocomplete: "username")
        login.isCode = true
        var fields = [login, .password("password", words["password_label"], autocomplete: "current-password")]
        if let target { fields.append(.hidden("to", target.text)) }
        return Form(fields)
    }

    private func page(_ request: PageRequest, _ target: ReturnPath?, _ captcha: CaptchaGate.State?) -> FormPage {
        let words = context.words(request)
        var page = FormPage(
            title: words["login_title"],
            description: words["login_description"],
            lead: ["needed", "kept"].filter { request.query($0) != nil }.map { words["login_\($0)"] },
            submit: words["login_submit"],
            action: request.link.login,
            links: [
                (request.link.forgot, words["login_forgotten"]),
                (request.link.register, words["login_no_account"] + " " + words["register_submit"]),
            ]
        )
        var view = captcha.map { context.captcha.view($0, words) }
        view?.password = words["login_code_first"]
        page.body = SignInForm(captcha: view, providers: context.providers.items(request, words, to: target?.text))
        return page
    }
}
