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
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/delete", context.signedIn(showErasure))
        routes.post("/account/delete", context.signedIn(erase))
        routes.get("/account/delete/sent", context.signedIn(sent))
        routes.get("/erase/:token", showLink)
        routes.post("/erase/:token", confirm)
        routes.get("/erased", erased)
    }

    @Sendable private func showErasure(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let form = try await erasureForm(request, person)
        return context.form(request, form, try await erasurePage(request, person))
    }

    @Sendable private func erase(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = context.words(request)
        var form = try await erasureForm(request, person)
        form.take(body)
        let page = try await erasurePage(request, person)
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                if form["sure"].isEmpty { form.fail("sure", words["account_delete_sure_missing"]) }
                guard !form.hasFaults else { return context.form(request, form, page) }
                let outcome = try await context.accounts.deleteAccount.erase(
                    person,
                    password: sent.body.value("current"),
                    from: request.visitor.from,
                    participants: context.site.personalData
                )
                switch outcome {
                case .erased: return ended(request, person.person)
                case .mailed: return context.redirect(to: request.link.erasureSent)
                case .lastAdministrator:
                    form.fail(words["account_delete_last_admin"])
                    return context.form(request, form, page)
                case .refused(let proof):
                    return context.refusal(request, proof, form, page) ?? context.form(request, form, page)
                }
            }
        )
    }

    @Sendable private func sent(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        let words = context.words(request)
        return context.notice(
            request,
            title: words["register_sent_title"],
            [words["account_delete_sent"]],
            links: context.developmentMail(words) + [(request.link.account, words["form_back_to_account"])]
        )
    }

    // Opening the link changes nothing, because mail scanners open links.
    @Sendable private func showLink(_ request: PageRequest) async throws -> Response {
        guard let token = SecretToken(request.parameter("token")),
            let owner = try await context.accounts.deleteAccount.pending(token)
        else { return dead(request) }
        if let person = request.visitor.person, person.person != owner.id { return otherAccount(request) }
        return context.form(request, Form([]), linkPage(request, owner))
    }

    @Sendable private func confirm(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        guard let token = SecretToken(request.parameter("token")),
            let owner = try await context.accounts.deleteAccount.pending(token)
        else { return .answer(dead(request)) }
        var form = Form([])
        return FormAction(
            stale: { context.stale(request, form, linkPage(request, owner)) },
            perform: { sent in
                let outcome = try await context.accounts.deleteAccount.confirm(
                    token,
                    by: request.visitor.person,
                    participants: context.site.personalData
                )
                switch outcome {
                case .erased: return ended(request, owner.id)
                case .expired: return dead(request)
                case .otherAccount: return otherAccount(request)
                case .lastAdministrator:
                    form.fail(context.words(request)["account_delete_last_admin"])
                    return context.form(request, form, linkPage(request, owner))
                }
            }
        )
    }

    private func linkPage(_ request: PageRequest, _ owner: Person) -> FormPage {
        let words = context.words(request)
        var page = FormPage(
            title: words["account_delete_title"],
            lead: [
                words.text("account_delete_confirm", ["email": owner.email.masked]), words["account_delete_lead"],
            ],
            submit: words["account_delete_submit"],
            links: [(request.link.home, words["form_cancel"])]
        )
        page.isGrave = true
        return page
    }

    private func otherAccount(_ request: PageRequest) -> Response {
        let words = context.words(request)
        return context.notice(
            request,
            title: words["account_delete_title"],
            [words["account_delete_other"]],
            links: [(request.link.account, words["account_mine"])],
            status: .conflict
        )
    }

    private func dead(_ request: PageRequest) -> Response {
        let words = context.words(request)
        return context.deadLink(
            request,
            ["link_dead_erasure"],
            links: [(request.link.account(.erasure), words["account_delete_title"])]
        )
    }

    private func ended(_ request: PageRequest, _ person: PersonID) -> Response {
        context.sessions.forget(person)
        var response = context.redirect(to: request.link.erased)
        context.forget([.session, .device, .step, .typed, .draft], request, in: &response)
        return response
    }

    @Sendable private func erased(_ request: PageRequest) async throws -> Response {
        let words = context.words(request)
        return context.notice(
            request,
            title: words["account_delete_done_title"],
            [words["account_delete_done"]],
            links: [(request.link.home, words["to_home"])]
        )
    }

    private func erasureForm(_ request: PageRequest, _ person: SignedIn) async throws -> Form {
        let words = context.words(request)
        let sure = FormField.box("sure", words["account_delete_sure"], isRequired: true)
        return Form([sure] + (try await context.proof(request, person)))
    }

    private func erasurePage(_ request: PageRequest, _ person: SignedIn) async throws -> FormPage {
        let words = context.words(request)
        let previewed = try await context.accounts.deleteAccount.preview(
            of: person.person,
            participants: context.site.personalData
        )
        guard let preview = previewed else { throw Problem.notFound }
        let erased = preview.erased.map { item in text(item.subject, item.count, words) }
        let kept = preview.kept.map { item in
            ErasurePreviewView.Kept(
                text: text(item.subject, item.count, words),
                reason: words["erasure_reason_\(item.reason)"]
            )
        }
        var page = context.accountPage(.erasure, request)
        let owner = try await context.profile(of: person).person
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
