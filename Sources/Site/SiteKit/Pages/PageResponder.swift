package import Civic
import HTTPTypes
package import Hummingbird

/// Answers page requests: rendering, redirects, and access for signed-in people and staff.
package protocol PageResponder: Sendable {
    /// What the portal provides to the feature.
    var site: SiteEnvironment { get }
}

extension PageResponder {
    /// The words in the reader's language.
    package func words(_ request: PageRequest) -> Strings { site.strings[request.language] }

    /// A personal page: not cached, and without referrer, because its URL may contain a token.
    package func page(
        _ page: any FramedPage,
        in frame: FormFrame,
        for request: PageRequest,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var request = request
        var isNew = false
        if request.visitor.formSeed == nil {
            request = request.with(formKey: SecretToken().text)
            isNew = true
        }
        var frame = frame
        frame.csrf = site.tokens.token(for: request.visitor) ?? ""
        var response = site.pages.page(page, in: frame, for: request, status: status)
        response.makePrivate()
        if isNew, let key = request.visitor.formKey {
            response.setCookie(PortalCookies.make(.form, key, lasts: nil, isSecure: request.visitor.isSecure))
        }
        return response
    }

    /// Redirects to another page of this site.
    package func redirect(to address: String) -> Response {
        var response = Response(status: .seeOther, headers: [.location: address])
        response.makePrivate()
        return response
    }

    /// Wraps a page that requires signing in: other visitors are sent to the sign-in page and back.
    ///
    /// In a portal without accounts the page does not exist.
    package func signedIn(
        _ answer: @escaping @Sendable (PageRequest, SignedIn) async throws -> Response
    ) -> @Sendable (PageRequest) async throws -> Response {
        { request in
            guard let gate = site.gate else { throw Problem.notFound }
            guard let person = request.visitor.person else { return try await gate.leadToSignIn(request) }
            return try await gate.restoring(request, person, answer)
        }
    }

    /// Wraps the action of a form that requires signing in: others are sent to the sign-in page, and their input is kept.
    package func signedIn(
        _ action: @escaping @Sendable (PageRequest, SignedIn, FormBody) async throws -> FormAction
    ) -> @Sendable (PageRequest, FormBody) async throws -> FormAction {
        { request, body in
            guard let gate = site.gate else { throw Problem.notFound }
            guard let person = request.visitor.person else { return .answer(try await gate.leadToSignIn(request)) }
            return try await action(request, person, body)
        }
    }
}

extension Response {
    /// Keeps caches from storing the response, and browsers from sending its URL as a referrer.
    package mutating func makePrivate() {
        headers[.cacheControl] = "no-store"
        SecurityHeadersMiddleware.withoutReferrer(&self)
    }
}
