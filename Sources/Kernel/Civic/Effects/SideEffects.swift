public import Foundation

/// The mails and audit events of a change, written in the same transaction as the change itself.
public struct SideEffects: Sendable, Equatable {
    /// When the change is made.
    public let time: Date
    /// The mails to queue.
    public var mails: [OutgoingMail]
    /// The audit events; in the creation of an account, an actor or subject of nil stands for the new person.
    public var events: [AuditEvent]

    /// Makes effects.
    public init(at time: Date, mails: [OutgoingMail] = [], events: [AuditEvent] = []) {
        (self.time, self.mails, self.events) = (time, mails, events)
    }
}
