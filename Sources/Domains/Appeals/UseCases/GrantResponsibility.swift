public import Civic

/// Says for which bodies and districts a member of the staff is responsible, and who signs.
public struct GrantResponsibility: Sendable {
    let store: any AppealStore
    let catalogue: AppealCatalogue
    let clock: WallClock
    let authority: AppealAuthority

    /// How granting ended.
    public enum Outcome: Sendable, Equatable {
        /// Granted.
        case granted
        /// There is no such body.
        case unknownBody(AppealBody.ID)
        /// There is no such district.
        case unknownDistrict(DistrictSlug)
        /// The visitor may not grant, or not to oneself.
        case denied
    }

    /// Grants on behalf of an administrator, in place of what the person had.
    public func callAsFunction(_ grant: StaffGrant, by visitor: AppealVisitor) async throws -> Outcome {
        guard let actor = visitor.person, actor != grant.person,
            authority.permissions.allows(.editUsers, by: visitor.subject, on: nil)
        else { return .denied }
        return try await set(grant, by: actor)
    }

    /// Grants from the operator's console.
    public func fromConsole(_ grant: StaffGrant) async throws -> Outcome { try await set(grant, by: nil) }

    /// What a person is responsible for; nil when nothing was granted, or when the visitor may not know.
    public func grant(of person: PersonID, by visitor: AppealVisitor) async throws -> StaffGrant? {
        guard person == visitor.person || authority.permissions.allows(.seeUsers, by: visitor.subject, on: nil) else {
            return nil
        }
        return try await store.grant(of: person)
    }

    /// All grants, by person; empty when the visitor may not know.
    public func all(by visitor: AppealVisitor) async throws -> [StaffGrant] {
        guard authority.permissions.allows(.seeUsers, by: visitor.subject, on: nil) else { return [] }
        return try await store.grants()
    }

    private func set(_ grant: StaffGrant, by actor: PersonID?) async throws -> Outcome {
        if let unknown = grant.bodies.filter({ catalogue[body: $0] == nil }).min() { return .unknownBody(unknown) }
        if let unknown = grant.districts?.filter({ catalogue.akimat(of: $0) == nil }).min() {
            return .unknownDistrict(unknown)
        }
        let time = clock.now
        let event = AuditEvent(.responsibilityGranted, actor: actor, subject: grant.person, time: time)
        try await store.set(grant, with: SideEffects(at: time, events: [event]))
        return .granted
    }
}
