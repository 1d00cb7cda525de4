import Accounts
import Civic
import Hummingbird
import SiteKit

extension AccountPageContext {
    /// The fields for proving ownership where a recent sign-in is enough: none after one, and none for a person without a
    /// password, who can only sign in again.
    func lateProof(_ request: PageRequest, _ person: SignedIn) async throws -> [FormField] {
        if try await accounts.proveOwnership.isFresh(person) { return [] }
        return try await proof(request, person)
    }

    /// The fields for proving ownership: the password, if the account has one.
    func proof(_ request: PageRequest, _ person: SignedIn) async throws -> [FormField] {
        guard try await profile(of: person).person.hasPassword else { return [] }
        return [.password("current", words(request)["password_current"], autocomplete: "current-password")]
    }

    /// The fields for proving ownership before a change of rights: none within minutes of a proof; otherwise the password, or
    /// a second-factor code if there is no password.
    func rightsProof(_ request: PageRequest, _ person: SignedIn) async throws -> [FormField] {
        if try await accounts.proveOwnership.isFreshForRights(person) { return [] }
        let owner = try await profile(of: person).person
        guard !owner.hasPassword, owner.hasSecondFactor else { return try await proof(request, person) }
        return [secondFactorCode(request)]
    }

    /// The field for a second-factor code.
    func secondFactorCode(_ request: PageRequest) -> FormField {
        var code = FormField.line("code", words(request)["login_code"]).with(
            hint: words(request)["login_code_hint"],
            autocomplete: "one-time-code"
        )
        code.isCode = true
        return code
    }

    /// Checks the answers to `rightsProof`; returns the form again when they are wrong, otherwise nil.
    func rightsRefusal(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody,
        _ form: Form,
        _ page: FormPage
    ) async throws -> Response? {
        let outcome = try await accounts.proveOwnership.proveForRights(
            person,
            password: body.value("current"),
            code: body.trimmed("code"),
            from: request.visitor.from
        )
        return refusal(request, outcome, form, page)
    }

    func demandFreshSignIn(_ request: PageRequest, _ form: Form, _ page: FormPage) -> Response {
        refusal(request, .needsFreshSignIn, form, page) ?? self.form(request, form, page)
    }

    /// The form again with the reason why a proof failed; nil when it succeeded.
    func refusal(_ request: PageRequest, _ proof: ProofOutcome, _ form: Form, _ page: FormPage) -> Response? {
        var form = form
        switch AccountFormPage.Change.refusal(proof, &form, words(request)) {
        case nil: return nil
        case .wait(let seconds): return wait(request, form, page, seconds: seconds)
        case .busy: return busy(request, form, page)
        default: return self.form(request, form, page)
        }
    }
}
