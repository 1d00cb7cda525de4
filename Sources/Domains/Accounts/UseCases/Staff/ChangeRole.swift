public import Civic

/// Gives a person another role, or takes it away.
public struct ChangeRole: Sendable {
    let store: any PeopleStore
    let proveOwnership: ProveOwnership
    let mails: AccountMails
    let clock: WallClock

    /// Changes a role on behalf of a member of the staff, after a recent proof (`ProveOwnership.proveForRights`).
    ///
    /// - Throws: `CivicError.forbidden`, or `AccountsError.noSuchPerson`.
    public func callAsFunction(of id: PersonID, to role: Role, by who: SignedIn) async throws -> RoleOutcome {
        try who.require(.manageStaff)
        guard try await proveOwnership.isFreshForRights(who) else { return .needsProof }
        return try await change(of: id, to: role, actor: who.person) ? .changed : .lastAdministrator
    }

    /// Changes a role from the operator's console; false when no administrator would be left.
    ///
    /// - Throws: `AccountsError.noSuchPerson`.
    public func fromConsole(of id: PersonID, to role: Role) async throws -> Bool {
        try await change(of: id, to: role, actor: nil)
    }

    private func change(of id: PersonID, to role: Role, actor: PersonID?) async throws -> Bool {
        guard let person = try await store.person(id) else { throw AccountsError.noSuchPerson }
        guard person.role != role else { return true }
        let time = clock.now
        let event = AuditEvent(
            .roleChanged,
            actor: actor,
            subject: id,
            detail: "\(person.role.rawValue) → \(role.rawValue)",
            time: time
        )
        let mail = try mails.mail(.roleChanged(role: role, name: person.name, time: time), to: person)
        let effects = SideEffects(at: time, mails: [mail], events: [event])
        let isDone = try await store.change(id, .role(role), with: effects)
        mails.queued()
        return isDone
    }
}

/// How a change of a role ended.
public enum RoleOutcome: Sendable, Equatable {
    /// Changed.
    case changed
    /// The last administrator must remain one.
    case lastAdministrator
    /// Neither the sign-in nor a proof is recent enough: call `ProveOwnership.proveForRights` first.
    case needsProof
}
