import Accounts
import Civic
import Hummingbird
import SiteKit

/// The providers that are linked to an account, and those that can be.
struct IdentityList: FramedPage {
    struct Item: Codable, Sendable {
        let id: String
        let label: String
        let email: String?
        let since: String
    }

    static let template = "account/identities"

    let linked: [Item]
    let providers: [ProviderLink]
}

/// The providers that are linked to an account.
struct IdentitiesPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/identities", context.signedIn(show))
        routes.post("/account/identities", context.signedIn(unlink))
        // Switching the language here loads the page by GET, which starts at the beginning.
        routes.get("/account/identities/proof") { request in context.redirect(to: request.link.account(.identities)) }
        routes.post("/account/identities/proof", context.signedIn(prove))
    }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        try await page(request, person, Form([]))
    }

    @Sendable private func unlink(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = context.words(request)
        var form = Form([])
        return FormAction(
            stale: {
                form.fail(words["form_stale"])
                return try await page(request, person, form)
            },
            perform: { sent in
                let number = sent.body.value("identity").flatMap { Int64($0) } ?? 0
                switch try await context.accounts.linkIdentity.unlink(number, from: person) {
                case .unlinked, .unknown:
                    return context.redirect(to: request.link.account(.identities) + "?done=unlinked")
                case .lastWayIn:
                    form.fail(words["account_identities_last"])
                    return try await page(request, person, form)
                case .needsProof: return try await page(request, person, form)
                }
            }
        )
    }

    // A linked provider is a permanent way to sign in, so someone who merely finds an open session must not be able to add
    // one.
    @Sendable private func prove(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let (form, page) = (Form(try await context.lateProof(request, person)), proofPage(request))
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let proof = try await context.accounts.proveOwnership.proveUnlessFresh(
                    person,
                    password: sent.body.value("current"),
                    from: request.visitor.from
                )
                return context.refusal(request, proof, form, page)
                    ?? context.redirect(to: request.link.account(.identities))
            }
        )
    }

    private func proofPage(_ request: PageRequest) -> FormPage {
        let words = context.words(request)
        var page = context.accountPage(.identities, request)
        page.lead = [words["account_proof_lead"]]
        page.submit = words["account_proof_submit"]
        page.action = request.link.account(.identities) + "/proof"
        return page
    }

    private func page(_ request: PageRequest, _ person: SignedIn, _ form: Form) async throws -> Response {
        guard try await context.accounts.proveOwnership.isFresh(person) else {
            return context.form(request, Form(try await context.proof(request, person)), proofPage(request))
        }
        let words = context.words(request)
        let profile = try await context.profile(of: person)
        var page = context.accountPage(.identities, request)
        page.done = request.query("done").flatMap { words.texts["account_identities_done_\($0)"] }
        let linked = profile.identities.map { item($0, words) }
        let names = Set(profile.identities.map(\.provider))
        let others = context.providers.items(request, words, to: nil, purpose: .link)
            .filter { !names.contains($0.name) }
        page.body = IdentityList(linked: linked, providers: others)
        return context.form(request, form, page)
    }

    private func item(_ identity: LinkedIdentity, _ words: Strings) -> IdentityList.Item {
        .init(
            id: String(identity.id),
            label: context.providers.label(of: identity.provider),
            email: identity.email,
            since: words.text("account_identities_since", ["date": words.day(identity.linked)])
        )
    }
}
