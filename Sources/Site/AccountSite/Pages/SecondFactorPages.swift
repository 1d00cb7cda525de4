import Accounts
import Civic
import Hummingbird
import QRCode
import SiteKit

/// The second factor while it is in force.
struct SecondFactorStatus: FramedPage {
    static let template = "account/second_factor"

    let left: String
    let renewHref: String
    let offHref: String
}

/// Setting up an authenticator app: the secret as a QR code and as text.
struct SecondFactorInstructions: FramedPage {
    struct Picture: Codable, Sendable {
        let side: Int
        let width: Int
        let path: String
    }

    static let template = "account/second_factor_set_up"

    let secret: String
    let address: String
    let picture: Picture?
}

/// New recovery codes, which are shown once.
struct RecoveryCodes: FramedPage {
    static let template = "account/recovery_codes"

    let codes: [String]
}

/// The second factor: setting up an authenticator app, recovery codes, removing it.
struct SecondFactorPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/second-factor", context.signedIn(show))
        routes.post("/account/second-factor", context.signedIn(begin))
        // Switching the language here loads the page by GET, which starts the step again.
        routes.get("/account/second-factor/confirm") { request in
            context.redirect(to: request.link.account(.secondFactor))
        }
        routes.post("/account/second-factor/confirm", context.signedIn(confirm))
        routes.get("/account/second-factor/codes", context.signedIn(showRenewal))
        routes.post("/account/second-factor/codes", context.signedIn(renew))
        routes.get("/account/second-factor/off", context.signedIn(showEnd))
        routes.post("/account/second-factor/off", context.signedIn(end))
    }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let profile = try await context.profile(of: person)
        let words = context.words(request)
        var page = context.accountPage(.secondFactor, request)
        if person.mustSetUpSecondFactor { page.lead.insert(words["second_factor_due"], at: 0) }
        guard profile.person.hasSecondFactor else {
            return context.form(request, Form(try await context.lateProof(request, person)), page)
        }
        let path = request.link.account(.secondFactor)
        let left = words.text("second_factor_codes_left", ["n": words.number(profile.recoveryCodesLeft ?? 0)])
        page.body = SecondFactorStatus(left: left, renewHref: path + "/codes", offHref: path + "/off")
        return context.form(request, Form([]), page)
    }

    @Sendable private func begin(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let (form, page) = (
            Form(try await context.lateProof(request, person)), context.accountPage(.secondFactor, request)
        )
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let start = try await context.accounts.setUpSecondFactor.begin(
                    person,
                    password: sent.body.value("current"),
                    from: request.visitor.from
                )
                switch start {
                case .begun(let setUp): return context.form(request, codeForm(request), setUpPage(request, setUp))
                case .inForce: return context.redirect(to: request.link.account(.secondFactor))
                case .refused(let proof):
                    return context.refusal(request, proof, form, page) ?? context.form(request, form, page)
                }
            }
        )
    }

    @Sendable private func confirm(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = context.words(request)
        var form = codeForm(request)
        // Show the same secret again, so that a mistyped code does not restart the set-up.
        guard let setUp = try await context.accounts.setUpSecondFactor.pending(person) else {
            return .answer(context.redirect(to: request.link.account(.secondFactor)))
        }
        let page = setUpPage(request, setUp)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                guard let code = sent.body.trimmed("code") else {
                    form.fail("code", words["login_code_missing"])
                    return context.form(request, form, page)
                }
                switch try await context.accounts.setUpSecondFactor.confirm(
                    person,
                    code: code,
                    from: request.visitor.from
                ) {
                case .enabled(let codes, let session):
                    context.sessions.forget(person.person)
                    let renewed = request.with(person: try await context.accounts.resumeSession(session.token.text))
                    var response = codesPage(renewed, codes)
                    context.keep(session, request, in: &response)
                    return response
                case .wrong:
                    form.fail("code", words["second_factor_code_wrong"])
                    return context.form(request, form, page)
                case .wait(let seconds): return context.wait(request, form, page, seconds: seconds)
                }
            }
        )
    }

    @Sendable private func showRenewal(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        context.form(request, try await proofForm(request, person), proofPage(request, "second_factor_renew"))
    }

    @Sendable private func renew(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let form = try await proofForm(request, person)
        let page = proofPage(request, "second_factor_renew")
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let outcome = try await context.accounts.renewRecoveryCodes(
                    person,
                    password: sent.body.value("current"),
                    code: sent.body.trimmed("code") ?? "",
                    from: request.visitor.from
                )
                switch outcome {
                case .renewed(let codes): return codesPage(request, codes)
                case .notInForce: return context.redirect(to: request.link.account(.secondFactor))
                case .refused(let proof):
                    return context.refusal(request, proof, form, page) ?? context.form(request, form, page)
                }
            }
        )
    }

    @Sendable private func showEnd(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        context.form(request, try await proofForm(request, person), proofPage(request, "second_factor_off"))
    }

    @Sendable private func end(_ request: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let form = try await proofForm(request, person)
        let page = proofPage(request, "second_factor_off")
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let outcome = try await context.accounts.disableSecondFactor(
                    person,
                    password: sent.body.value("current"),
                    code: sent.body.trimmed("code") ?? "",
                    from: request.visitor.from
                )
                context.sessions.forget(person.person)
                return context.refusal(request, outcome, form, page)
                    ?? context.redirect(to: request.link.account + "?done=second-factor-off")
            }
        )
    }

    private func codesPage(_ request: PageRequest, _ codes: [String]) -> Response {
        var page = context.accountPage(.secondFactor, request)
        let words = context.words(request)
        page.lead = [words["second_factor_codes_lead"]]
        page.done = words["second_factor_on"]
        page.body = RecoveryCodes(codes: codes)
        return context.form(request, Form([]), page)
    }

    private func codeForm(_ request: PageRequest) -> Form {
        let words = context.words(request)
        return Form([code(words, hint: words["second_factor_code_hint"], inputMode: "numeric")])
    }

    private func code(_ words: Strings, hint: String, inputMode: String? = nil) -> FormField {
        var code = FormField.line("code", words["login_code"], inputMode: inputMode).with(
            hint: hint,
            autocomplete: "one-time-code"
        )
        code.isCode = true
        return code
    }

    private func setUpPage(_ request: PageRequest, _ setUp: SecondFactorSetUp) -> FormPage {
        let words = context.words(request)
        var page = context.accountPage(.secondFactor, request)
        page.lead = [words["second_factor_set_up"]]
        page.submit = words["second_factor_confirm"]
        page.action = request.link.account(.secondFactor) + "/confirm"
        // In groups of four, for typing by hand.
        let groups = stride(from: 0, to: setUp.secret.count, by: 4).map {
            String(setUp.secret.dropFirst($0).prefix(4))
        }
        page.body = SecondFactorInstructions(
            secret: groups.joined(separator: " "),
            address: setUp.address,
            picture: picture(setUp.address)
        )
        return page
    }

    // Inline the QR code: its address contains the secret, which must not appear in another request.
    private func picture(_ address: String) -> SecondFactorInstructions.Picture? {
        guard let code = try? QRCode(address) else { return nil }
        return .init(side: code.side, width: 4 * code.side, path: code.path)
    }

    private func proofForm(_ request: PageRequest, _ person: SignedIn) async throws -> Form {
        let words = context.words(request)
        return Form(try await context.proof(request, person) + [code(words, hint: words["login_code_hint"])])
    }

    private func proofPage(_ request: PageRequest, _ key: String) -> FormPage {
        let words = context.words(request)
        var page = context.accountPage(.secondFactor, request)
        page.lead = [words[key + "_lead"]]
        page.submit = words[key + "_submit"]
        page.isGrave = key == "second_factor_off"
        return page
    }
}
