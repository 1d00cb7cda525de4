public import Civic
import Foundation

/// Sets a new password by a mailed link, for a person who forgot the present one.
public struct ResetPassword: Sendable {
    let store: any TokenStore & PeopleStore & AuditStore
    let hasher: PasswordHasher
    let change: PasswordChange
    let quotas: QuotaCounter
    let mailLimiter: MailLimiter
    let mails: AccountMails
    let audit: AuditTrail
    let clock: WallClock
    let settings: AccountSettings

    /// Takes a request by e-mail address or user name; the answer is the same whether there is an account or not.
    public func request(login: String, from address: RemoteAddress) async throws -> RequestOutcome {
        if let seconds = try await quotas.wait("request", settings.limits.requestsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let person = try await store.credentials(forLogin: login)?.person
        let (token, expires, time) = (SecretToken(), clock.time(after: settings.resetLifetime), clock.now)
        let event = AuditEvent(
            .passwordResetRequested,
            subject: person?.id,
            origin: try audit.origin(address),
            time: time
        )
        let isMailed = try await mailLimiter.mayMail(
            .reset,
            key: person?.email.key ?? "nobody/\(login.prefix(100))",
            from: address
        )
        guard let person, isMailed else {
            mails.composeUnsent(expires: expires)
            try await store.record(SideEffects(at: time, events: [event]))
            return .accepted
        }
        let notice = AccountNotice.passwordReset(token: token, name: person.name, expires: expires)
        let mail = try mails.mail(notice, to: person.email, in: person.language, .minute(of: ""))
        let stored = StoredToken(hash: token.hash, purpose: .passwordReset, person: person.id, expires: expires)
        try await store.keep(stored, with: SideEffects(at: time, mails: [mail], events: [event]))
        mails.queued()
        return .accepted
    }

    /// The owner of the account whose password a mailed link sets; nil when the link was used or has expired.
    ///
    /// Does not use the link up.
    public func pending(_ token: SecretToken) async throws -> Person? {
        guard let id = try await store.token(token.hash, for: .passwordReset, at: clock.now)?.person else { return nil }
        return try await store.person(id)
    }

    /// Sets the new password by the mailed link; every session of the person ends, and the person is notified.
    public func reset(
        _ token: SecretToken,
        password: String,
        device: Device,
        from address: RemoteAddress
    ) async throws -> PasswordOutcome {
        guard let person = try await pending(token) else { return .expired }
        if let fault = change.fault(in: password, of: person) { return .password(fault) }
        do {
            let hash = try await hasher.hash(password)
            let effects = try await change.effects(person, actor: nil, device, address)
            let isDone = try await store.resetPassword(token.hash, to: hash, at: clock.now, with: effects)
            mails.queued()
            return isDone ? .changed(nil) : .expired
        } catch AccountsError.busy {
            return .busy
        }
    }
}

/// How setting a new password ended.
public enum PasswordOutcome: Sendable, Equatable {
    /// Set; other sessions are ended. The session to continue with, under a new token, where there was one.
    case changed(StartedSession?)
    /// The link was used or has expired.
    case expired
    /// The present password is wrong.
    case wrong
    /// The account has no password: sign in again through the provider and repeat within `AccountSettings.proofLifetime`.
    case needsFreshSignIn
    /// Too many wrong passwords. The value is the number of seconds to wait.
    case wait(seconds: Int)
    /// The new password is not acceptable.
    case password(PasswordFault)
    /// Too many passwords are being hashed (503).
    case busy
}
