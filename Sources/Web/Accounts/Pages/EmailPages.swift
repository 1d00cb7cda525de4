import Accounts
import Gazetteer
import Hummingbird

/// Another address: both the present and the new one confirm it by the links in their mails; `LostMailboxPages` are for who
/// cannot open the present mailbox.
struct EmailPages {
    let desk: AccountDesk

    func add(to routes: PageRoutes) {
        var page = page
        page.more = { profile, words in
            guard let pending = profile.pendingEmail else { return nil }
            return ("account/email", LostMailboxPages.pending(pending, words))
        }
        page.add(to: routes, desk)
        routes.get("/account/email/cancel") { visit in desk.redirect(to: visit.link.account(.email)) }
        routes.post("/account/email/cancel", desk.signedIn(cancel))
        routes.get("/email/confirm/:token", show)
        routes.post("/email/confirm/:token", confirm)
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
        } change: { form, sent, visit, person in
            let words = desk.words(visit)
            guard let email = form.email("email", words) else { return .refused }
            let outcome = try await desk.accounts.requestEmailChange(
                of: person,
                to: email,
                password: sent.body.value("current"),
                from: visit.visitor.from
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

    @Sendable private func cancel(_ visit: Visit, _ person: SignedIn) async throws -> Response {
        let sent = try await desk.read(visit)
        if sent.isOurs { try await desk.accounts.cancelEmailChange(of: person) }
        return desk.redirect(to: visit.link.account)
    }

    @Sendable private func show(_ visit: Visit) async throws -> Response {
        guard let token = SecretToken(visit.parameter("token")),
            let change = try await desk.accounts.emailChange(token)
        else { return dead(visit) }
        return desk.form(visit, Form([]), confirmation(visit, change))
    }

    @Sendable private func confirm(_ visit: Visit) async throws -> Response {
        let words = desk.words(visit)
        let sent = try await desk.read(visit)
        guard let token = SecretToken(visit.parameter("token")),
            let change = try await desk.accounts.emailChange(token)
        else { return dead(visit) }
        guard sent.isOurs else { return desk.stale(visit, Form([]), confirmation(visit, change)) }
        let outcome = try await desk.accounts.confirmEmailChange(token)
        if let person = visit.visitor.person { desk.sessions.forget(person.person) }
        switch outcome {
        case .expired: return dead(visit)
        case .waitsForOther:
            return desk.notice(visit, title: words["email_confirm_title"], [words["email_confirm_waits"]])
        case .changed:
            return desk.notice(
                visit,
                title: words["email_confirm_done_title"],
                [words["email_confirm_done"]],
                button: (visit.link.account, words["account_mine"])
            )
        }
    }

    private func confirmation(_ visit: Visit, _ change: PendingEmailChange) -> FormPage {
        let words = desk.words(visit)
        return FormPage(
            title: words["email_confirm_title"],
            // Who holds the link to the present address shall not learn the new one whole: it may be another's link.
            lead: [words.text("email_confirm_lead", ["email": change.email.masked])],
            submit: words["email_confirm_submit"]
        )
    }

    private func dead(_ visit: Visit) -> Response {
        let words = desk.words(visit)
        return desk.notice(
            visit,
            title: words["link_dead_title"],
            [words["link_dead_text"], words["link_dead_email"]],
            links: [(visit.link.account, words["account_mine"])],
            status: .gone
        )
    }
}
