public import Civic
import Foundation

/// Creates an account from what was typed, and begins its first session.
struct CreateAccount: Sendable {
    /// An account to create.
    struct Request {
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
        /// The token of the session that this browser had before.
        let earlier: String?
    }

    let store: any RegistrationStore & PeopleStore
    let hasher: PasswordHasher
    let sessions: SessionTokens
    let audit: AuditTrail
    let clock: WallClock

    /// Checks what was typed, creates the account, and begins its first session.
    func callAsFunction(
        _ request: Request,
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
        // Check before the expensive hash; the store checks again, because the name may be taken meanwhile.
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
        _ request: Request,
        _ username: Username,
        _ hash: String?,
        _ device: Device,
        _ address: RemoteAddress
    ) async throws -> ActivationOutcome {
        let (token, time) = (SecretToken(), clock.now)
        let session = sessions.new(token, device, earlier: request.earlier)
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
        let origin = try audit.origin(address)
        let events = [
            AuditEvent(.accountCreated, detail: request.role.rawValue, origin: origin, time: time),
            AuditEvent(.signedIn, detail: request.identity?.provider ?? "activation", origin: origin, time: time),
        ]
        switch try await store.create(account, at: time, with: SideEffects(at: time, events: events)) {
        case .created(let person, let id):
            let passwordSet = hash == nil ? nil : time
            return .activated(
                try sessions.started(token, id, person, request.language, session.expires, passwordSet: passwordSet)
            )
        case .sourceGone, .alreadyRegistered: return .expired
        case .usernameTaken: return try await taken(username)
        }
    }

    private func taken(_ username: Username) async throws -> ActivationOutcome {
        .usernameTaken(suggestion: try await store.firstFree(of: username.variants))
    }
}

/// How an activation ended.
public enum ActivationOutcome: Sendable, Equatable {
    /// The account was created and its owner is signed in.
    case activated(StartedSession)
    /// The link was used or has expired.
    case expired
    /// The password is not acceptable.
    case password(PasswordFault)
    /// The user name is not acceptable.
    case username(UsernameFault)
    /// The user name belongs to another person; a free one to suggest.
    case usernameTaken(suggestion: Username?)
    /// An invited person must give a name.
    case needsName
    /// The agreement must be accepted first.
    case needsAgreement
    /// Too many passwords are being hashed (503).
    case busy
}

extension PeopleStore {
    /// A user name derived from an address that nobody has yet; nil when none can be found.
    func freeUsername(for email: EmailAddress) async throws -> Username? {
        guard let suggestion = Username.suggested(from: email) else { return nil }
        return try await firstFree(of: [suggestion] + suggestion.variants)
    }
}
