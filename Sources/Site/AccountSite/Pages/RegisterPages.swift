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
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/register", show)
        routes.post("/register", register)
        routes.get("/register/sent", sent)
    }

    @Sendable private func show(_ request: PageRequest) async throws -> Response {
        if request.visitor.person != nil { return context.redirect(to: request.link.account) }
        return context.form(request, form(request), page(request, CaptchaGate.State()))
    }

    @Sendable private func register(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        var form = form(request)
        form.take(body)
        var captcha = CaptchaGate.State(ticket: body.value(CaptchaGate.ticketField))
        return FormAction(
            stale: { context.stale(request, form, page(request, captcha)) },
            perform: { sent in
                if sent.body.has(CaptchaGate.sendButton) {
                    return try await context.sendCode(request, form, emailField: "email") { page(request, $0) }
                }
                let name = form.name("name", words)
                let email = form.email("email", words)
                if form["agree"].isEmpty { form.fail("agree", words["register_agree_missing"]) }
                if let name, let email, !form.hasFaults {
                    switch try await context.captcha.check(sent.body, login: email.text, request) {
                    case .passed: return try await register(request, form, name: name, email: email)
                    case .fault(let key, let field):
                        captcha.fault = .fault(key, field: field)
                        form.fail(captchaFault: words[key], field)
                    }
                }
                return context.form(request, form, page(request, captcha))
            }
        )
    }

    private func register(
        _ request: PageRequest,
        _ form: Form,
        name: PersonName,
        email: EmailAddress
    ) async throws -> Response {
        let outcome = try await context.accounts.registerAccount(
            name: name,
            email: email,
            language: request.language,
            agreement: context.accounts.settings.agreement,
            from: request.visitor.from
        )
        switch outcome {
        case .accepted: return context.redirect(to: request.link.registered, typed: email.text, request)
        case .wait(let seconds):
            return context.wait(request, form, page(request, CaptchaGate.State()), seconds: seconds)
        }
    }

    @Sendable private func sent(_ request: PageRequest) async throws -> Response {
        let words = context.words(request)
        var response = context.notice(
            request,
            title: words["register_sent_title"],
            [words["register_sent_text"]] + context.typed(request) + [words["register_sent_advice"]],
            links: context.developmentMail(words) + [(request.link.register, words["register_again"])]
        )
        context.forgetTyped(request, in: &response)
        return response
    }

    private func form(_ request: PageRequest) -> Form {
        let words = context.words(request)
        return Form([
            .line("name", words["register_name"]).with(hint: words["register_name_hint"], autocomplete: "name"),
            .email("email", words["register_email"]).with(hint: words["register_email_hint"]),
            .box("agree", words["register_agree"], isRequired: true),
        ])
    }

    private func page(_ request: PageRequest, _ captcha: CaptchaGate.State) -> FormPage {
        let words = context.words(request)
        var page = FormPage(
            title: words["register_title"],
            description: words["register_description"],
            lead: [words["register_lead"]],
            submit: words["register_submit"],
            links: [(request.link.login, words["register_have_account"] + " " + words["account_sign_in"])]
        )
        let agreement = context.agreement(context.accounts.settings.agreement, request)
        page.body = RegistrationForm(
            captcha: context.captcha.view(captcha, words),
            providers: context.providers.items(request, words, to: nil),
            agreementTemplate: agreement.template,
            agreementOperator: agreement.presentation,
            agreementCaptcha: agreement.captcha
        )
        return page
    }
}
