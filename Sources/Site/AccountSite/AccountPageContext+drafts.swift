import Accounts
import Civic
import Hummingbird
import SiteKit

/// Keeps form input when a session has ended and across redirects: a form that was sent too late is shown filled in after the
/// sign-in, and the page after a mail request names the address.
extension AccountPageContext: SignInGate {
    /// Redirects to the sign-in page and back, keeping the fields of a submitted form in the meantime.
    func leadToSignIn(_ request: PageRequest) async throws -> Response {
        let path = request.returnPath.map { _ in request.request.uri.path }
        guard let ticket = try await keepDraft(request) else {
            return redirect(to: request.link.login(to: path, isNeeded: true))
        }
        var response = redirect(to: request.link.login(to: path, isNeeded: true, isKept: true))
        keep(ticket.text, as: .draft, lasts: accounts.settings.draftLifetime, request, in: &response)
        return response
    }

    /// Restores the input from before the session ended, if it belongs to this page.
    func restoring(
        _ request: PageRequest,
        _ person: SignedIn,
        _ answer: (PageRequest, SignedIn) async throws -> Response
    ) async throws -> Response {
        guard request.request.method == .get, let ticket = request.visitor.draftTicket.flatMap({ SecretToken($0) }),
            let draft = try await accounts.formDrafts.take(ticket, of: person, path: request.request.uri.path)
        else { return try await answer(request, person) }
        var response = try await answer(request.with(draft: FormBody(draft.fields.map { ($0.name, $0.value) })), person)
        keep("", as: .draft, lasts: .zero, request, in: &response)
        return response
    }

    // Keep only a form that this browser got in its session; another site must not be able to plant a draft.
    private func keepDraft(_ request: PageRequest) async throws -> SecretToken? {
        guard request.request.method == .post, let session = request.visitor.session.flatMap({ SecretToken($0) }),
            let mark = request.visitor.deviceMark, let body = request.sent.form,
            site.tokens.accepts(body.value(CSRFTokens.field), seed: session.formSeed)
        else { return nil }
        let fields = body.repeatable.filter { $0.name != CSRFTokens.field }.map {
            FormDraft.Field(name: $0.name, value: $0.value)
        }
        guard !fields.isEmpty else { return nil }
        let draft = FormDraft(path: request.request.uri.path, fields: fields, deviceMark: mark)
        return try await accounts.formDrafts.keep(draft, from: request.visitor.from)
    }

    /// Redirects to a page that shows what was typed on this one; the browser carries the text in a sealed cookie.
    func redirect(to address: String, typed: String, _ request: PageRequest) -> Response {
        var response = redirect(to: address)
        let sealed = typed.utf8.count <= EmailAddress.maxBytes ? try? accounts.sealedNotes.seal(typed) : nil
        // Clear the note of an earlier form, which must not be shown here.
        keep(
            sealed ?? "",
            as: .typed,
            lasts: sealed == nil ? .zero : accounts.settings.noteLifetime,
            request,
            in: &response
        )
        return response
    }

    /// Deletes the cookie with the typed text once a page has shown it.
    func forgetTyped(_ request: PageRequest, in response: inout Response) {
        if request.visitor.typed != nil { forget([.typed], request, in: &response) }
    }

    /// The line that shows what was typed on the previous page; empty when unknown.
    func typed(_ request: PageRequest) -> [String] {
        guard let typed = request.visitor.typed.flatMap(accounts.sealedNotes.open) else { return [] }
        return [words(request).text("sent_typed", ["typed": typed])]
    }

    func headerLink(_ request: PageRequest) -> (href: String, label: String, icon: String, isCurrent: Bool) {
        let (link, path) = (request.link, request.request.uri.path)
        let isKnown = request.visitor.person != nil
        return (
            isKnown ? link.account : link.login(to: request.returnPath),
            words(request)[isKnown ? "account_mine" : "account_sign_in"],
            isKnown ? "icon-person" : "icon-sign-in",
            path == link.account || path == link.login
        )
    }

    func secondFactorPath(_ language: Language) -> String { Link(language: language).account(.secondFactor) }
}
