import Accounts
import Civic
import Hummingbird
import SiteKit

/// A pending change of the e-mail address, above the form for another one.
struct PendingEmailView: FramedPage {
    static let template = "account/email"

    let pending: String
    let state: String
    /// Whether the person may say that the present mailbox is lost.
    let canWaive: Bool
    let formLead: String
}

/// Changing the e-mail address: the links in the mails to the present and to the new address confirm it.
///
/// A person who can no longer open the present mailbox continues in `LostMailboxPages`.
struct EmailPages {
    let context: AccountPageContext

    func add(to routes: PageRoutes) {
        var page = page
        page.adjust = { page, request, profile in
            guard let change = profile.pendingEmail else { return }
            // A pending change comes first; the lead text moves to directly above the form.
            page.body = pending(change, context.words(request), formLead: page.lead.first ?? "")
            page.lead = []
            if request.query("done") == "lost", change.withoutOldFrom != nil {
                page.done = context.words(request)["account_email_lost_done"]
            }
        }
        page.add(to: routes, context)
        routes.get("/account/email/cancel") { request in context.redirect(to: request.link.account(.email)) }
        routes.post("/account/email/cancel", context.signedIn(cancel))
        confirmationPage.add(to: routes, context)
    }

    private var page: AccountFormPage {
        AccountFormPage(part: .email) { profile, words in
            var fields: [FormField] = [
                .email("email", words["account_email_new"]).with(
                    hint: words.text("account_email_hint", ["email": profile.person.email.text])
                )
            ]
            if profile.person.hasPassword {
                fields.append(.password("current", words["password_current"], autocomplete: "current-password"))
            }
            return Form(fields)
        } change: { form, sent, request, person in
            let words = context.words(request)
            guard let email = form.email("email", words) else { return .refused }
            let outcome = try await context.accounts.changeEmail.request(
                of: person,
                to: email,
                password: sent.body.value("current"),
                from: request.visitor.from
            )
            switch outcome {
            case .accepted: return .done
            case .same:
                form.fail("email", words["account_email_same"])
                return .refused
            case .refused(let proof): return .refusal(proof, &form, words) ?? .refused
            case .wait(let seconds): return .wait(seconds: seconds)
            }
        }
    }

    /// A pending change: the address, the remaining steps, and the link for a person who has lost the present
    /// mailbox.
    private func pending(_ change: PendingEmailChange, _ words: Strings, formLead: String) -> PendingEmailView {
        let state: String
        switch (change.withoutOldFrom, change.isOldConfirmed, change.isNewConfirmed) {
        case (let time?, _, let isNewConfirmed):
            state = words.text(
                isNewConfirmed ? "account_email_waived_ready" : "account_email_waived",
                ["time": words.moment(time)]
            )
        case (nil, true, _): state = words["account_email_needs_new"]
        case (nil, false, true): state = words["account_email_needs_old"]
        case (nil, false, false): state = words["account_email_needs_both"]
        }
        return PendingEmailView(
            pending: words.text("account_email_pending", ["email": change.email.text]),
            state: state,
            canWaive: change.withoutOldFrom == nil && !change.isOldConfirmed,
            formLead: formLead
        )
    }

    @Sendable private func cancel(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        FormAction(
            stale: { context.redirect(to: request.link.account) },
            perform: { _ in
                try await context.accounts.changeEmail.cancel(of: person)
                return context.redirect(to: request.link.account)
            }
        )
    }

    private var confirmationPage: MailedLinkPage<PendingEmailChange> {
        MailedLinkPage(
            path: "/email/confirm/:token",
            find: { try await context.accounts.changeEmail.pending($0) },
            page: confirmation,
            confirm: confirm,
            dead: { request in
                context.deadLink(
                    request,
                    ["link_dead_email"],
                    links: [(request.link.account, context.words(request)["account_mine"])]
                )
            }
        )
    }

    @Sendable private func confirm(_ request: PageRequest, _ token: SecretToken) async throws -> Response? {
        let words = context.words(request)
        let outcome = try await context.accounts.changeEmail.confirm(token)
        if let person = request.visitor.person { context.sessions.forget(person.person) }
        switch outcome {
        case .expired: return nil
        case .waitsForOther:
            return context.notice(request, title: words["email_confirm_title"], [words["email_confirm_waits"]])
        case .changed:
            return context.notice(
                request,
                title: words["email_confirm_done_title"],
                [words["email_confirm_done"]],
                button: (request.link.account, words["account_mine"])
            )
        }
    }

    @Sendable private func confirmation(_ request: PageRequest, _ change: PendingEmailChange) -> FormPage {
        let words = context.words(request)
        return FormPage(
            title: words["email_confirm_title"],
            // The link may have reached somebody else, so the page shows the new address masked.
            lead: [words.text("email_confirm_lead", ["email": change.email.masked])],
            submit: words["email_confirm_submit"]
        )
    }
}
