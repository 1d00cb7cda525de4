import Accounts
import Civic
import Hummingbird
import Mail
import SiteKit

/// Mails that could not be delivered as a list.
struct UndeliveredMails: FramedPage {
    struct Item: Codable, Sendable {
        let id: String
        let subject: String
        let to: String
        let queued: String
        let attempts: String
        let state: String
        let reason: String
        /// Whether it can be sent again.
        let resend: Bool
    }

    static let template = "staff/mail"

    let mails: [Item]
}

/// Mails that could not be delivered, with the reason; they can be sent again.
struct StaffMailPages {
    let context: StaffPageContext
    let outbox: any Outbox
    /// Notifies the sender that there is mail to send.
    let wake: @Sendable () -> Void

    /// The maximum number of mails shown.
    private static let maxRows = 100

    func add(to routes: StaffRoutes) {
        routes.get("/mail", .manageMail, show)
        routes.post("/mail", .manageMail, resend)
    }

    @Sendable private func show(_ request: PageRequest, _ person: SignedIn) async throws -> Response {
        try await page(request, Form([]))
    }

    @Sendable private func resend(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody
    ) async throws -> FormAction {
        let words = context.words(request)
        var form = Form([])
        return FormAction(
            stale: {
                form.fail(words["form_stale"])
                return try await page(request, form)
            },
            perform: { sent in
                do {
                    try await outbox.resend(sent.body.value("mail").flatMap { Int64($0) } ?? 0)
                } catch is MailError {
                    form.fail(words["staff_mail_gone"])
                    return try await page(request, form)
                }
                wake()
                return context.redirect(to: request.link.staffMail + "?done=1")
            }
        )
    }

    private func page(_ request: PageRequest, _ form: Form) async throws -> Response {
        let words = context.words(request)
        let mails = try await outbox.undelivered(limit: Self.maxRows).map { item($0, words) }
        var page = FormPage(
            title: words["staff_mail_title"],
            lead: [words["staff_mail_lead"]],
            submit: "",
            breadcrumbs: StaffBreadcrumbs.steps(request, words, words["staff_mail_title"])
        )
        page.done = request.query("done") == nil ? nil : words["staff_mail_done"]
        page.body = UndeliveredMails(mails: mails)
        return context.form(request, form, page)
    }

    private func item(_ mail: UndeliveredMail, _ words: Strings) -> UndeliveredMails.Item {
        let (state, isKept) =
            switch mail.state {
            case .waiting(let until): (words.text("staff_mail_waiting", ["time": words.moment(until)]), false)
            case .givenUp(let time, let isKept):
                (words.text("staff_mail_given_up", ["time": words.moment(time)]), isKept)
            }
        return .init(
            id: String(mail.id),
            subject: mail.subject.isEmpty ? words["staff_mail_blanked"] : mail.subject,
            to: EmailAddress(stored: mail.recipient)?.masked ?? "",
            queued: words.text("staff_mail_queued", ["time": words.moment(mail.queued)]),
            attempts: words.count("staff_mail_attempts", mail.attempts),
            state: state,
            reason: mail.reason,
            resend: isKept
        )
    }
}
