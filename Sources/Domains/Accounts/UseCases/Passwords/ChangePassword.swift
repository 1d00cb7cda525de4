public import Civic
import Foundation

/// Sets a new password from the account page.
public struct ChangePassword: Sendable {
    let store: any PeopleStore
    let proveOwnership: ProveOwnership
    let hasher: PasswordHasher
    let change: PasswordChange
    let sessions: SessionTokens
    let mails: AccountMails

    /// Sets the new password; other sessions end, the present one continues under a new token.
    ///
    /// - Parameter current: the present password; nil where there is none yet.
    public func callAsFunction(
        of who: SignedIn,
        current: String?,
        to password: String,
        device: Device,
        from address: RemoteAddress
    ) async throws -> PasswordOutcome {
        guard let person = try await store.person(who.person) else { return .expired }
        switch try await proveOwnership.prove(who, password: current, from: address) {
        case .wrong, .wrongCode: return .wrong
        case .needsFreshSignIn: return .needsFreshSignIn
        case .wait(let seconds): return .wait(seconds: seconds)
        case .busy: return .busy
        case .proved: break
        }
        if let fault = change.fault(in: password, of: person) { return .password(fault) }
        do {
            let token = SecretToken()
            let renewal = sessions.renewal(of: who, token)
            let hash = try await hasher.hash(password, .known)
            let effects = try await change.effects(person, actor: person.id, device, address)
            try await store.setPassword(of: person.id, hash: hash, keeping: renewal, with: effects)
            mails.queued()
            return .changed(
                try sessions.started(
                    token,
                    who.session,
                    person.id,
                    person.language,
                    renewal.expires,
                    passwordSet: effects.time
                )
            )
        } catch AccountsError.busy {
            return .busy
        }
    }
}
