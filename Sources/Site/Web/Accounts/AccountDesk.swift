import Accounts
import Civic
import Foundation
import HTTPTypes
import Hummingbird

/// What the account pages share: use cases, templates, form tokens, captcha.
struct AccountDesk: Sendable {
    let accounts: AccountService
    let pages: PageRenderer
    let keys: FormKeys
    let sessions: SessionCache
    let captcha: CaptchaGate
    let providers: ProviderList
    /// Whether mails are written to a folder that the development page shows.
    let showsMail: Bool
    let portalOperator: PortalOperator

    func words(_ visit: Visit) -> Strings { pages.strings[visit.language] }

    /// A personal page: not cached, and without referrer, because its URL may contain a token.
    func page(
        _ template: String,
        _ page: PageContext,
        for visit: Visit,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var visit = visit
        var isNew = false
        if visit.visitor.formSeed == nil {
            visit = visit.with(formKey: SecretToken().text)
            isNew = true
        }
        var context = page
        context["csrf"] = keys.token(for: visit.visitor)
        if context["robots"] == nil { context["robots"] = "noindex" }
        var response = pages.page(template, context, for: visit, status: status)
        Self.makePrivate(&response)
        if isNew, let key = visit.visitor.formKey {
            response.setCookie(PortalCookies.make(.form, key, lasts: nil, isSecure: visit.visitor.isSecure))
        }
        return response
    }

    /// Redirects to another page of this site.
    func redirect(to address: String) -> Response {
        var response = Response(status: .seeOther, headers: [.location: address])
        Self.makePrivate(&response)
        return response
    }

    /// Reads the form of a request.
    ///
    /// - Throws: `Problem` when there is no readable form.
    func read(_ visit: Visit) async throws -> SentForm {
        let body = try await FormBody.read(visit.request)
        visit.sent.keep(body)
        return SentForm(body: body, isOurs: keys.accepts(body.value(FormKeys.field), from: visit.visitor))
    }

    /// Wraps a page that requires signing in: other visitors are sent to the sign-in page and back.
    func signedIn(
        _ answer: @escaping @Sendable (Visit, SignedIn) async throws -> Response
    ) -> @Sendable (Visit) async throws -> Response {
        { visit in
            guard let person = visit.visitor.person else { return try await leadToSignIn(visit) }
            return try await restoring(visit, person, answer)
        }
    }

    /// Wraps a staff page: for visitors without the right it does not exist.
    func staff(
        _ permission: Permission,
        _ answer: @escaping @Sendable (Visit, SignedIn) async throws -> Response
    ) -> @Sendable (Visit) async throws -> Response {
        signedIn { visit, person in
            if person.mustSetUpSecondFactor { return redirect(to: visit.link.account(.secondFactor)) }
            guard person.may(permission) else { throw Problem.notFound }
            return try await answer(visit, person)
        }
    }

    /// Begins a session in this browser and redirects to a page.
    func begin(_ session: StartedSession, _ visit: Visit, to address: String) -> Response {
        var response = redirect(to: address)
        keep(session, visit, in: &response)
        return response
    }

    /// Stores a session in the browser's cookies.
    func keep(_ session: StartedSession, _ visit: Visit, in response: inout Response) {
        let isSecure = visit.visitor.isSecure
        // The browser's earlier session loses its cookie here.
        if let earlier = visit.visitor.session { sessions.forget(earlier) }
        // The store decides when the session ends, and extends it with use; the cookie lasts for the longest possible
        // session.
        let seconds = accounts.settings.sessionLifetime.components.seconds
        let device = accounts.settings.deviceMarkLifetime.components.seconds
        response.setCookie(
            PortalCookies.make(.session, session.token.text, lasts: Int(seconds), isSecure: isSecure)
        )
        response.setCookie(
            PortalCookies.make(.device, session.deviceMark, lasts: Int(device), isSecure: isSecure)
        )
        if visit.request.cookies[LanguageChoice.cookie] == nil,
            let language = Language(rawValue: session.language.rawValue)
        {
            response.setCookie(PortalCookies.language(language, isSecure: isSecure))
        }
    }

    /// Stores a ticket in the browser.
    func keep(
        _ ticket: String,
        as name: PortalCookies.Name,
        lasts span: Duration,
        _ visit: Visit,
        in response: inout Response
    ) {
        let seconds = Int(span.components.seconds)
        response.setCookie(PortalCookies.make(name, ticket, lasts: seconds, isSecure: visit.visitor.isSecure))
    }

    /// Deletes cookies.
    func forget(_ names: [PortalCookies.Name], _ visit: Visit, in response: inout Response) {
        for name in names {
            response.setCookie(PortalCookies.make(name, "", lasts: 0, isSecure: visit.visitor.isSecure))
        }
    }

    private static func makePrivate(_ response: inout Response) {
        response.headers[.cacheControl] = "no-store"
        SecurityHeadersMiddleware.withoutReferrer(&response)
    }
}

/// A submitted form.
struct SentForm: Sendable {
    let body: FormBody
    /// Whether it was requested by the browser that sends it.
    let isOurs: Bool
}
