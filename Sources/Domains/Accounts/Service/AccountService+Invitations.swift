public import Civic
import Foundation

extension AccountService {
    /// Invites somebody to the staff by mail; the link leads to the page of the activation.
    ///
    /// Needs a recent proof (`proveForRights`): a stolen or unattended session alone must not grant rights.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func invite(
        _ email: EmailAddress,
        role: Role,
        language: Language,
        by who: SignedIn
    ) async throws -> InvitationOutcome {
        try who.require(.manageStaff)
        guard try await isFresh(who, within: settings.rightsProofLifetime) else { return .needsProof }
        let time = now()
        let charge = try charge("invite/\(who.person)", settings.limits.invitationsPerPerson)
        if let free = try await store.charge([charge], at: time) {
            return .wait(seconds: Self.seconds(from: time, to: free))
        }
        return try await invite(email, role, language, inviter: who.person, isMailed: true)
    }

    /// Invites somebody from the operator's console.
    ///
    /// - Parameter isMailed: whether the mail is queued; else the link is for the operator to pass on.
    public func inviteFromConsole(
        _ email: EmailAddress,
        role: Role,
        language: Language,
        isMailed: Bool
    ) async throws -> InvitationOutcome {
        try await invite(email, role, language, inviter: nil, isMailed: isMailed)
    }

    /// Gives a person another role from the operator's console; false when the last administrator would be gone.
    public func changeRoleFromConsole(of id: PersonID, to role: Role) async throws -> Bool {
        try await changeRole(of: id, to: role, actor: nil)
    }

    /// Gives a person another role, or takes it away, after a recent proof (`proveForRights`).
    ///
    /// - Throws: `CivicError.forbidden`, or `.noSuchPerson`.
    public func changeRole(of id: PersonID, to role: Role, by who: SignedIn) async throws -> RoleOutcome {
        try who.require(.manageStaff)
        guard try await isFresh(who, within: settings.rightsProofLifetime) else { return .needsProof }
        return try await changeRole(of: id, to: role, actor: who.person) ? .changed : .lastAdministrator
    }

    private func changeRole(of id: PersonID, to role: Role, actor: PersonID?) async throws -> Bool {
        guard let person = try await store.person(id) else { throw AccountsError.noSuchPerson }
        guard person.role != role else { return true }
        let event = AuditEvent(
            .roleChanged,
            actor: actor,
            subject: id,
            detail: "\(person.role.rawValue) → \(role.rawValue)",
            time: now()
        )
        let mail = try mail(.roleChanged(role: role, name: person.name, time: now()), to: person)
        let isDone = try await store.change(id, .role(role), with: sideEffects(mails: [mail], events: [event]))
        mailQueued()
        return isDone
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
        let (token, time, expires) = (SecretToken(), now(), expiry(settings.invitationLifetime))
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
        let mails = isMailed ? [try mail(notice, to: email, in: language)] : []
        let event = AuditEvent(.invited, actor: inviter, detail: role.rawValue, time: time)
        try await store.add(registration, with: sideEffects(mails: mails, events: [event]))
        mailQueued()
        return .invited(token)
    }
}
