import Accounts
import Gazetteer
import Hummingbird

/// What people typed outlives the session and the redirect: a form that is sent too late comes back filled after the
/// sign-in, and the page after a mail names the address.
extension AccountDesk {
    /// Leads to the sign-in and back; what a form brought is kept until then.
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

    // Only of a form that this browser was given while it had its session: nobody else can have words kept here.
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

    /// To another page of this site, which tells what was typed on this one; the browser keeps it, sealed.
    func redirect(to address: String, typed: String, _ visit: Visit) -> Response {
        var response = redirect(to: address)
        let sealed = typed.utf8.count <= EmailAddress.mostBytes ? try? accounts.sealNote(typed) : nil
        // Without a note of its own the page must not show that of an earlier form.
        keep(
            sealed ?? "",
            as: .typed,
            lasts: sealed == nil ? .zero : accounts.settings.noteLifetime,
            visit,
            in: &response
        )
        return response
    }

    /// The line that tells what was typed on the page before; none when it is not known.
    func typed(_ visit: Visit) -> [String] {
        guard let typed = visit.visitor.typed.flatMap(accounts.openNote) else { return [] }
        return [words(visit).text("sent_typed", ["typed": typed])]
    }
}
