public import Civic

/// Lets staff look up people; every look-up is recorded.
public struct LookUpPeople: Sendable {
    let store: any PeopleStore & AuditStore
    let readProfile: ReadProfile
    let sealer: ValueSealer
    let clock: WallClock

    /// Finds people whose name, user name or address begins with a text, the staff first.
    ///
    /// An empty text lists the staff only.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func matching(_ text: String, limit: Int = 50, by who: SignedIn) async throws -> [Person] {
        try who.require(.manageStaff)
        let found = try await store.people(matching: String(text.prefix(100)), limit: min(max(limit, 1), 200))
        let people = text.isEmpty ? found.filter(\.role.isStaff) : found
        try await record(people, by: who, "list")
        return people
    }

    /// A person with the values that are stored sealed; nil when there is no such account.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func person(_ id: PersonID, by who: SignedIn) async throws -> Profile? {
        try who.require(.seePersonalData)
        guard let profile = try await readProfile(of: id) else { return nil }
        try await record([profile.person], by: who, "profile")
        return profile
    }

    /// Everyone who gave an IIN, verified or not.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func withIIN(_ iin: IndividualIdentificationNumber, by who: SignedIn) async throws -> [Person] {
        try who.require(.seePersonalData)
        let people = try await store.people(iinHashes: try sealer.hashes(iin.text, for: .iin))
        try await record(people, by: who, "iin")
        return people
    }

    private func record(_ people: [Person], by who: SignedIn, _ detail: String) async throws {
        let time = clock.now
        let events = people.map {
            AuditEvent(.personalDataViewed, actor: who.person, subject: $0.id, detail: detail, time: time)
        }
        try await store.record(SideEffects(at: time, events: events))
    }
}
