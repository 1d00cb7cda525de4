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
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/login", show)
        routes.post("/login", signIn)
    }

    @Sendable private func show(_ visit: PageRequest) async throws -> Response {
        let target = ReturnPath(visit.query("to"))
        if visit.visitor.person != nil { return desk.redirect(to: target?.text ?? visit.link.account) }
        let needsCaptcha = try await needsCaptcha(visit, login: nil)
        let captcha = needsCaptcha ? CaptchaGate.State() : nil
        return desk.form(visit, form(visit, target), page(visit, target, captcha))
    }

    @Sendable private func signIn(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        let target = ReturnPath(body.value("to"))
        var form = form(visit, target)
        form.take(body)
        let login = body.trimmed("login") ?? ""
        let needsCaptcha = try await needsCaptcha(visit, login: login)
        var captcha = needsCaptcha ? CaptchaGate.State(ticket: body.value(CaptchaGate.ticketField)) : nil
        return FormAction(
            stale: { desk.stale(visit, form, page(visit, target, captcha)) },
            perform: { sent in
                if sent.body.has(CaptchaGate.sendButton) {
                    return try await desk.sendCode(visit, form, emailField: "login") { page(visit, target, $0) }
                }
                let password = sent.body.value("password") ?? ""
                if login.isEmpty { form.fail("login", words["login_name_missing"]) }
                if password.isEmpty { form.fail("password", words["password_missing"]) }
                guard !form.hasFaults else { return desk.form(visit, form, page(visit, target, captcha)) }
                if needsCaptcha {
                    if case .fault(let key, let field) = try await desk.captcha.check(sent.body, login: login, visit) {
                        captcha?.fault = .fault(key, field: field)
                        form.fail(captchaFault: words[key], field)
                        return desk.form(visit, form, page(visit, target, captcha))
                    }
                }
                let outcome = try await desk.accounts.signIn.withPassword(
                    login: login,
                    password: password,
                    deviceMark: visit.visitor.deviceMark,
                    device: visit.visitor.device,
                    from: visit.visitor.from,
                    earlier: visit.visitor.session
                )
                return try await answer(visit, outcome, form, target, login: login)
            }
        )
    }

    private func answer(
        _ visit: PageRequest,
        _ outcome: SignInOutcome,
        _ form: Form,
        _ target: ReturnPath?,
        login: String
    ) async throws -> Response {
        var form = form
        switch outcome {
        case .signedIn(let session):
            return await desk.welcome(session, visit, to: target?.text ?? visit.link.account)
        case .needsSecondFactor(let ticket):
            return desk.secondStep(visit, ticket, target)
        case .wrong:
            form.fail(desk.words(visit)["login_wrong"], linkingTo: "field-login")
        case .wait, .busy: break
        }
        let captcha = try await needsCaptcha(visit, login: login) ? CaptchaGate.State() : nil
        switch outcome {
        case .wait(let seconds): return desk.wait(visit, form, page(visit, target, captcha), seconds: seconds)
        case .busy: return desk.busy(visit, form, page(visit, target, captcha))
        default: return desk.form(visit, form, page(visit, target, captcha))
        }
    }

    private func needsCaptcha(_ visit: PageRequest, login: String?) async throws -> Bool {
        try await desk.accounts.signIn.needsCaptcha(
            login: login,
            deviceMark: visit.visitor.deviceMark,
            from: visit.visitor.from
        )
    }

    private func form(_ visit: PageRequest, _ target: ReturnPath?) -> Form {
        let words = desk.words(visit)
        var login = FormField.line("login", words["login_name"], inputMode: "email").with(autocomplete: "username")
        login.isCode = true
        var fields = [login, .password("password", words["password_label"], autocomplete: "current-password")]
        if let target { fields.append(.hidden("to", target.text)) }
        return Form(fields)
    }

    private func page(_ visit: PageRequest, _ target: ReturnPath?, _ captcha: CaptchaGate.State?) -> FormPage {
        let words = desk.words(visit)
        var page = FormPage(
            title: words["login_title"],
            description: words["login_description"],
            lead: ["needed", "kept"].filter { visit.query($0) != nil }.map { words["login_\($0)"] },
            submit: words["login_submit"],
            action: visit.link.login,
            links: [
                (visit.link.forgot, words["login_forgotten"]),
                (visit.link.register, words["login_no_account"] + " " + words["register_submit"]),
            ]
        )
        var view = captcha.map { desk.captcha.view($0, words) }
        view?.password = words["login_code_first"]
        page.body = SignInForm(captcha: view, providers: desk.providers.items(visit, words, to: target?.text))
        return page
    }
}
