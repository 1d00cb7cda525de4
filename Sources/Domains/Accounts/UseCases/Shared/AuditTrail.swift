import Civic
import Foundation

/// Puts events on record that belong to no change of data, such as a failed sign-in.
struct AuditTrail: Sendable {
    let store: any AuditStore
    let sealer: ValueSealer
    let clock: WallClock

    /// Records an event.
    ///
    /// - Parameter person: whom it concerns; nil when that is not known.
    func record(_ kind: AuditKind, of person: PersonID?, from address: RemoteAddress) async throws {
        let event = AuditEvent(kind, subject: person, origin: try origin(address), time: clock.now)
        try await store.record(SideEffects(at: clock.now, events: [event]))
    }

    /// A keyed hash of an address: events from one place can be seen to belong together, but the place cannot be read.
    func origin(_ address: RemoteAddress) throws -> Data { try sealer.hash(address.key, for: .origin) }
}
