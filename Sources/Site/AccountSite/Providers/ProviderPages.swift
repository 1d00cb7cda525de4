import Accounts
import Civic
import Hummingbird
import SiteKit

/// Completes a sign-in through a provider when the portal does not know the person yet.
struct ProviderPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/auth/finish", showFinish)
        routes.post("/auth/finish", finish)
        routes.get("/auth/email", showEmail)
        routes.post("/auth/email", takeEmail)
    }

    @Sendable private func showFinish(_ request: PageRequest) async throws -> Response {
        guard let (_, identity) = try await pending(request) else { return context.identityExpired(request) }
        return context.form(request, finishForm(request, identity), finishPage(request, identity))
    }

    @Sendable private func finish(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        guard let (ticket, identity) = try await pending(request) else {
            return .answer(context.identityExpired(request))
        }
        var form = finishForm(request, identity)
        form.take(body)
        let page = finishPage(request, identity)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let name = form.name("name", words)
                _ = form.username("username", words)
                if form["agree"].isEmpty { form.fail("agree", words["register_agree_missing"]) }
                guard let name, !form.hasFaults else { return context.form(request, form, page) }
                let outcome = try await context.accounts.joinWithProvider.accept(
                    ticket,
                    username: form["username"],
                    name: name,
                    agreement: context.accounts.settings.agreement,
                    device: request.visitor.device,
                    from: request.visitor.from,
                    earlier: request.visitor.session
                )
                switch outcome {
                case .activated(let session):
                    return context.begin(session, request, to: request.link.account + "?done=welcome")
                case .expired: return context.identityExpired(request)
                case .busy: return context.busy(request, form, page)
                default:
                    form.note(outcome, words)
                    return context.form(request, form, page)
                }
            }
        )
    }

    @Sendable private func showEmail(_ request: PageRequest) async throws -> Response {
        guard let (_, identity) = try await pending(request) else { return context.identityExpired(request) }
        return context.form(request, emailForm(request, identity), emailPage(request, identity))
    }

    @Sendable private func takeEmail(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        guard let (ticket, identity) = try await pending(request) else {
            return .answer(context.identityExpired(request))
        }
        var form = emailForm(request, identity)
        form.take(body)
        let page = emailPage(request, identity)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let name = form.name("name", words)
                let email = form.email("email", words)
                if form["agree"].isEmpty { form.fail("agree", words["register_agree_missing"]) }
                guard let name, let email, !form.hasFaults else { return context.form(request, form, page) }
                let outcome = try await context.accounts.joinWithProvider.provideEmail(
                    ticket,
                    email: email,
                    name: name,
                    agreement: context.accounts.settings.agreement,
                    from: request.visitor.from
                )
                switch outcome {
                case nil: return context.identityExpired(request)
                case .accepted: return context.redirect(to: request.link.registered, typed: email.text, request)
                case .wait(let seconds): return context.wait(request, form, page, seconds: seconds)
                }
            }
        )
    }

    private func pending(_ request: PageRequest) async throws -> (SecretToken, ExternalIdentity)? {
        try await context.pendingIdentity(request)
    }

    private func finishForm(_ request: PageRequest, _ identity: ExternalIdentity) -> Form {
        let words = context.words(request)
        let offered = identity.verifiedEmail.flatMap { Username.suggested(from: $0) }
        return Form([
            .line("name", words["register_name"]).with(
                hint: words["register_name_hint"],
                autocomplete: "name",
                value: identity.personName?.text ?? ""
            ), .username(words, value: offered?.text ?? ""),
            .box("agree", words["register_agree"], isRequired: true),
        ])
    }

    private func emailForm(_ request: PageRequest, _ identity: ExternalIdentity) -> Form {
        let words = context.words(request)
        return Form([
            .line("name", words["register_name"]).with(
                hint: words["register_name_hint"],
                autocomplete: "name",
                value: identity.personName?.text ?? ""
            ),
            .email("email", words["register_email"]).with(
                hint: words["register_email_hint"],
                value: identity.email ?? ""
            ), .box("agree", words["register_agree"], isRequired: true),
        ])
    }

    private func finishPage(_ request: PageRequest, _ identity: ExternalIdentity) -> FormPage {
        page(request, "provider_finish", identity, submit: "register_submit")
    }

    private func emailPage(_ request: PageRequest, _ identity: ExternalIdentity) -> FormPage {
        page(request, "provider_email", identity, submit: "register_submit")
    }

    private func page(_ request: PageRequest, _ key: String, _ identity: ExternalIdentity, submit: String) -> FormPage {
        let words = context.words(request)
        return FormPage(
            title: words["register_title"],
            lead: [words.text("\(key)_lead", ["provider": context.providers.label(of: identity.provider)])],
            submit: words[submit],
            links: [(request.link.agreement, words["register_agreement_open"])]
        )
    }
}

extension AccountPageContext {
    /// The identity from a provider that is still to be completed in this browser.
    func pendingIdentity(_ request: PageRequest) async throws -> (SecretToken, ExternalIdentity)? {
        guard let ticket = identityTicket(request),
            let identity = try await accounts.joinWithProvider.pendingIdentity(ticket)
        else { return nil }
        return (ticket, identity)
    }

    /// The ticket of that identity.
    func identityTicket(_ request: PageRequest) -> SecretToken? { request.visitor.identity.flatMap { SecretToken($0) } }

    /// The page saying that too much time has passed since the provider's answer.
    func identityExpired(_ request: PageRequest) -> Response {
        let words = words(request)
        return notice(
            request,
            title: words["provider_failed_title"],
            [words["provider_expired"]],
            button: (request.link.login, words["login_title"]),
            status: .gone
        )
    }
}
