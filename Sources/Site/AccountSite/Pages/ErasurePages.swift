import Accounts
import Civic
import Hummingbird
import SiteKit

/// What deleting an account erases, and what is kept.
struct ErasurePreviewView: FramedPage {
    struct Kept: Codable, Sendable {
        let text: String
        let reason: String
    }

    static let template = "account/erasure"

    let erased: [String]
    let kept: [Kept]
}

/// Deleting an account: confirmed by the password, or by a mailed link if there is none.
struct ErasurePages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/delete", desk.signedIn(showErasure))
        routes.post("/account/delete", desk.signedIn(erase))
        routes.get("/account/delete/sent", desk.signedIn(sent))
        routes.get("/erase/:token", showLink)
        routes.post("/erase/:token", confirm)
        routes.get("/erased", erased)
    }

    @Sendable private func showErasure(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let form = try await erasureForm(visit, person)
        return desk.form(visit, form, try await erasurePage(visit, person))
    }

    @Sendable private func erase(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        let words = desk.words(visit)
        var form = try await erasureForm(visit, person)
        form.take(body)
        let page = try await erasurePage(visit, person)
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                if form["sure"].isEmpty { form.fail("sure", words["account_delete_sure_missing"]) }
                guard !form.hasFaults else { return desk.form(visit, form, page) }
                let outcome = try await desk.accounts.deleteAccount.erase(
                    person,
                    password: sent.body.value("current"),
                    from: visit.visitor.from,
                    participants: desk.site.personalData
                )
                switch outcome {
                case .erased: return ended(visit, person.person)
                case .mailed: return desk.redirect(to: visit.link.erasureSent)
                case .lastAdministrator:
                    form.fail(words["account_delete_last_admin"])
                    return desk.form(visit, form, page)
                case .refused(let proof):
                    return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
                }
            }
        )
    }

    @Sendable private func sent(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["register_sent_title"],
            [words["account_delete_sent"]],
            links: desk.developmentMail(words) + [(visit.link.account, words["form_back_to_account"])]
        )
    }

    // Opening the link changes nothing, because mail scanners open links.
    @Sendable private func showLink(_ visit: PageRequest) async throws -> Response {
        guard let token = SecretToken(visit.parameter("token")),
            let owner = try await desk.accounts.deleteAccount.pending(token)
        else { return dead(visit) }
        if let person = visit.visitor.person, person.person != owner.id { return otherAccount(visit) }
        return desk.form(visit, Form([]), linkPage(visit, owner))
    }

    @Sendable private func confirm(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        guard let token = SecretToken(visit.parameter("token")),
            let owner = try await desk.accounts.deleteAccount.pending(token)
        else { return .answer(dead(visit)) }
        var form = Form([])
        return FormAction(
            stale: { desk.stale(visit, form, linkPage(visit, owner)) },
            perform: { sent in
                let outcome = try await desk.accounts.deleteAccount.confirm(
                    token,
                    by: visit.visitor.person,
                    participants: desk.site.personalData
                )
                switch outcome {
                case .erased: return ended(visit, owner.id)
                case .expired: return dead(visit)
                case .otherAccount: return otherAccount(visit)
                case .lastAdministrator:
                    form.fail(desk.words(visit)["account_delete_last_admin"])
                    return desk.form(visit, form, linkPage(visit, owner))
                }
            }
        )
    }

    private func linkPage(_ visit: PageRequest, _ owner: Person) -> FormPage {
        let words = desk.words(visit)
        var page = FormPage(
            title: words["account_delete_title"],
            lead: [
                words.text("account_delete_confirm", ["email": owner.email.masked]), words["account_delete_lead"],
            ],
            submit: words["account_delete_submit"],
            links: [(visit.link.home, words["form_cancel"])]
        )
        page.isGrave = true
        return page
    }

    private func otherAccount(_ visit: PageRequest) -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["account_delete_title"],
            [words["account_delete_other"]],
            links: [(visit.link.account, words["account_mine"])],
            status: .conflict
        )
    }

    private func dead(_ visit: PageRequest) -> Response {
        let words = desk.words(visit)
        return desk.deadLink(
            visit,
            ["link_dead_erasure"],
            links: [(visit.link.account(.erasure), words["account_delete_title"])]
        )
    }

    private func ended(_ visit: PageRequest, _ person: PersonID) -> Response {
        desk.sessions.forget(person)
        var response = desk.redirect(to: visit.link.erased)
        desk.forget([.session, .device, .step, .typed, .draft], visit, in: &response)
        return response
    }

    @Sendable private func erased(_ visit: PageRequest) async throws -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["account_delete_done_title"],
            [words["account_delete_done"]],
            links: [(visit.link.home, words["to_home"])]
        )
    }

    private func erasureForm(_ visit: PageRequest, _ person: SignedIn) async throws -> Form {
        let words = desk.words(visit)
        let sure = FormField.box("sure", words["account_delete_sure"], isRequired: true)
        return Form([sure] + (try await desk.proof(visit, person)))
    }

    private func erasurePage(_ visit: PageRequest, _ person: SignedIn) async throws -> FormPage {
        let words = desk.words(visit)
        let previewed = try await desk.accounts.deleteAccount.preview(
            of: person.person,
            participants: desk.site.personalData
        )
        guard let preview = previewed else { throw Problem.notFound }
        let erased = preview.erased.map { item in text(item.subject, item.count, words) }
        let kept = preview.kept.map { item in
            ErasurePreviewView.Kept(
                text: text(item.subject, item.count, words),
                reason: words["erasure_reason_\(item.reason)"]
            )
        }
        var page = desk.accountPage(.erasure, visit)
        let owner = try await desk.profile(of: person).person
        if !owner.hasPassword {
            page.lead.append(words.text("account_delete_mail", ["email": owner.email.text]))
            page.submit = words["account_delete_mail_submit"]
        }
        page.isGrave = true
        page.body = ErasurePreviewView(erased: erased, kept: kept)
        return page
    }

    /// What is erased or kept, as text; with a number only where there can be several.
    private func text(_ subject: String, _ count: Int, _ words: Strings) -> String {
        words.texts["erasure_\(subject)"] ?? words.count("erasure_\(subject)", count)
    }
}
