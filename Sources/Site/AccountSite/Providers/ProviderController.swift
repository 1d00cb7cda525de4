import Accounts
import Civic
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import OpenIDConnect
import SiteKit

/// Sends people to a provider and handles their return.
struct ProviderController {
    let context: AccountPageContext

    func add(to routes: SiteRoutes) {
        routes.documents.get("/auth/:provider", use: begin)
        routes.documents.form("/auth/:provider", language: { context.pages.language(of: $0) }, beginLinking)
        routes.documents.get("/auth/:provider/callback", use: finish)
    }

    @Sendable private func begin(_ request: Request, _ context: PortalContext) async throws -> Response {
        let request = PageRequest(
            request: request,
            context: context,
            language: self.context.pages.language(of: request)
        )
        let target = ReturnPath(request.query("to"))?.text ?? request.link.account
        return try await leave(request, returnTo: target, linkingTo: nil)
    }

    @Sendable private func beginLinking(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = context.words(request)
        let back = request.link.account(.identities)
        guard let person = request.visitor.person else {
            return .answer(context.redirect(to: request.link.login(to: back, isNeeded: true)))
        }
        let title = words["account_identities_title"]
        return FormAction(
            stale: {
                context.notice(request, title: title, [words["form_stale"]], links: [(back, title)], status: .forbidden)
            },
            perform: { _ in
                // Otherwise the page asks for the password first.
                guard try await context.accounts.proveOwnership.isFresh(person) else {
                    return context.redirect(to: back)
                }
                return try await leave(request, returnTo: back, linkingTo: person)
            }
        )
    }

    private func tooMany(_ request: PageRequest, seconds: Int) -> Response {
        let words = context.words(request)
        var response = context.notice(
            request,
            title: words["provider_failed_title"],
            [words.wait(seconds: seconds)],
            button: (request.link.login, words["login_title"]),
            status: .tooManyRequests
        )
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    private func leave(
        _ request: PageRequest,
        returnTo target: String,
        linkingTo links: SignedIn?
    ) async throws -> Response {
        guard let client = context.providers.client else { throw Problem.notFound }
        do {
            guard let provider = try context.providers.provider(named: request.parameter("provider")) else {
                throw Problem.notFound
            }
            let start = try await client.begin(provider, returnTo: target)
            let kept = PendingSignIn(
                attempt: start.attempt,
                language: request.language.rawValue,
                links: links?.person.rawValue
            )
            let keeping = try await context.accounts.providerAttempts.keep(
                state: start.attempt.state,
                try JSONEncoder().encode(kept),
                from: request.visitor.from
            )
            if case .wait(let seconds) = keeping { return tooMany(request, seconds: seconds) }
            var response = links == nil ? context.redirect(to: start.redirect) : passage(request, to: start.redirect)
            let lasts = Duration.seconds(Int(SignInAttempt.lifetime))
            context.keep(start.attempt.state, as: .identity, lasts: lasts, request, in: &response)
            return response
        } catch let error as OpenIDError {
            return failed(request, error)
        }
    }

    // Browsers apply `form-action` to the redirects after a form too, so respond with a page that continues to the provider
    // by itself.
    private func passage(_ request: PageRequest, to address: String) -> Response {
        let words = context.words(request)
        let label = context.providers.label(of: request.parameter("provider"))
        var response = context.notice(
            request,
            title: words.text("account_identities_link", ["provider": label]),
            [words["provider_passage"]],
            button: (address, words.text("provider_passage_action", ["provider": label]))
        )
        if let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "0;url=" + address }
        return response
    }

    @Sendable private func finish(_ request: Request, _ context: PortalContext) async throws -> Response {
        var request = PageRequest(
            request: request,
            context: context,
            language: self.context.pages.language(of: request)
        )
        guard let client = self.context.providers.client else { throw Problem.notFound }
        do {
            guard let provider = try self.context.providers.provider(named: request.parameter("provider")) else {
                throw Problem.notFound
            }
            let callback = try AuthorizationCallback(query: request.request.uri.query ?? "")
            guard let kept = try await attempt(callback, request) else {
                // The back button repeats the callback of a completed sign-in: redirect a signed-in visitor to the home page.
                if callback.error == nil, request.visitor.person != nil {
                    return self.context.redirect(to: request.link.home)
                }
                // Some providers send an error without the state.
                throw callback.error.map { OpenIDError.denied(code: $0) } ?? OpenIDError.otherAttempt
            }
            // Continue in the language in which the sign-in was begun, also for errors.
            let language = Language(rawValue: kept.language) ?? request.language
            request = PageRequest(request: request.request, context: context, language: language)
            let identity = try await client.finish(kept.attempt, with: provider, callback: callback)
            return try await goOn(request, kept, ExternalIdentity(identity, at: provider.name))
        } catch let error as OpenIDError {
            return failed(request, error)
        }
    }

