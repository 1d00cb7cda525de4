public import Civic

/// Lets staff read the audit log; reading it is put on record too.
public struct ReadAuditLog: Sendable {
    let store: any AuditStore & PeopleStore
    let clock: WallClock

    /// A page of the audit log, the newest event first.
    ///
    /// The event of the reading has the detail `names` when the reader may see personal data and therefore gets the names of
    /// the people in the page.
    ///
    /// - Parameters:
    ///   - before: only events with a lower number.
    ///   - person: only events that concern or were done by this person.
    ///   - limit: the maximum number of events, 1 to 500.
    /// - Throws: `CivicError.forbidden` without `Permission.readAudit`.
    public func callAsFunction(
        before: Int64? = nil,
        of person: PersonID? = nil,
        limit: Int = 100,
        by who: SignedIn
    ) async throws -> AuditLogPage {
        try who.require(.readAudit)
        let events = try await store.events(before: before, of: person, limit: min(max(limit, 1), 500))
        let seesNames = who.may(.seePersonalData)
        let people = Set(events.flatMap { [$0.event.actor, $0.event.subject] }.compactMap { $0 })
        let names = seesNames ? try await store.names(of: people) : nil
        let event = AuditEvent(
            .auditRead,
            actor: who.person,
            subject: person,
            detail: seesNames ? "names" : nil,
            time: clock.now
        )
        try await store.record(SideEffects(at: clock.now, events: [event]))
        return AuditLogPage(events: events, names: names)
    }
}

/// A page of the audit log as a member of the staff may see it.
public struct AuditLogPage: Sendable, Equatable {
    /// The events, the newest first.
    public let events: [RecordedEvent]
    /// The names of the people in the events, erased accounts left out; nil when the reader may not see personal data.
    public let names: [PersonID: PersonName]?

    /// Makes a page.
    public init(events: [RecordedEvent], names: [PersonID: PersonName]?) { (self.events, self.names) = (events, names) }
}
