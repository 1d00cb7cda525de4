public import Civic
import Foundation

/// Invites somebody to the staff; the mailed link leads to the activation page.
public struct InviteStaff: Sendable {
    let store: any RegistrationStore & PeopleStore
    let proveOwnership: ProveOwnership
    let quotas: QuotaCounter
    let mails: AccountMails
    let clock: WallClock
    let settings: AccountSettings

    /// Invites somebody on behalf of a member of the staff.
    ///
    /// Needs a recent proof (`ProveOwnership.proveForRights`): a stolen or unattended session alone must not grant rights.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func callAsFunction(
        _ email: EmailAddress,
        role: Role,
        language: Language,
        by who: SignedIn
    ) async throws -> InvitationOutcome {
        try who.require(.manageStaff)
        guard try await proveOwnership.isFreshForRights(who) else { return .needsProof }
        if let seconds = try await quotas.wait("invite/\(who.person)", settings.limits.invitationsPerPerson) {
            return .wait(seconds: seconds)
        }
        return try await invite(email, role, language, inviter: who.person, isMailed: true)
    }

    /// Invites somebody from the operator's console.
    ///
    /// - Parameter isMailed: whether a mail is queued; otherwise the operator passes the link on.
    public func fromConsole(
        _ email: EmailAddress,
        role: Role,
        language: Language,
        isMailed: Bool
    ) async throws -> InvitationOutcome {
        try await invite(email, role, language, inviter: nil, isMailed: isMailed)
    }

    private func invite(
        _ email: EmailAddress,
        _ role: Role,
        _ language: Language,
        inviter: PersonID?,
        isMailed: Bool
    ) async throws -> InvitationOutcome {
        if let known = try await store.credentials(for: .email(key: email.key)) {
            return .alreadyRegistered(known.person.id)
        }
        let (token, time, expires) = (SecretToken(), clock.now, clock.time(after: settings.invitationLifetime))
        let registration = Registration(
            tokenHash: token.hash,
            email: email,
            name: nil,
            language: language,
            role: role,
            consent: nil,
            inviter: inviter,
            created: time,
            expires: expires
        )
        let notice = AccountNotice.invitation(token: token, role: role, expires: expires)
        let queued = isMailed ? [try mails.mail(notice, to: email, in: language)] : []
        let event = AuditEvent(.invited, actor: inviter, detail: role.rawValue, time: time)
        try await store.add(registration, with: SideEffects(at: time, mails: queued, events: [event]))
        mails.queued()
        return .invited(token)
    }
}

/// How an invitation ended.
public enum InvitationOutcome: Sendable, Equatable {
    /// Invited; the token is for a command that prints the link.
    case invited(SecretToken)
    /// The address has an account: change its role instead.
    case alreadyRegistered(PersonID)
    /// Neither the sign-in nor a proof is recent enough: call `ProveOwnership.proveForRights` first.
    case needsProof
    /// Too many invitations. The value is the number of seconds to wait.
    case wait(seconds: Int)
}
