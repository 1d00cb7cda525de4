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
    static func template(_ version: AgreementVersion, _ language: Language) -> String {
        "agreement/\(version.rawValue)-\(language.rawValue)"
    }
}

/// The public page of the user agreement.
struct AgreementPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/agreement") { visit in show(visit, desk.accounts.settings.agreement) }
        routes.get("/agreement/new", desk.signedIn(showNew))
        routes.post("/agreement/new", desk.signedIn(accept))
        routes.get("/agreement/:version") { visit in
            let version = visit.parameter("version")
            guard AgreementText.versions.contains(version) else { throw Problem.notFound }
            return show(visit, AgreementVersion(rawValue: version))
        }
    }

    private func show(_ visit: PageRequest, _ version: AgreementVersion) -> Response {
        let words = desk.words(visit)
        var page = desk.agreement(version, visit)
        page["title"] = words["agreement_title"]
        page["description"] = words["agreement_description"]
        page["version"] = words.text("consent_version", ["version": version.rawValue])
        return desk.pages.page("account/agreement", page, for: visit)
    }

    @Sendable private func showNew(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let target = ReturnPath(visit.query("to"))
        if await desk.hasAgreed(person.person) { return desk.redirect(to: target?.text ?? visit.link.account) }
        return desk.form(visit, newForm(target), newPage(visit, target))
    }

    @Sendable private func accept(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let target = ReturnPath(body.value("to"))
        return FormAction(
            stale: { desk.stale(visit, newForm(target), newPage(visit, target)) },
            perform: { sent in
                try await desk.accounts.editProfile.agree(person, to: desk.accounts.settings.agreement)
                return desk.redirect(to: target?.text ?? visit.link.account)
            }
        )
    }

    private func newForm(_ target: ReturnPath?) -> Form { Form(target.map { [.hidden("to", $0.text)] } ?? []) }

    private func newPage(_ visit: PageRequest, _ target: ReturnPath?) -> FormPage {
        let words = desk.words(visit)
        var page = FormPage(
            title: words["agreement_new_title"],
            lead: [words["agreement_new_lead"]],
            submit: words["agreement_new_submit"],
            links: [
                (target?.text ?? visit.link.account, words["agreement_new_later"]),
                (visit.link.account(.consents), words["account_consents_title"]),
            ]
        )
        page.template = "account/agreement_new"
        page.more = desk.agreement(desk.accounts.settings.agreement, visit)
        return page
    }
}

extension AccountPageContext {
    /// The template context of a version of the agreement: its text, the operator, the provider of the captcha.
    func agreement(_ version: AgreementVersion, _ visit: PageRequest) -> PageContext {
        let words = words(visit)
        var members: PageContext = [
            "agreement_template": AgreementText.template(version, visit.language),
            "agreement_operator": portalOperator.presentation(words),
        ]
        members["agreement_captcha"] = captcha.verifier.kind.service.map {
            words.text("agreement_captcha", ["service": $0])
        }
        return members
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
    func welcome(_ session: StartedSession, _ visit: PageRequest, to address: String) async -> Response {
        let isAsked = await !hasAgreed(session.person)
        return begin(session, visit, to: isAsked ? visit.link.newAgreement(to: address) : address)
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
