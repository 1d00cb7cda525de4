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
    let desk: AccountPageContext

    func add(to routes: SiteRoutes) {
        routes.documents.get("/auth/:provider", use: begin)
        routes.documents.form("/auth/:provider", language: { desk.pages.language(of: $0) }, beginLinking)
        routes.documents.get("/auth/:provider/callback", use: finish)
    }

    @Sendable private func begin(_ request: Request, _ context: PortalContext) async throws -> Response {
        let visit = PageRequest(request: request, context: context, language: desk.pages.language(of: request))
        let target = ReturnPath(visit.query("to"))?.text ?? visit.link.account
        return try await leave(visit, returnTo: target, linkingTo: nil)
    }

    @Sendable private func beginLinking(_ visit: PageRequest, _ body: FormBody) async throws -> FormAction {
        let words = desk.words(visit)
        let back = visit.link.account(.identities)
        guard let person = visit.visitor.person else {
            return .answer(desk.redirect(to: visit.link.login(to: back, isNeeded: true)))
        }
        let title = words["account_identities_title"]
        return FormAction(
            stale: {
                desk.notice(visit, title: title, [words["form_stale"]], links: [(back, title)], status: .forbidden)
            },
            perform: { _ in
                // Otherwise the page asks for the password first.
                guard try await desk.accounts.proveOwnership.isFresh(person) else { return desk.redirect(to: back) }
                return try await leave(visit, returnTo: back, linkingTo: person)
            }
        )
    }

    private func tooMany(_ visit: PageRequest, seconds: Int) -> Response {
        let words = desk.words(visit)
        var response = desk.notice(
            visit,
            title: words["provider_failed_title"],
            [words.wait(seconds: seconds)],
            button: (visit.link.login, words["login_title"]),
            status: .tooManyRequests
        )
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    private func leave(
        _ visit: PageRequest,
        returnTo target: String,
        linkingTo links: SignedIn?
    ) async throws -> Response {
        guard let client = desk.providers.client else { throw Problem.notFound }
        do {
            guard let provider = try desk.providers.provider(named: visit.parameter("provider")) else {
                throw Problem.notFound
            }
            let start = try await client.begin(provider, returnTo: target)
            let kept = PendingSignIn(
                attempt: start.attempt,
                language: visit.language.rawValue,
                links: links?.person.rawValue
            )
            let keeping = try await desk.accounts.providerAttempts.keep(
                state: start.attempt.state,
                try JSONEncoder().encode(kept),
                from: visit.visitor.from
            )
            if case .wait(let seconds) = keeping { return tooMany(visit, seconds: seconds) }
            var response = links == nil ? desk.redirect(to: start.redirect) : passage(visit, to: start.redirect)
            let lasts = Duration.seconds(Int(SignInAttempt.lifetime))
            desk.keep(start.attempt.state, as: .identity, lasts: lasts, visit, in: &response)
            return response
        } catch let error as OpenIDError {
            return failed(visit, error)
        }
    }

    // Browsers apply `form-action` to the redirects after a form too, so respond with a page that continues to the provider
    // by itself.
    private func passage(_ visit: PageRequest, to address: String) -> Response {
        let words = desk.words(visit)
        let label = desk.providers.label(of: visit.parameter("provider"))
        var response = desk.notice(
            visit,
            title: words.text("account_identities_link", ["provider": label]),
            [words["provider_passage"]],
            button: (address, words.text("provider_passage_action", ["provider": label]))
        )
        if let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "0;url=" + address }
        return response
    }

    @Sendable private func finish(_ request: Request, _ context: PortalContext) async throws -> Response {
        var visit = PageRequest(request: request, context: context, language: desk.pages.language(of: request))
        guard let client = desk.providers.client else { throw Problem.notFound }
        do {
            guard let provider = try desk.providers.provider(named: visit.parameter("provider")) else {
                throw Problem.notFound
            }
            let callback = try AuthorizationCallback(query: request.uri.query ?? "")
            guard let kept = try await attempt(callback, visit) else {
                // The back button repeats the callback of a completed sign-in: redirect a signed-in visitor to the home page.
                if callback.error == nil, visit.visitor.person != nil { return desk.redirect(to: visit.link.home) }
                // Some providers send an error without the state.
                throw callback.error.map { OpenIDError.denied(code: $0) } ?? OpenIDError.otherAttempt
            }
            // Continue in the language in which the sign-in was begun, also for errors.
            let language = Language(rawValue: kept.language) ?? visit.language
            visit = PageRequest(request: request, context: context, language: language)
            let identity = try await client.finish(kept.attempt, with: provider, callback: callback)
            return try await goOn(visit, kept, ExternalIdentity(identity, at: provider.name))
        } catch let error as OpenIDError {
            return failed(visit, error)
        }
    }

    // Finds an attempt that was begun in this browser and removes it; the state of another browser is not accepted.
    private func attempt(_ callback: AuthorizationCallback, _ visit: PageRequest) async throws -> PendingSignIn? {
        guard let state = callback.state, state == visit.visitor.identity,
            let payload = try await desk.accounts.providerAttempts.take(state: state)
        else { return nil }
        return try? JSONDecoder().decode(PendingSignIn.self, from: payload)
    }

    private func goOn(
        _ visit: PageRequest,
        _ kept: PendingSignIn,
        _ identity: ExternalIdentity
    ) async throws -> Response {
        if let person = visit.visitor.person, kept.links == person.person.rawValue {
            let outcome = try await desk.accounts.linkIdentity.link(identity, to: person)
            desk.sessions.forget(person.person)
            return linked(visit, outcome)
        }
        let outcome = try await desk.accounts.signInWithProvider(
            identity: identity,
            language: visit.language,
            deviceMark: visit.visitor.deviceMark,
            device: visit.visitor.device,
            from: visit.visitor.from,
            earlier: visit.visitor.session
        )
        let target = ReturnPath(kept.attempt.returnTo)
        switch outcome {
        case .signedIn(let session): return await desk.welcome(session, visit, to: target?.text ?? visit.link.account)
        case .needsSecondFactor(let ticket): return desk.secondStep(visit, ticket, target)
        case .needsAgreement(let ticket, _): return next(visit, ticket, visit.link.finishIdentity)
        case .needsEmail(let ticket, _, _): return next(visit, ticket, visit.link.askIdentityEmail)
        case .needsConfirmation(let ticket, _): return next(visit, ticket, visit.link.confirmIdentity)
        }
    }

    private func next(_ visit: PageRequest, _ ticket: SecretToken, _ address: String) -> Response {
        var response = desk.redirect(to: address)
        desk.keep(
            ticket.text,
            as: .identity,
            lasts: desk.accounts.settings.identityTicketLifetime,
            visit,
            in: &response
        )
        return response
    }

    private func linked(_ visit: PageRequest, _ outcome: LinkOutcome) -> Response {
        let done =
            switch outcome {
            case .linked, .already: "linked"
            case .taken: "taken"
            case .expired, .otherBrowser, .needsProof: "expired"
            }
        return desk.redirect(to: visit.link.account(.identities) + "?done=" + done)
    }

    private func failed(_ visit: PageRequest, _ error: OpenIDError) -> Response {
        let words = desk.words(visit)
        visit.context.logger.notice("Sign-in by a provider failed", metadata: ["reason": "\(error)"])
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
        return desk.notice(
            visit,
            title: words["provider_failed_title"],
            [words[key]],
            button: (visit.link.login, words["login_title"]),
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
