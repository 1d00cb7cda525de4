import Civic
import Foundation

/// An account that is asked for, with what was typed.
struct CreationRequest {
    let source: NewAccount.Source
    let email: EmailAddress
    let name: PersonName
    let username: String
    let password: String?
    let needsPassword: Bool
    let language: Language
    let role: Role
    let consent: Consent
    let identity: ExternalIdentity?
    /// The token of the session that the browser had before.
    let earlier: String?
}

extension AccountService {
    /// Checks what was typed, makes the account, and begins its first session.
    func create(
        _ request: CreationRequest,
        device: Device,
        from address: RemoteAddress
    ) async throws -> ActivationOutcome {
        let username: Username
        do {
            username = try Username(request.username)
        } catch {
            return .username(error)
        }
        let typed = request.needsPassword ? request.password ?? "" : request.password
        let logins = [request.email.text, username.text, request.name.text]
        if let typed, let fault = PasswordPolicy.fault(in: typed, logins: logins) { return .password(fault) }
        // Before the dear hash; the store looks again, since another may come between.
        guard try await store.firstFree(of: [username]) != nil else { return try await taken(username) }
        let hash: String?
        do {
            hash = if let typed { try await hasher.hash(typed) } else { nil }
        } catch AccountsError.busy {
            return .busy
        }
        return try await create(request, username, hash, device, address)
    }

    private func create(
        _ request: CreationRequest,
        _ username: Username,
        _ hash: String?,
        _ device: Device,
        _ address: RemoteAddress
    ) async throws -> ActivationOutcome {
        let (token, time) = (SecretToken(), now())
        let session = newSession(token, device, earlier: request.earlier)
        let account = NewAccount(
            source: request.source,
            email: request.email,
            name: request.name,
            username: username,
            language: request.language,
            role: request.role,
            passwordHash: hash,
            consent: request.consent,
            identity: request.identity,
            session: session
        )
        let origin = try origin(address)
        let events = [
            AuditEvent(.accountCreated, detail: request.role.rawValue, origin: origin, time: time),
            AuditEvent(.signedIn, detail: request.identity?.provider ?? "activation", origin: origin, time: time),
        ]
        switch try await store.create(account, at: time, with: sideEffects(events: events)) {
        case .created(let person, let id):
            let passwordSet = hash == nil ? nil : time
            return .activated(
                try started(token, id, person, request.language, session.expires, passwordSet: passwordSet)
            )
        case .sourceGone, .alreadyRegistered: return .expired
        case .usernameTaken: return try await taken(username)
        }
    }

    private func taken(_ username: Username) async throws -> ActivationOutcome {
        .usernameTaken(suggestion: try await store.firstFree(of: username.variants))
    }
}
