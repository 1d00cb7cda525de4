import Accounts
import Gazetteer
import Hummingbird

/// Keeps what people typed across an ended session and across redirects: a form sent too late comes back filled after the
/// sign-in, and the page after a mail names the address.
extension AccountDesk {
    /// Redirects to the sign-in page and back, keeping the fields of a sent form until then.
    func leadToSignIn(_ visit: Visit) async throws -> Response {
        let path = visit.returnPath.map { _ in visit.request.uri.path }
        guard let ticket = try await keepDraft(visit) else {
            return redirect(to: visit.link.login(to: path, isNeeded: true))
        }
        var response = redirect(to: visit.link.login(to: path, isNeeded: true, isKept: true))
        keep(ticket.text, as: .draft, lasts: accounts.settings.draftLifetime, visit, in: &response)
        return response
    }

    /// Answers with what was typed before the session ended, where this is the page it was typed on.
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

    // Keep fields only of a form that this browser got in its session; another site must not be able to plant a draft.
    private func keepDraft(_ visit: Visit) async throws -> SecretToken? {
        guard visit.request.method == .post, let session = visit.visitor.session.flatMap({ SecretToken($0) }),
            let mark = visit.visitor.deviceMark, let body = try? await FormBody.read(visit.request),
            keys.accepts(body.value(FormKeys.field), seed: session.formSeed)
        else { return nil }
        // When the store takes no writes, the answer repeats the form instead.
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
        // Clear the note of an earlier form, which must not show here.
        keep(
            sealed ?? "",
            as: .typed,
            lasts: sealed == nil ? .zero : accounts.settings.noteLifetime,
            visit,
            in: &response
        )
        return response
    }

    /// Has the browser forget what was typed, once a page has shown it.
    func forgetTyped(_ visit: Visit, in response: inout Response) {
        if visit.visitor.typed != nil { forget([.typed], visit, in: &response) }
    }

    /// The line that shows what was typed on the previous page; nil when that is not known.
    func typed(_ visit: Visit) -> [String] {
        guard let typed = visit.visitor.typed.flatMap(accounts.openNote) else { return [] }
        return [words(visit).text("sent_typed", ["typed": typed])]
    }
}
