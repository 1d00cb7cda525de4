/// A recorded event.
public struct RecordedEvent: Sendable, Equatable, Identifiable {
    /// Its number; later events have higher numbers.
    public let id: Int64
    /// The event.
    public let event: AuditEvent

    /// Makes it from a stored record.
    public init(id: Int64, event: AuditEvent) { (self.id, self.event) = (id, event) }
}

/// The audit log; the database refuses to change or delete its entries.
public protocol AuditStore: Sendable {
    /// Records events, and queues mails that belong to no other change.
    func record(_ effects: SideEffects) async throws
    /// Reads events, the newest first.
    ///
    /// - Parameters:
    ///   - before: only those with a lower number.
    ///   - person: only those that concern or were done by this person.
    func events(before: Int64?, of person: PersonID?, limit: Int) async throws -> [RecordedEvent]
}
