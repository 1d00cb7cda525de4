public import Civic
import Foundation

extension AccountService {
    /// Finds people whose name, user name or address begins with a text, the staff first; the look is put on record.
    ///
    /// An empty text lists the staff only.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func people(matching text: String, limit: Int = 50, by who: SignedIn) async throws -> [Person] {
        try who.require(.manageStaff)
        let found = try await store.people(matching: String(text.prefix(100)), limit: min(max(limit, 1), 200))
        let people = text.isEmpty ? found.filter(\.role.isStaff) : found
        try await store.record(sideEffects(events: people.map { viewed($0.id, by: who, "list") }))
        return people
    }

    /// A person with what is kept sealed, or nil; the look is put on record.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func person(_ id: PersonID, by who: SignedIn) async throws -> Profile? {
        try who.require(.seePersonalData)
        guard let profile = try await profile(of: id) else { return nil }
        try await store.record(sideEffects(events: [viewed(id, by: who, "profile")]))
        return profile
    }

    /// Everyone who gave an IIN, verified or not; the looks are put on record.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func people(iin: IndividualIdentificationNumber, by who: SignedIn) async throws -> [Person] {
        try who.require(.seePersonalData)
        let people = try await store.people(iinHashes: try sealer.hashes(iin.text, for: .iin))
        try await store.record(sideEffects(events: people.map { viewed($0.id, by: who, "iin") }))
        return people
    }

    /// A page of the audit log, the newest event first.
    ///
    /// Reading it is itself recorded, with the detail `names` when the reader may see personal data and therefore gets
    /// the names of the people in it.
    ///
    /// - Parameters:
    ///   - before: only events with a lower number.
    ///   - person: only events that concern or were done by this person.
    ///   - limit: at most so many events, 1 to 500.
    /// - Throws: `CivicError.forbidden` without `Permission.readAudit`.
    public func auditEvents(
        before: Int64? = nil,
        of person: PersonID? = nil,
        limit: Int = 100,
        by who: SignedIn
    ) async throws -> AuditReading {
        try who.require(.readAudit)
        let events = try await store.events(before: before, of: person, limit: min(max(limit, 1), 500))
        let seesNames = who.may(.seePersonalData)
        let people = Set(events.flatMap { [$0.event.actor, $0.event.subject] }.compactMap { $0 })
        let names = seesNames ? try await store.names(of: people) : nil
        let detail = seesNames ? "names" : nil
        let event = AuditEvent(.auditRead, actor: who.person, subject: person, detail: detail, time: now())
        try await store.record(sideEffects(events: [event]))
        return AuditReading(events: events, names: names)
    }

    private func viewed(_ id: PersonID, by who: SignedIn, _ detail: String) -> AuditEvent {
        AuditEvent(.personalDataViewed, actor: who.person, subject: id, detail: detail, time: now())
    }
}
