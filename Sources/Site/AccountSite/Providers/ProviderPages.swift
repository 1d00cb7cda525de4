import Accounts
import Civic
import Hummingbird
import SiteKit

/// Completes a sign-in through a provider when the portal does not know the person yet.
struct ProviderPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/auth/finish", showFinish)
        routes.post("/auth/finish", finish)
        routes.get("/auth/email", showEmail)
        routes.post("/auth/email", takeEmail)
    }

    @Sendable private func showFinish(_ visit: PageRequest) async throws -> Response {
        guard let (_, identity) = try await pending(visit) else { return desk.identityExpired(visit) }
        return desk.form(visit, finishForm(visit, identity), finishPage(visit, identity))
    }

    @Sendable private func finish(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        guard let (ticket, identity) = try await pending(visit) else { return .answer(desk.identityExpired(visit)) }
        var form = finishForm(visit, identity)
        form.take(body)
        let page = finishPage(visit, identity)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let name = form.name("name", words)
                _ = form.username("username", words)
                if form["agree"].isEmpty { form.fail("agree", words["register_agree_missing"]) }
                guard let name, !form.hasFaults else { return desk.form(visit, form, page) }
                let outcome = try await desk.accounts.joinWithProvider.accept(
                    ticket,
                    username: form["username"],
                    name: name,
                    agreement: desk.accounts.settings.agreement,
                    device: visit.visitor.device,
                    from: visit.visitor.from,
                    earlier: visit.visitor.session
                )
                switch outcome {
                case .activated(let session):
                    return desk.begin(session, visit, to: visit.link.account + "?done=welcome")
                case .expired: return desk.identityExpired(visit)
                case .busy: return desk.busy(visit, form, page)
                default:
                    form.note(outcome, words)
                    return desk.form(visit, form, page)
                }
            }
        )
    }

    @Sendable private func showEmail(_ visit: PageRequest) async throws -> Response {
        guard let (_, identity) = try await pending(visit) else { return desk.identityExpired(visit) }
        return desk.form(visit, emailForm(visit, identity), emailPage(visit, identity))
    }

    @Sendable private func takeEmail(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        guard let (ticket, identity) = try await pending(visit) else { return .answer(desk.identityExpired(visit)) }
        var form = emailForm(visit, identity)
        form.take(body)
        let page = emailPage(visit, identity)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let name = form.name("name", words)
                let email = form.email("email", words)
                if form["agree"].isEmpty { form.fail("agree", words["register_agree_missing"]) }
                guard let name, let email, !form.hasFaults else { return desk.form(visit, form, page) }
                let outcome = try await desk.accounts.joinWithProvider.provideEmail(
                    ticket,
                    email: email,
                    name: name,
                    agreement: desk.accounts.settings.agreement,
                    from: visit.visitor.from
                )
                switch outcome {
                case nil: return desk.identityExpired(visit)
                case .accepted: return desk.redirect(to: visit.link.registered, typed: email.text, visit)
                case .wait(let seconds): return desk.wait(visit, form, page, seconds: seconds)
                }
            }
        )
    }

    private func pending(_ visit: PageRequest) async throws -> (SecretToken, ExternalIdentity)? {
        try await desk.pendingIdentity(visit)
    }

    private func finishForm(_ visit: PageRequest, _ identity: ExternalIdentity) -> Form {
        let words = desk.words(visit)
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

    private func emailForm(_ visit: PageRequest, _ identity: ExternalIdentity) -> Form {
        let words = desk.words(visit)
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

    private func finishPage(_ visit: PageRequest, _ identity: ExternalIdentity) -> FormPage {
        page(visit, "provider_finish", identity, submit: "register_submit")
    }

    private func emailPage(_ visit: PageRequest, _ identity: ExternalIdentity) -> FormPage {
        page(visit, "provider_email", identity, submit: "register_submit")
    }

    private func page(_ visit: PageRequest, _ key: String, _ identity: ExternalIdentity, submit: String) -> FormPage {
        let words = desk.words(visit)
        return FormPage(
            title: words["register_title"],
            lead: [words.text("\(key)_lead", ["provider": desk.providers.label(of: identity.provider)])],
            submit: words[submit],
            links: [(visit.link.agreement, words["register_agreement_open"])]
        )
    }
}

extension AccountPageContext {
    /// The identity from a provider that is still to be completed in this browser.
    func pendingIdentity(_ visit: PageRequest) async throws -> (SecretToken, ExternalIdentity)? {
        guard let ticket = identityTicket(visit),
            let identity = try await accounts.joinWithProvider.pendingIdentity(ticket)
        else { return nil }
        return (ticket, identity)
    }

    /// The ticket of that identity.
    func identityTicket(_ visit: PageRequest) -> SecretToken? { visit.visitor.identity.flatMap { SecretToken($0) } }

    /// The page saying that too much time has passed since the provider's answer.
    func identityExpired(_ visit: PageRequest) -> Response {
        let words = words(visit)
        return notice(
            visit,
            title: words["provider_failed_title"],
            [words["provider_expired"]],
            button: (visit.link.login, words["login_title"]),
            status: .gone
        )
    }
}
