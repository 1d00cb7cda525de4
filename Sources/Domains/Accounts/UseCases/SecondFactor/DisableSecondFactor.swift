public import Civic

/// Gives up the second factor.
public struct DisableSecondFactor: Sendable {
    let store: any SecondFactorStore & PeopleStore
    let proveOwnership: ProveOwnership
    let change: SecondFactorChange
    let mails: AccountMails
    let audit: AuditTrail

    /// Gives it up once its owner has proved to own the account and to hold the second factor.
    ///
    /// - Parameter code: a code of the app, or a recovery code.
    public func callAsFunction(
        _ who: SignedIn,
        password: String?,
        code: String,
        from address: RemoteAddress
    ) async throws -> ProofOutcome {
        guard let person = try await store.person(who.person), person.hasSecondFactor else {
            return try await proveOwnership.prove(who, password: password, from: address)
        }
        let proof = try await proveOwnership.prove(who, password: password, code: code, from: address)
        guard proof == .proved else { return proof }
        let effects = try change.effects(person, isOn: false, actor: person.id, origin: try audit.origin(address))
        _ = try await store.disableSecondFactor(of: who.person, endsSessions: false, with: effects)
        mails.queued()
        return .proved
    }

    /// Gives up the second factor of a person who lost it, from the operator's console; every session ends.
    ///
    /// - Returns: false when there is none.
    /// - Throws: `AccountsError.noSuchPerson`.
    public func fromConsole(of id: PersonID) async throws -> Bool {
        guard let person = try await store.person(id) else { throw AccountsError.noSuchPerson }
        let effects = try change.effects(person, isOn: false, actor: nil, detail: "console")
        let isDone = try await store.disableSecondFactor(of: id, endsSessions: true, with: effects)
        mails.queued()
        return isDone
    }
}
