import Accounts
import Civic
import Hummingbird

/// Keeps form input when a session has ended and across redirects: a form that was sent too late is shown filled in after the
/// sign-in, and the page after a mail request names the address.
extension AccountDesk {
    /// Redirects to the sign-in page and back, keeping the fields of a sent form meanwhile.
    func leadToSignIn(_ visit: Visit) async throws -> Response {
        let path = visit.returnPath.map { _ in visit.request.uri.path }
        guard let ticket = try await keepDraft(visit) else {
            return redirect(to: visit.link.login(to: path, isNeeded: true))
        }
        var response = redirect(to: visit.link.login(to: path, isNeeded: true, isKept: true))
        keep(ticket.text, as: .draft, lasts: accounts.settings.draftLifetime, visit, in: &response)
        return response
    }

    /// Restores the input from before the session ended, if it belongs to this page.
    func restoring(
        _ visit: Visit,
        _ person: SignedIn,
        _ answer: (Visit, SignedIn) async throws -> Response
    ) async throws -> Response {
        guard visit.request.method == .get, let ticket = visit.visitor.draftTicket.flatMap({ SecretToken($0) }),
            let draft = try await accounts.takeDraft(ticket, of: person, path: visit.request.uri.path)
        else { return try await answer(visit, person) }
        var response = try await answer(visit.with(draft: FormBody(draft.fields)), person)
        keep("", as: .draft, lasts: .zero, visit, in: &response)
        return response
    }

    // Keep only a form that this browser got in its session; another site must not be able to plant a draft.
    private func keepDraft(_ visit: Visit) async throws -> SecretToken? {
        guard visit.request.method == .post, let session = visit.visitor.session.flatMap({ SecretToken($0) }),
            let mark = visit.visitor.deviceMark, let body = try? await FormBody.read(visit.request),
            keys.accepts(body.value(FormKeys.field), seed: session.formSeed)
        else { return nil }
        // When the store accepts no writes, the response repeats the form instead.
        visit.sent.keep(body)
        let fields = body.draft
        guard !fields.isEmpty else { return nil }
        let draft = FormDraft(path: visit.request.uri.path, fields: fields, deviceMark: mark)
        return try await accounts.keep(draft, from: visit.visitor.from)
    }

    /// Redirects to a page that shows what was typed on this one; the browser carries the text in a sealed cookie.
    func redirect(to address: String, typed: String, _ visit: Visit) -> Response {
        var response = redirect(to: address)
        let sealed = typed.utf8.count <= EmailAddress.mostBytes ? try? accounts.sealNote(typed) : nil
        // Clear the note of an earlier form, which must not be shown here.
        keep(
            sealed ?? "",
            as: .typed,
            lasts: sealed == nil ? .zero : accounts.settings.noteLifetime,
            visit,
            in: &response
        )
        return response
    }

    /// Deletes the cookie with the typed text once a page has shown it.
    func forgetTyped(_ visit: Visit, in response: inout Response) {
        if visit.visitor.typed != nil { forget([.typed], visit, in: &response) }
    }

    /// The line that shows what was typed on the previous page; empty when unknown.
    func typed(_ visit: Visit) -> [String] {
        guard let typed = visit.visitor.typed.flatMap(accounts.openNote) else { return [] }
        return [words(visit).text("sent_typed", ["typed": typed])]
    }
}
