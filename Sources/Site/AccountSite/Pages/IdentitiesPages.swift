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
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/identities", desk.signedIn(show))
        routes.post("/account/identities", desk.signedIn(unlink))
        // Switching the language here loads the page by GET, which starts at the beginning.
        routes.get("/account/identities/proof") { visit in desk.redirect(to: visit.link.account(.identities)) }
        routes.post("/account/identities/proof", desk.signedIn(prove))
    }

    @Sendable private func show(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        try await page(visit, person, Form([]))
    }

    @Sendable private func unlink(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let words = desk.words(visit)
        var form = Form([])
        return FormAction(
            stale: {
                form.fail(words["form_stale"])
                return try await page(visit, person, form)
            },
            perform: { sent in
                let number = sent.body.value("identity").flatMap { Int64($0) } ?? 0
                switch try await desk.accounts.linkIdentity.unlink(number, from: person) {
                case .unlinked, .unknown:
                    return desk.redirect(to: visit.link.account(.identities) + "?done=unlinked")
                case .lastWayIn:
                    form.fail(words["account_identities_last"])
                    return try await page(visit, person, form)
                case .needsProof: return try await page(visit, person, form)
                }
            }
        )
    }

    // A linked provider is a permanent way to sign in, so someone who merely finds an open session must not be able to add
    // one.
    @Sendable private func prove(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let (form, page) = (Form(try await desk.lateProof(visit, person)), proofPage(visit))
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let proof = try await desk.accounts.proveOwnership.proveUnlessFresh(
                    person,
                    password: sent.body.value("current"),
                    from: visit.visitor.from
                )
                return desk.refusal(visit, proof, form, page) ?? desk.redirect(to: visit.link.account(.identities))
            }
        )
    }

    private func proofPage(_ visit: PageRequest) -> FormPage {
        let words = desk.words(visit)
        var page = desk.accountPage(.identities, visit)
        page.lead = [words["account_proof_lead"]]
        page.submit = words["account_proof_submit"]
        page.action = visit.link.account(.identities) + "/proof"
        return page
    }

    private func page(_ visit: PageRequest, _ person: SignedIn, _ form: Form) async throws -> Response {
        guard try await desk.accounts.proveOwnership.isFresh(person) else {
            return desk.form(visit, Form(try await desk.proof(visit, person)), proofPage(visit))
        }
        let words = desk.words(visit)
        let profile = try await desk.profile(of: person)
        var page = desk.accountPage(.identities, visit)
        page.done = visit.query("done").flatMap { words.texts["account_identities_done_\($0)"] }
        let linked = profile.identities.map { item($0, words) }
        let names = Set(profile.identities.map(\.provider))
        let others = desk.providers.items(visit, words, to: nil, purpose: .link)
            .filter { !names.contains($0.name) }
        page.body = IdentityList(linked: linked, providers: others)
        return desk.form(visit, form, page)
    }

    private func item(_ identity: LinkedIdentity, _ words: Strings) -> IdentityList.Item {
        .init(
            id: String(identity.id),
            label: desk.providers.label(of: identity.provider),
            email: identity.email,
            since: words.text("account_identities_since", ["date": words.day(identity.linked)])
        )
    }
}
