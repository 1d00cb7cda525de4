import Accounts
import Gazetteer
import Hummingbird

/// Another address for who cannot open the present mailbox: after a proof and a week's wait the new one is enough; the link
/// that the present address got stops it.
struct LostMailboxPages {
    let desk: AccountDesk

    func add(to routes: PageRoutes) {
        routes.get("/account/email/lost", desk.signedIn(show))
        routes.post("/account/email/lost", desk.signedIn(waive))
        routes.get("/email/cancel/:token", showCancellation)
        routes.post("/email/cancel/:token", cancel)
    }

    /// What the page of the address shows of a change that is under way.
    static func pending(_ change: PendingEmailChange, _ words: Strings) -> PageContext {
        var context: PageContext = ["pending": words.text("account_email_pending", ["email": change.email.text])]
        if let time = change.withoutOldFrom {
            context["waits"] = words.text("account_email_lost_waits", ["time": words.moment(time)])
        } else {
            context["can_waive"] = !change.isOldConfirmed
        }
        return context
    }

    @Sendable private func show(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        guard try await isOpen(person) else { return desk.redirect(to: visit.link.account(.email)) }
        return desk.form(visit, try await form(visit, person), page(visit))
    }

    @Sendable private func waive(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        let sent = try await desk.read(visit)
        guard try await isOpen(person) else { return desk.redirect(to: visit.link.account(.email)) }
        let (form, page) = (try await form(visit, person), page(visit))
        guard sent.isOurs else { return desk.stale(visit, form, page) }
        let outcome = try await desk.accounts.waiveOldAddress(
            of: person,
            password: sent.body.value("current"),
            code: sent.body.trimmed("code"),
            from: visit.visitor.from
        )
        switch outcome {
        case .waits, .nothingUnderWay: return desk.redirect(to: visit.link.account(.email))
        case .refused(let proof): return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
        }
    }

    private func isOpen(_ person: SignedIn) async throws -> Bool {
        guard let change = try await desk.profile(of: person).pendingEmail else { return false }
        return !change.isOldConfirmed && change.withoutOldFrom == nil
    }

    private func form(_ visit: Visit, _ person: SignedIn) async throws -> Form {
        let hasFactor = try await desk.profile(of: person).person.hasSecondFactor
        return Form(try await desk.proof(visit, person) + (hasFactor ? [desk.secondFactorCode(visit)] : []))
    }

    private func page(_ visit: Visit) -> FormPage {
        let words = desk.words(visit)
        var page = desk.accountPage(.email, visit)
        page.lead = [words["account_email_lost_lead"]]
        page.submit = words["account_email_lost_submit"]
        page.links.insert((visit.link.account(.email), words["account_email_title"]), at: 0)
        return page
    }

    @Sendable private func showCancellation(_ visit: Visit) async throws -> Response {
        guard let token = SecretToken(visit.parameter("token")),
            let change = try await desk.accounts.emailChange(cancelledBy: token)
        else { return dead(visit) }
        return desk.form(visit, Form([]), cancellation(visit, change))
    }

    @Sendable private func cancel(_ visit: Visit) async throws -> Response {
        let words = desk.words(visit)
        let sent = try await desk.read(visit)
        guard let token = SecretToken(visit.parameter("token")),
            let change = try await desk.accounts.emailChange(cancelledBy: token)
        else { return dead(visit) }
        guard sent.isOurs else { return desk.stale(visit, Form([]), cancellation(visit, change)) }
        guard try await desk.accounts.cancelEmailChange(token) != nil else { return dead(visit) }
        return desk.notice(
            visit,
            title: words["email_cancel_done_title"],
            [words["email_cancel_done"]],
            button: (visit.link.forgot, words["forgot_title"])
        )
    }

    private func cancellation(_ visit: Visit, _ change: PendingEmailChange) -> FormPage {
        let words = desk.words(visit)
        return FormPage(
            title: words["email_cancel_title"],
            lead: [words.text("email_cancel_lead", ["email": change.email.masked])],
            submit: words["account_email_cancel"]
        )
    }

    private func dead(_ visit: Visit) -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["link_dead_title"],
            [words["link_dead_text"]],
            links: [(visit.link.account, words["account_mine"])],
            status: .gone
        )
    }
}