    // Finds an attempt that was begun in this browser and removes it; the state of another browser is not accepted.
    private func attempt(_ callback: AuthorizationCallback, _ request: PageRequest) async throws -> PendingSignIn? {
        guard let state = callback.state, state == request.visitor.identity,
            let payload = try await context.accounts.providerAttempts.take(state: state)
        else { return nil }
        return try? JSONDecoder().decode(PendingSignIn.self, from: payload)
    }

    private func goOn(
        _ request: PageRequest,
        _ kept: PendingSignIn,
        _ identity: ExternalIdentity
    ) async throws -> Response {
        if let person = request.visitor.person, kept.links == person.person.rawValue {
            let outcome = try await context.accounts.linkIdentity.link(identity, to: person)
            context.sessions.forget(person.person)
            return linked(request, outcome)
        }
        let outcome = try await context.accounts.signInWithProvider(
            identity: identity,
            language: request.language,
            deviceMark: request.visitor.deviceMark,
            device: request.visitor.device,
            from: request.visitor.from,
            earlier: request.visitor.session
        )
        let target = ReturnPath(kept.attempt.returnTo)
        switch outcome {
        case .signedIn(let session):
            return await context.welcome(session, request, to: target?.text ?? request.link.account)
        case .needsSecondFactor(let ticket): return context.secondStep(request, ticket, target)
        case .needsAgreement(let ticket, _): return next(request, ticket, request.link.finishIdentity)
        case .needsEmail(let ticket, _, _): return next(request, ticket, request.link.askIdentityEmail)
        case .needsConfirmation(let ticket, _): return next(request, ticket, request.link.confirmIdentity)
        }
    }

    private func next(_ request: PageRequest, _ ticket: SecretToken, _ address: String) -> Response {
        var response = context.redirect(to: address)
        context.keep(
            ticket.text,
            as: .identity,
            lasts: context.accounts.settings.identityTicketLifetime,
            request,
            in: &response
        )
        return response
    }

    private func linked(_ request: PageRequest, _ outcome: LinkOutcome) -> Response {
        let done =
            switch outcome {
            case .linked, .already: "linked"
            case .taken: "taken"
            case .expired, .otherBrowser, .needsProof: "expired"
            }
        return context.redirect(to: request.link.account(.identities) + "?done=" + done)
    }

    private func failed(_ request: PageRequest, _ error: OpenIDError) -> Response {
        let words = context.words(request)
        request.context.logger.notice("Sign-in by a provider failed", metadata: ["reason": "\(error)"])
        let key: String
        var status = HTTPResponse.Status.badRequest
        switch error {
        case .denied:
            key = "provider_denied"
            status = .ok
        case .unreachable, .unexpectedStatus:
            key = "provider_down"
            status = .badGateway
        default: key = "provider_refused"
        }
        return context.notice(
            request,
            title: words["provider_failed_title"],
            [words[key]],
            button: (request.link.login, words["login_title"]),
            status: status
        )
    }
}

extension ExternalIdentity {
    /// Converts an identity of the OpenID client for the accounts module.
    init(_ identity: VerifiedIdentity, at provider: String) {
        self.init(
            provider: provider,
            issuer: identity.issuer,
            subject: identity.subject,
            email: identity.email,
            isEmailVerified: identity.isEmailVerified,
            name: identity.name
        )
    }
}

/// What is stored, sealed and for one use, while someone is at a provider.
struct PendingSignIn: Codable {
    let attempt: SignInAttempt
    /// The language to continue in.
    let language: String
    /// The account to link to; nil to sign in.
    let links: Int64?
}
