import Accounts
import Captcha
import Civic
import Hummingbird
import SiteKit

/// The texts of the user agreement, in every version and language.
enum AgreementText {
    /// Every version that was ever in force, newest first.
    static let versions = ["2026-11"]

    /// The template name of a version.
    static func template(_ version: AgreementVersion, _ language: Language) -> AgreementTemplate {
        AgreementTemplate(rawValue: "agreement/\(version.rawValue)-\(language.rawValue)")
    }
}

/// The template with the text of a version in a language.
struct AgreementTemplate: RawRepresentable, TemplateChoice, Sendable {
    let rawValue: String

    static var templates: [String] {
        AgreementText.versions.flatMap { version in
            Language.allCases.map { AgreementText.template(AgreementVersion(rawValue: version), $0).rawValue }
        }
    }

    static var sample: Self { Self(rawValue: "") }
}

/// The text of the user agreement as a page of its own.
struct AgreementPage: PageModel {
    static let template = "account/agreement"

    let title: String
    let description: String
    let version: String
    let agreementTemplate: AgreementTemplate
    let agreementOperator: String
    let agreementCaptcha: String?
}

/// The text of a new user agreement above the form for accepting it.
struct NewAgreementForm: FramedPage {
    static let template = "account/agreement_new"

    let agreementTemplate: AgreementTemplate
    let agreementOperator: String
    let agreementCaptcha: String?
}

/// The public page of the user agreement.
struct AgreementPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/agreement") { request in show(request, context.accounts.settings.agreement) }
        routes.get("/agreement/new", context.signedIn(showNew))
        routes.post("/agreement/new", context.signedIn(accept))
        routes.get("/agreement/:version") { request in
            let version = request.parameter("version")
            guard AgreementText.versions.contains(version) else { throw Problem.notFound }
            return show(request, AgreementVersion(rawValue: version))
        }
    }

    private func show(_ request: PageRequest, _ version: AgreementVersion) -> Response {
        let words = context.words(request)
        let agreement = context.agreement(version, request)
        let page = AgreementPage(
            title: words["agreement_title"],
            description: words["agreement_description"],
            version: words.text("consent_version", ["version": version.rawValue]),
            agreementTemplate: agreement.template,
            agreementOperator: agreement.presentation,
            agreementCaptcha: agreement.captcha
        )
        return context.pages.page(page, for: request)
    }

    @Sendable private func showNew(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let target = ReturnPath(request.query("to"))
        if await context.hasAgreed(person.person) { return context.redirect(to: target?.text ?? request.link.account) }
        return context.form(request, newForm(target), newPage(request, target))
    }

    @Sendable private func accept(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let target = ReturnPath(body.value("to"))
        return FormAction(
            stale: { context.stale(request, newForm(target), newPage(request, target)) },
            perform: { sent in
                try await context.accounts.editProfile.agree(person, to: context.accounts.settings.agreement)
                return context.redirect(to: target?.text ?? request.link.account)
            }
        )
    }

    private func newForm(_ target: ReturnPath?) -> Form { Form(target.map { [.hidden("to", $0.text)] } ?? []) }

    private func newPage(_ request: PageRequest, _ target: ReturnPath?) -> FormPage {
        let words = context.words(request)
        var page = FormPage(
            title: words["agreement_new_title"],
            lead: [words["agreement_new_lead"]],
            submit: words["agreement_new_submit"],
            links: [
                (target?.text ?? request.link.account, words["agreement_new_later"]),
                (request.link.account(.consents), words["account_consents_title"]),
            ]
        )
        let agreement = context.agreement(context.accounts.settings.agreement, request)
        page.body = NewAgreementForm(
            agreementTemplate: agreement.template,
            agreementOperator: agreement.presentation,
            agreementCaptcha: agreement.captcha
        )
        return page
    }
}

extension AccountPageContext {
    /// A version of the agreement: its text, the operator, the provider of the captcha.
    func agreement(
        _ version: AgreementVersion,
        _ request: PageRequest
    ) -> (template: AgreementTemplate, presentation: String, captcha: String?) {
        let words = words(request)
        let captcha = captcha.verifier.kind.service.map { words.text("agreement_captcha", ["service": $0]) }
        return (AgreementText.template(version, request.language), portalOperator.presentation(words), captcha)
    }

    /// Whether a person has valid consent to the current agreement.
    ///
    /// Returns true when the lookup fails, so that signing in does not depend on it; the person is asked next time.
    func hasAgreed(_ person: PersonID) async -> Bool {
        guard let consents = try? await accounts.readProfile(of: person)?.consents else { return true }
        return consents.contains { consent in
            consent.subject == .agreement && consent.version == accounts.settings.agreement && consent.withdrawn == nil
        }
    }

    /// Begins a session after a sign-in and redirects to a page, or first to the agreement if it has changed.
    func welcome(_ session: StartedSession, _ request: PageRequest, to address: String) async -> Response {
        let isAsked = await !hasAgreed(session.person)
        return begin(session, request, to: isAsked ? request.link.newAgreement(to: address) : address)
    }
}

extension CaptchaKind {
    /// The name of the third-party service; nil for our own captcha.
    fileprivate var service: String? {
        switch self {
        case .proofOfWork: nil
        case .turnstile: "Cloudflare Turnstile"
        case .reCAPTCHA: "Google reCAPTCHA"
        }
    }
}
