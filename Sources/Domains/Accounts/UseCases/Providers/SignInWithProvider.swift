public import Civic
import Foundation

/// Continues a sign-in with the identity that a provider has confirmed.
public struct SignInWithProvider: Sendable {
    let store: any IdentityStore & PeopleStore
    let finishSignIn: FinishSignIn
    let tickets: IdentityTickets

    /// Signs in the person who has linked the identity; anybody else gets a ticket to go on with.
    ///
    /// An account that merely has the same address is not theirs until its owner has proved it.
    ///
    /// - Parameter earlier: the token of the session that this browser had before, which ends.
    /// - Throws: `AccountsError.malformedIdentity`.
    public func callAsFunction(
        identity: ExternalIdentity,
        language: Language,
        deviceMark: String? = nil,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> IdentityOutcome {
        guard identity.isStorable else { throw AccountsError.malformedIdentity }
        if let person = try await store.person(issuer: identity.issuer, subject: identity.subject) {
            let arrival = Arrival(identity.provider, mark: deviceMark, device, address, earlier: earlier)
            switch try await finishSignIn.proceed(person, arrival) {
            case .signedIn(let session): return .signedIn(session)
            case .needsSecondFactor(let ticket): return .needsSecondFactor(ticket: ticket)
            case .wrong, .wait, .busy: break
            }
        }
        let (ticket, held, expires) = try await tickets.keep(identity, language)
        return try await outcome(of: held, ticket, expires)
    }

    private func outcome(
        of held: IdentityTicket,
        _ ticket: SecretToken,
        _ expires: Date
    ) async throws -> IdentityOutcome {
        let identity = held.identity
        guard let email = identity.verifiedEmail else {
            let statedEmail = identity.email.flatMap { try? EmailAddress($0) }
            return .needsEmail(ticket: ticket, name: identity.personName, email: statedEmail)
        }
        if try await store.credentials(for: .email(key: email.key)) != nil {
            return .needsConfirmation(ticket: ticket, maskedEmail: email.masked)
        }
        let pending = PendingActivation(
            name: identity.personName,
            email: email,
            username: try await store.freeUsername(for: email),
            language: held.language,
            role: .citizen,
            needsPassword: false,
            needsAgreement: true,
            expires: expires
        )
        return .needsAgreement(ticket: ticket, pending)
    }
}

/// How a sign-in with a provider goes on.
public enum IdentityOutcome: Sendable, Equatable {
    /// Signed in.
    case signedIn(StartedSession)
    /// The identity is linked; the second factor is required (`FinishSignIn`).
    case needsSecondFactor(ticket: SecretToken)
    /// A new person with a verified address: show name, user name and agreement, then call `JoinWithProvider.accept`.
    case needsAgreement(ticket: SecretToken, PendingActivation)
    /// The provider gave no verified address: ask for one, then call `JoinWithProvider.provideEmail`.
    case needsEmail(ticket: SecretToken, name: PersonName?, email: EmailAddress?)
    /// The address has an account: its owner signs in to it and then `LinkIdentity.linkPending` is called, or asks for a
    /// link by `LinkIdentity.requestLink`.
    case needsConfirmation(ticket: SecretToken, maskedEmail: String)
}
