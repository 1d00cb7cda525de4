import Accounts
import Civic
import Hummingbird
import SiteKit

/// Linking a provider to an existing account with the same address: only after its owner has proved to be the same person, by
/// signing in or by a mailed link.
struct ProviderLinkPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/auth/confirm", show)
        routes.post("/auth/confirm", confirm)
        routes.get("/auth/link/:token", showLink)
        routes.post("/auth/link/:token", link)
    }

    @Sendable private func show(_ visit: PageRequest) async throws -> Response {
        guard let (_, identity) = try await desk.pendingIdentity(visit) else { return desk.identityExpired(visit) }
        return desk.form(visit, try await proofForm(visit), page(visit, identity))
    }

    // An existing session may have been open for days, so ask for a proof.
    private func proofForm(_ visit: PageRequest) async throws -> Form {
        guard let person = visit.visitor.person else { return Form([]) }
        return Form(try await desk.lateProof(visit, person))
    }

    @Sendable private func confirm(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        guard let (ticket, identity) = try await desk.pendingIdentity(visit) else {
            return .answer(desk.identityExpired(visit))
        }
        let page = page(visit, identity)
        let form = try await proofForm(visit)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                if let person = visit.visitor.person {
                    let proof = try await desk.accounts.proveOwnership.proveUnlessFresh(
                        person,
                        password: sent.body.value("current"),
                        from: visit.visitor.from
                    )
                    if let refusal = desk.refusal(visit, proof, form, page) { return refusal }
                    let outcome = try await desk.accounts.linkIdentity.linkPending(ticket, to: person)
                    desk.sessions.forget(person.person)
                    guard outcome != .expired else { return desk.identityExpired(visit) }
                    let done = outcome == .taken ? "taken" : "linked"
                    return desk.redirect(to: visit.link.account(.identities) + "?done=" + done)
                }
                switch try await desk.accounts.linkIdentity.requestLink(ticket, from: visit.visitor.from) {
                case nil: return desk.identityExpired(visit)
                case .accepted: return sentPage(visit)
                case .wait(let seconds): return desk.wait(visit, Form([]), page, seconds: seconds)
                }
            }
        )
    }

    private func sentPage(_ visit: PageRequest) -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["register_sent_title"],
            [words["provider_link_sent"]],
            links: desk.developmentMail(words)
        )
    }

    @Sendable private func showLink(_ visit: PageRequest) async throws -> Response {
        desk.form(visit, Form([]), linkPage(visit))
    }

    @Sendable private func link(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        return FormAction(
            stale: { desk.stale(visit, Form([]), linkPage(visit)) },
            perform: { sent in
                guard let token = SecretToken(visit.parameter("token")) else { return desk.identityExpired(visit) }
                switch try await desk.accounts.linkIdentity.confirm(token, ticket: desk.identityTicket(visit)) {
                case .linked, .already:
                    return desk.notice(
                        visit,
                        title: words["provider_linked_title"],
                        [words["provider_linked"]],
                        button: (visit.link.login, words["login_title"])
                    )
                case .taken:
                    return desk.notice(
                        visit,
                        title: words["provider_failed_title"],
                        [words["account_identities_done_taken"]],
                        button: (visit.link.login, words["login_title"]),
                        status: .conflict
                    )
                case .otherBrowser:
                    return desk.notice(
                        visit,
                        title: words["provider_failed_title"],
                        [words["provider_other_browser"]],
                        status: .conflict
                    )
                case .expired, .needsProof: return desk.identityExpired(visit)
                }
            }
        )
    }

    private func page(_ visit: PageRequest, _ identity: ExternalIdentity) -> FormPage {
        let words = desk.words(visit)
        let label = desk.providers.label(of: identity.provider)
        let masked = identity.email.flatMap { try? EmailAddress($0) }?.masked ?? ""
        if let person = visit.visitor.person {
            return FormPage(
                title: words.text("account_identities_link", ["provider": label]),
                lead: [words.text("provider_link_here", ["provider": label, "name": person.name.text])],
                submit: words.text("account_identities_link", ["provider": label]),
                links: [(visit.link.account, words["form_cancel"])]
            )
        }
        return FormPage(
            title: words["provider_known_title"],
            lead: [words.text("provider_known", ["provider": label, "email": masked])],
            submit: words["provider_link_mail"],
            links: [(visit.link.login(to: visit.link.confirmIdentity), words["provider_link_sign_in"])]
        )
    }

    private func linkPage(_ visit: PageRequest) -> FormPage {
        let words = desk.words(visit)
        return FormPage(
            title: words["provider_link_title"],
            lead: [words["provider_link_lead"]],
            submit: words["provider_link_submit"]
        )
    }
}
