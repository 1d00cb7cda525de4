import Accounts
import Civic
import Hummingbird
import SiteKit

/// The form for registering, with the agreement and the providers.
struct RegistrationForm: FramedPage {
    static let template = "account/register"

    let captcha: CaptchaView?
    let providers: [ProviderLink]
    let agreementTemplate: AgreementTemplate
    let agreementOperator: String
    let agreementCaptcha: String?
}

/// Registration: name, address, agreement, captcha; only the mail reveals whether the address is already known.
struct RegisterPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/register", show)
        routes.post("/register", register)
        routes.get("/register/sent", sent)
    }

    @Sendable private func show(_ visit: PageRequest) async throws -> Response {
        if visit.visitor.person != nil { return desk.redirect(to: visit.link.account) }
        return desk.form(visit, form(visit), page(visit, CaptchaGate.State()))
    }

    @Sendable private func register(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        var form = form(visit)
        form.take(body)
        var captcha = CaptchaGate.State(ticket: body.value(CaptchaGate.ticketField))
        return FormAction(
            stale: { desk.stale(visit, form, page(visit, captcha)) },
            perform: { sent in
                if sent.body.has(CaptchaGate.sendButton) {
                    return try await desk.sendCode(visit, form, emailField: "email") { page(visit, $0) }
                }
                let name = form.name("name", words)
                let email = form.email("email", words)
                if form["agree"].isEmpty { form.fail("agree", words["register_agree_missing"]) }
                if let name, let email, !form.hasFaults {
                    switch try await desk.captcha.check(sent.body, login: email.text, visit) {
                    case .passed: return try await register(visit, form, name: name, email: email)
                    case .fault(let key, let field):
                        captcha.fault = .fault(key, field: field)
                        form.fail(captchaFault: words[key], field)
                    }
                }
                return desk.form(visit, form, page(visit, captcha))
            }
        )
    }

    private func register(
        _ visit: PageRequest,
        _ form: Form,
        name: PersonName,
        email: EmailAddress
    ) async throws -> Response {
        let outcome = try await desk.accounts.registerAccount(
            name: name,
            email: email,
            language: visit.language,
            agreement: desk.accounts.settings.agreement,
            from: visit.visitor.from
        )
        switch outcome {
        case .accepted: return desk.redirect(to: visit.link.registered, typed: email.text, visit)
        case .wait(let seconds): return desk.wait(visit, form, page(visit, CaptchaGate.State()), seconds: seconds)
        }
    }

    @Sendable private func sent(_ visit: PageRequest) async throws -> Response {
        let words = desk.words(visit)
        var response = desk.notice(
            visit,
            title: words["register_sent_title"],
            [words["register_sent_text"]] + desk.typed(visit) + [words["register_sent_advice"]],
            links: desk.developmentMail(words) + [(visit.link.register, words["register_again"])]
        )
        desk.forgetTyped(visit, in: &response)
        return response
    }

    private func form(_ visit: PageRequest) -> Form {
        let words = desk.words(visit)
        return Form([
            .line("name", words["register_name"]).with(hint: words["register_name_hint"], autocomplete: "name"),
            .email("email", words["register_email"]).with(hint: words["register_email_hint"]),
            .box("agree", words["register_agree"], isRequired: true),
        ])
    }

    private func page(_ visit: PageRequest, _ captcha: CaptchaGate.State) -> FormPage {
        let words = desk.words(visit)
        var page = FormPage(
            title: words["register_title"],
            description: words["register_description"],
            lead: [words["register_lead"]],
            submit: words["register_submit"],
            links: [(visit.link.login, words["register_have_account"] + " " + words["account_sign_in"])]
        )
        let agreement = desk.agreement(desk.accounts.settings.agreement, visit)
        page.body = RegistrationForm(
            captcha: desk.captcha.view(captcha, words),
            providers: desk.providers.items(visit, words, to: nil),
            agreementTemplate: agreement.template,
            agreementOperator: agreement.presentation,
            agreementCaptcha: agreement.captcha
        )
        return page
    }
}
