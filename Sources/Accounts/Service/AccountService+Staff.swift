import Foundation

extension AccountService {
    /// Finds people whose name, user name or address begins with a text, the staff first; the look is put on record.
    ///
    /// Without a text these are the staff alone.
    ///
    /// - Throws: `AccountsError.forbidden`.
    public func people(matching text: String, limit: Int = 50, by who: SignedIn) async throws -> [Person] {
        try who.require(.manageStaff)
        let found = try await store.people(matching: String(text.prefix(100)), limit: min(max(limit, 1), 200))
        let people = text.isEmpty ? found.filter(\.role.isStaff) : found
        try await store.record(consequences(events: people.map { viewed($0.id, by: who, "list") }))
        return people
    }

    /// A person with what is kept sealed, or nil; the look is put on record.
    ///
    /// - Throws: `AccountsError.forbidden`.
    public func person(_ id: PersonID, by who: SignedIn) async throws -> Profile? {
        try who.require(.seePersonalData)
        guard let profile = try await profile(of: id) else { return nil }
        try await store.record(consequences(events: [viewed(id, by: who, "profile")]))
        return profile
    }

    /// Everyone who gave an IIN, verified or not; the looks are put on record.
    ///
    /// - Throws: `AccountsError.forbidden`.
    public func people(iin: IndividualIdentificationNumber, by who: SignedIn) async throws -> [Person] {
        try who.require(.seePersonalData)
        let people = try await store.people(iinHashes: try box.hashes(iin.text, for: .iin))
        try await store.record(consequences(events: people.map { viewed($0.id, by: who, "iin") }))
        return people
    }

    /// Events on record, the newest first; that they were read is put on record.
    ///
    /// - Throws: `AccountsError.forbidden`.
    public func auditEvents(
        before: Int64? = nil,
        of person: PersonID? = nil,
        limit: Int = 100,
        by who: SignedIn
    ) async throws -> [RecordedEvent] {
        try who.require(.readAudit)
        let events = try await store.events(before: before, of: person, limit: min(max(limit, 1), 500))
        let event = AuditEvent(.auditRead, actor: who.person, subject: person, time: now())
        try await store.record(consequences(events: [event]))
        return events
    }

    private func viewed(_ id: PersonID, by who: SignedIn, _ detail: String) -> AuditEvent {
        AuditEvent(.personalDataViewed, actor: who.person, subject: id, detail: detail, time: now())
    }
}
