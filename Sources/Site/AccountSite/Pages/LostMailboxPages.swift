import Accounts
import Civic
import Hummingbird
import SiteKit

/// Changing the address for a person who can no longer open the present mailbox.
///
/// After a fresh proof and a waiting period of `AccountSettings.lostMailboxWait`, confirmation from the new address alone is
/// enough. The present address is notified, and the link in that mail cancels the change.
struct LostMailboxPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        routes.get("/account/email/lost", context.signedIn(show))
        routes.post("/account/email/lost", context.signedIn(waive))
        cancellationPage.add(to: routes, context)
    }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        guard try await isOpen(person) else { return context.redirect(to: request.link.account(.email)) }
        return context.form(request, try await form(request, person), page(request))
    }

    @Sendable private func waive(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        guard try await isOpen(person) else { return .answer(context.redirect(to: request.link.account(.email))) }
        let (form, page) = (try await form(request, person), page(request))
        return FormAction(
            stale: { context.stale(request, form, page) },
            perform: { sent in
                let outcome = try await context.accounts.changeEmailWithoutMailbox.begin(
                    of: person,
                    password: sent.body.value("current"),
                    code: sent.body.trimmed("code"),
                    from: request.visitor.from
                )
                switch outcome {
                case .waits: return context.redirect(to: request.link.account(.email) + "?done=lost")
                case .nothingUnderWay: return context.redirect(to: request.link.account(.email))
                case .refused(let proof):
                    return context.refusal(request, proof, form, page) ?? context.form(request, form, page)
                }
            }
        )
    }

    private func isOpen(_ person: SignedIn) async throws -> Bool {
        guard let change = try await context.profile(of: person).pendingEmail else { return false }
        return !change.isOldConfirmed && change.withoutOldFrom == nil
    }

    private func form(_ request: PageRequest, _ person: SignedIn) async throws -> Form {
        let hasFactor = try await context.profile(of: person).person.hasSecondFactor
        return Form(try await context.proof(request, person) + (hasFactor ? [context.secondFactorCode(request)] : []))
    }

    private func page(_ request: PageRequest) -> FormPage {
        let words = context.words(request)
        var page = context.accountPage(.email, request)
        page.lead = ["account_email_lost_lead", "account_email_lost_notice"].map { words[$0] }
        page.submit = words["account_email_lost_submit"]
        page.links.insert((request.link.account(.email), words["account_email_title"]), at: 0)
        return page
    }

    private var cancellationPage: MailedLinkPage<PendingEmailChange> {
        MailedLinkPage(
            path: "/email/cancel/:token",
            find: { try await context.accounts.changeEmailWithoutMailbox.pending(cancelledBy: $0) },
            page: cancellation,
            confirm: cancel,
            dead: { request in
                context.deadLink(request, links: [(request.link.account, context.words(request)["account_mine"])])
            }
        )
    }

    @Sendable private func cancel(_ request: PageRequest, _ token: SecretToken) async throws -> Response? {
        let words = context.words(request)
        guard try await context.accounts.changeEmailWithoutMailbox.cancel(token) != nil else { return nil }
        return context.notice(
            request,
            title: words["email_cancel_done_title"],
            [words["email_cancel_done"]],
            button: (request.link.forgot, words["forgot_title"])
        )
    }

    @Sendable private func cancellation(_ request: PageRequest, _ change: PendingEmailChange) -> FormPage {
        let words = context.words(request)
        return FormPage(
            title: words["email_cancel_title"],
            lead: [words.text("email_cancel_lead", ["email": change.email.masked])],
            submit: words["account_email_cancel"]
        )
    }
}
