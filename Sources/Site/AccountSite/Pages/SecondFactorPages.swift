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
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/second-factor", desk.signedIn(show))
        routes.post("/account/second-factor", desk.signedIn(begin))
        // Switching the language here loads the page by GET, which starts the step again.
        routes.get("/account/second-factor/confirm") { visit in desk.redirect(to: visit.link.account(.secondFactor)) }
        routes.post("/account/second-factor/confirm", desk.signedIn(confirm))
        routes.get("/account/second-factor/codes", desk.signedIn(showRenewal))
        routes.post("/account/second-factor/codes", desk.signedIn(renew))
        routes.get("/account/second-factor/off", desk.signedIn(showEnd))
        routes.post("/account/second-factor/off", desk.signedIn(end))
    }

    @Sendable private func show(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let profile = try await desk.profile(of: person)
        let words = desk.words(visit)
        var page = desk.accountPage(.secondFactor, visit)
        if person.mustSetUpSecondFactor { page.lead.insert(words["second_factor_due"], at: 0) }
        guard profile.person.hasSecondFactor else {
            return desk.form(visit, Form(try await desk.lateProof(visit, person)), page)
        }
        let path = visit.link.account(.secondFactor)
        let left = words.text("second_factor_codes_left", ["n": words.number(profile.recoveryCodesLeft ?? 0)])
        page.body = SecondFactorStatus(left: left, renewHref: path + "/codes", offHref: path + "/off")
        return desk.form(visit, Form([]), page)
    }

    @Sendable private func begin(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let (form, page) = (Form(try await desk.lateProof(visit, person)), desk.accountPage(.secondFactor, visit))
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let start = try await desk.accounts.setUpSecondFactor.begin(
                    person,
                    password: sent.body.value("current"),
                    from: visit.visitor.from
                )
                switch start {
                case .begun(let setUp): return desk.form(visit, codeForm(visit), setUpPage(visit, setUp))
                case .inForce: return desk.redirect(to: visit.link.account(.secondFactor))
                case .refused(let proof): return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
                }
            }
        )
    }

    @Sendable private func confirm(
        _ visit: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = desk.words(visit)
        var form = codeForm(visit)
        // Show the same secret again, so that a mistyped code does not restart the set-up.
        guard let setUp = try await desk.accounts.setUpSecondFactor.pending(person) else {
            return .answer(desk.redirect(to: visit.link.account(.secondFactor)))
        }
        let page = setUpPage(visit, setUp)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                guard let code = sent.body.trimmed("code") else {
                    form.fail("code", words["login_code_missing"])
                    return desk.form(visit, form, page)
                }
                switch try await desk.accounts.setUpSecondFactor.confirm(person, code: code, from: visit.visitor.from) {
                case .enabled(let codes, let session):
                    desk.sessions.forget(person.person)
                    let renewed = visit.with(person: try await desk.accounts.resumeSession(session.token.text))
                    var response = codesPage(renewed, codes)
                    desk.keep(session, visit, in: &response)
                    return response
                case .wrong:
                    form.fail("code", words["second_factor_code_wrong"])
                    return desk.form(visit, form, page)
                case .wait(let seconds): return desk.wait(visit, form, page, seconds: seconds)
                }
            }
        )
    }

    @Sendable private func showRenewal(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        desk.form(visit, try await proofForm(visit, person), proofPage(visit, "second_factor_renew"))
    }

    @Sendable private func renew(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let form = try await proofForm(visit, person)
        let page = proofPage(visit, "second_factor_renew")
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let outcome = try await desk.accounts.renewRecoveryCodes(
                    person,
                    password: sent.body.value("current"),
                    code: sent.body.trimmed("code") ?? "",
                    from: visit.visitor.from
                )
                switch outcome {
                case .renewed(let codes): return codesPage(visit, codes)
                case .notInForce: return desk.redirect(to: visit.link.account(.secondFactor))
                case .refused(let proof): return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
                }
            }
        )
    }

    @Sendable private func showEnd(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        desk.form(visit, try await proofForm(visit, person), proofPage(visit, "second_factor_off"))
    }

    @Sendable private func end(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction {
        let form = try await proofForm(visit, person)
        let page = proofPage(visit, "second_factor_off")
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let outcome = try await desk.accounts.disableSecondFactor(
                    person,
                    password: sent.body.value("current"),
                    code: sent.body.trimmed("code") ?? "",
                    from: visit.visitor.from
                )
                desk.sessions.forget(person.person)
                return desk.refusal(visit, outcome, form, page)
                    ?? desk.redirect(to: visit.link.account + "?done=second-factor-off")
            }
        )
    }

    private func codesPage(_ visit: PageRequest, _ codes: [String]) -> Response {
        var page = desk.accountPage(.secondFactor, visit)
        let words = desk.words(visit)
        page.lead = [words["second_factor_codes_lead"]]
        page.done = words["second_factor_on"]
        page.body = RecoveryCodes(codes: codes)
        return desk.form(visit, Form([]), page)
    }

    private func codeForm(_ visit: PageRequest) -> Form {
        let words = desk.words(visit)
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

    private func setUpPage(_ visit: PageRequest, _ setUp: SecondFactorSetUp) -> FormPage {
        let words = desk.words(visit)
        var page = desk.accountPage(.secondFactor, visit)
        page.lead = [words["second_factor_set_up"]]
        page.submit = words["second_factor_confirm"]
        page.action = visit.link.account(.secondFactor) + "/confirm"
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

    private func proofForm(_ visit: PageRequest, _ person: SignedIn) async throws -> Form {
        let words = desk.words(visit)
        return Form(try await desk.proof(visit, person) + [code(words, hint: words["login_code_hint"])])
    }

    private func proofPage(_ visit: PageRequest, _ key: String) -> FormPage {
        let words = desk.words(visit)
        var page = desk.accountPage(.secondFactor, visit)
        page.lead = [words[key + "_lead"]]
        page.submit = words[key + "_submit"]
        page.isGrave = key == "second_factor_off"
        return page
    }
}
