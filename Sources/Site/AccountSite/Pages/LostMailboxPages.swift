import Accounts
import Civic
import Hummingbird
import SiteKit

/// Changing the address for a person who can no longer open the present mailbox.
///
/// After a fresh proof and a waiting period of `AccountSettings.lostMailboxWait`, confirmation from the new address alone is
/// enough. The present address is notified, and the link in that mail cancels the change.
struct LostMailboxPages {
    let desk: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/email/lost", desk.signedIn(show))
        routes.post("/account/email/lost", desk.signedIn(waive))
        cancellationPage.add(to: routes, desk)
    }

    @Sendable private func show(_ visit: PageRequest, _ person: SignedIn) async throws -> Response {
        guard try await isOpen(person) else { return desk.redirect(to: visit.link.account(.email)) }
        return desk.form(visit, try await form(visit, person), page(visit))
    }

    @Sendable private func waive(_ visit: PageRequest, _ person: SignedIn, _ body: FormBody) async throws -> FormAction
    {
        guard try await isOpen(person) else { return .answer(desk.redirect(to: visit.link.account(.email))) }
        let (form, page) = (try await form(visit, person), page(visit))
        return FormAction(
            stale: { desk.stale(visit, form, page) },
            perform: { sent in
                let outcome = try await desk.accounts.changeEmailWithoutMailbox.begin(
                    of: person,
                    password: sent.body.value("current"),
                    code: sent.body.trimmed("code"),
                    from: visit.visitor.from
                )
                switch outcome {
                case .waits: return desk.redirect(to: visit.link.account(.email) + "?done=lost")
                case .nothingUnderWay: return desk.redirect(to: visit.link.account(.email))
                case .refused(let proof): return desk.refusal(visit, proof, form, page) ?? desk.form(visit, form, page)
                }
            }
        )
    }

    private func isOpen(_ person: SignedIn) async throws -> Bool {
        guard let change = try await desk.profile(of: person).pendingEmail else { return false }
        return !change.isOldConfirmed && change.withoutOldFrom == nil
    }

    private func form(_ visit: PageRequest, _ person: SignedIn) async throws -> Form {
        let hasFactor = try await desk.profile(of: person).person.hasSecondFactor
        return Form(try await desk.proof(visit, person) + (hasFactor ? [desk.secondFactorCode(visit)] : []))
    }

    private func page(_ visit: PageRequest) -> FormPage {
        let words = desk.words(visit)
        var page = desk.accountPage(.email, visit)
        page.lead = ["account_email_lost_lead", "account_email_lost_notice"].map { words[$0] }
        page.submit = words["account_email_lost_submit"]
        page.links.insert((visit.link.account(.email), words["account_email_title"]), at: 0)
        return page
    }

    private var cancellationPage: MailedLinkPage<PendingEmailChange> {
        MailedLinkPage(
            path: "/email/cancel/:token",
            find: { try await desk.accounts.changeEmailWithoutMailbox.pending(cancelledBy: $0) },
            page: cancellation,
            confirm: cancel,
            dead: { visit in
                desk.deadLink(visit, links: [(visit.link.account, desk.words(visit)["account_mine"])])
            }
        )
    }

    @Sendable private func cancel(_ visit: PageRequest, _ token: SecretToken) async throws -> Response? {
        let words = desk.words(visit)
        guard try await desk.accounts.changeEmailWithoutMailbox.cancel(token) != nil else { return nil }
        return desk.notice(
            visit,
            title: words["email_cancel_done_title"],
            [words["email_cancel_done"]],
            button: (visit.link.forgot, words["forgot_title"])
        )
    }

    @Sendable private func cancellation(_ visit: PageRequest, _ change: PendingEmailChange) -> FormPage {
        let words = desk.words(visit)
        return FormPage(
            title: words["email_cancel_title"],
            lead: [words.text("email_cancel_lead", ["email": change.email.masked])],
            submit: words["account_email_cancel"]
        )
    }
}
