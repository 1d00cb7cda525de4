import Accounts
import Civic
import Hummingbird
import SiteKit

/// The page behind the link of an activation mail or an invitation: opening it changes nothing, since mail scanners open
/// links too; its button creates the account.
struct ActivationPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/activate/:token", show)
        routes.post("/activate/:token", activate)
    }

    @Sendable private func show(_ request: PageRequest) async throws -> Response {
        guard let (_, pending) = try await pending(request) else { return dead(request) }
        return context.form(request, form(request, pending), page(request, pending))
    }

    @Sendable private func activate(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        guard let (token, pending) = try await pending(request) else { return .answer(dead(request)) }
        var form = form(request, pending)
        form.take(body)
        return FormAction(
            stale: { context.stale(request, form, page(request, pending)) },
            perform: { sent in
                _ = form.username("username", words)
                let name = pending.name == nil ? form.name("name", words) : nil
                let password = sent.body.value("password") ?? ""
                if pending.needsPassword, password.isEmpty { form.fail("password", words["password_missing"]) }
                if pending.needsAgreement, form["agree"].isEmpty { form.fail("agree", words["register_agree_missing"]) }
                guard !form.hasFaults else { return context.form(request, form, page(request, pending)) }
                let outcome = try await context.accounts.activateAccount.activate(
                    token,
                    password: pending.needsPassword ? password : nil,
                    username: form["username"],
                    name: name,
                    agreement: pending.needsAgreement ? context.accounts.settings.agreement : nil,
                    device: request.visitor.device,
                    from: request.visitor.from,
                    ticket: context.identityTicket(request),
                    earlier: request.visitor.session
                )
                return answer(request, outcome, form, pending)
            }
        )
    }

    private func answer(
        _ request: PageRequest,
        _ outcome: ActivationOutcome,
        _ form: Form,
        _ pending: PendingActivation
    ) -> Response {
        let words = context.words(request)
        var form = form
        switch outcome {
        case .activated(let session):
            return context.begin(session, request, to: request.link.account + "?done=welcome")
        case .expired: return dead(request)
        case .busy: return context.busy(request, form, page(request, pending))
        default: form.note(outcome, words)
        }
        return context.form(request, form, page(request, pending))
    }

    private func pending(_ request: PageRequest) async throws -> (SecretToken, PendingActivation)? {
        guard let token = SecretToken(request.parameter("token")),
            let pending = try await context.accounts.activateAccount.pending(
                token,
                ticket: context.identityTicket(request)
            )
        else { return nil }
        return (token, pending)
    }

    private func dead(_ request: PageRequest) -> Response {
        let words = context.words(request)
        return context.deadLink(
            request,
            ["link_dead_activation", "link_dead_invitation"],
            links: [(request.link.register, words["register_title"]), (request.link.login, words["login_title"])]
        )
    }

    private func form(_ request: PageRequest, _ pending: PendingActivation) -> Form {
        let words = context.words(request)
        var fields: [FormField] = []
        if pending.name == nil {
            fields.append(
                .line("name", words["register_name"]).with(hint: words["register_name_hint"], autocomplete: "name")
            )
        }
        fields.append(.username(words, value: pending.username?.text ?? ""))
        if pending.needsPassword { fields.append(.newPassword("password", words["password_label"], words)) }
        if pending.needsAgreement { fields.append(.box("agree", words["register_agree"], isRequired: true)) }
        return Form(fields)
    }

    private func page(_ request: PageRequest, _ pending: PendingActivation) -> FormPage {
        let words = context.words(request)
        let lead =
            pending.name.map { words.text("activate_lead", ["name": $0.text]) } ?? words["activate_lead_nameless"]
        return FormPage(
            title: words["activate_title"],
            lead: [lead, words.text("activate_email", ["email": pending.email.text])],
            submit: words["activate_submit"],
            links: pending.needsAgreement ? [(request.link.agreement, words["register_agreement_open"])] : []
        )
    }
}

extension FormField {
    static func username(_ words: Strings, value: String) -> FormField {
        var field = line("username", words["username_label"]).with(
            hint: words.text(
                "username_hint",
                [
                    "least": words.number(Username.length.lowerBound),
                    "most": words.number(Username.length.upperBound),
                ]
            ),
            autocomplete: "username",
            value: value
        )
        field.isCode = true
        return field
    }

    static func newPassword(_ name: String, _ label: String, _ words: Strings) -> FormField {
        password(name, label, autocomplete: "new-password").with(
            hint: words.text("password_hint", ["n": words.number(AccountSettings.leastPassword)])
        )
    }
}

extension Form {
    /// Records the faults of an activation at their fields.
    mutating func note(_ outcome: ActivationOutcome, _ words: Strings) {
        switch outcome {
        case .password(let fault): fail("password", words.fault(fault))
        case .username(let fault): fail("username", words.fault(fault))
        case .usernameTaken(let suggestion):
            fail(
                "username",
                suggestion.map { words.text("username_taken_offer", ["name": $0.text]) } ?? words["username_taken"]
            )
        case .needsName: fail("name", words["name_missing"])
        case .needsAgreement: fail("agree", words["register_agree_missing"])
        case .activated, .expired, .busy: break
        }
    }
}

extension AccountSettings {
    /// The minimum length of a password in characters, for the hint; the accounts module enforces it.
    static let leastPassword = 10
}
