import Accounts
import Civic
import Hummingbird
import SiteKit

/// Linking a provider to an existing account with the same address: only after its owner has proved to be the same person, by
/// signing in or by a mailed link.
struct ProviderLinkPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/auth/confirm", show)
        routes.post("/auth/confirm", confirm)
        routes.get("/auth/link/:token", showLink)
        routes.post("/auth/link/:token", link)
    }

    @Sendable private func show(_ request: PageRequest) async throws -> Response {
        guard let (_, identity) = try await context.pendingIdentity(request) else {
            return context.identityExpired(request)
        }
        return context.form(request, try await proofForm(request), page(request, identity))
    }

    // An existing session may have been open for days, so ask for a proof.
    private func proofForm(_ request: PageRequest) async throws -> Form {
        guard let person = request.visitor.person else { return Form([]) }
        return Form(try await context.lateProof(request, person))
    }

    @Sendable private func confirm(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        guard let (ticket, identity) = try await context.pendingIdentity(request) else {
            return .answer(context.identityExpired(request))
        }
        let page = page(request, identity)
        let form = try await proofForm(request)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                if let person = request.visitor.person {
                    let proof = try await context.accounts.proveOwnership.proveUnlessFresh(
                        person,
                        password: sent.body.value("current"),
                        from: request.visitor.from
                    )
                    if let refusal = context.refusal(request, proof, form, page) { return refusal }
                    let outcome = try await context.accounts.linkIdentity.linkPending(ticket, to: person)
                    context.sessions.forget(person.person)
                    guard outcome != .expired else { return context.identityExpired(request) }
                    let done = outcome == .taken ? "taken" : "linked"
                    return context.redirect(to: request.link.account(.identities) + "?done=" + done)
                }
                switch try await context.accounts.linkIdentity.requestLink(ticket, from: request.visitor.from) {
                case nil: return context.identityExpired(request)
                case .accepted: return sentPage(request)
                case .wait(let seconds): return context.wait(request, Form([]), page, seconds: seconds)
                }
            }
        )
    }

    private func sentPage(_ request: PageRequest) -> Response {
        let words = context.words(request)
        return context.notice(
            request,
            title: words["register_sent_title"],
            [words["provider_link_sent"]],
            links: context.developmentMail(words)
        )
    }

    @Sendable private func showLink(_ request: PageRequest) async throws -> Response {
        context.form(request, Form([]), linkPage(request))
    }

    @Sendable private func link(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        return FormAction(
            stale: { context.stale(request, Form([]), linkPage(request)) },
            perform: { sent in
                guard let token = SecretToken(request.parameter("token")) else {
                    return context.identityExpired(request)
                }
                switch try await context.accounts.linkIdentity.confirm(token, ticket: context.identityTicket(request)) {
                case .linked, .already:
                    return context.notice(
                        request,
                        title: words["provider_linked_title"],
                        [words["provider_linked"]],
                        button: (request.link.login, words["login_title"])
                    )
                case .taken:
                    return context.notice(
                        request,
                        title: words["provider_failed_title"],
                        [words["account_identities_done_taken"]],
                        button: (request.link.login, words["login_title"]),
                        status: .conflict
                    )
                case .otherBrowser:
                    return context.notice(
                        request,
                        title: words["provider_failed_title"],
                        [words["provider_other_browser"]],
                        status: .conflict
                    )
                case .expired, .needsProof: return context.identityExpired(request)
                }
            }
        )
    }

    private func page(_ request: PageRequest, _ identity: ExternalIdentity) -> FormPage {
        let words = context.words(request)
        let label = context.providers.label(of: identity.provider)
        let masked = identity.email.flatMap { try? EmailAddress($0) }?.masked ?? ""
        if let person = request.visitor.person {
            return FormPage(
                title: words.text("account_identities_link", ["provider": label]),
                lead: [words.text("provider_link_here", ["provider": label, "name": person.name.text])],
                submit: words.text("account_identities_link", ["provider": label]),
                links: [(request.link.account, words["form_cancel"])]
            )
        }
        return FormPage(
            title: words["provider_known_title"],
            lead: [words.text("provider_known", ["provider": label, "email": masked])],
            submit: words["provider_link_mail"],
            links: [(request.link.login(to: request.link.confirmIdentity), words["provider_link_sign_in"])]
        )
    }

    private func linkPage(_ request: PageRequest) -> FormPage {
        let words = context.words(request)
        return FormPage(
            title: words["provider_link_title"],
            lead: [words["provider_link_lead"]],
            submit: words["provider_link_submit"]
        )
    }
}
