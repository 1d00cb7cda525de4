public import Foundation
public import Mail

/// What goes with a change, in the same transaction: it is all kept, or nothing is.
public struct Consequences: Sendable, Equatable {
    /// When the change is made.
    public let time: Date
    /// The mails to queue.
    public var mails: [OutgoingMail]
    /// What to put on record; in a creation an actor or subject of nil stands for the one who is created.
    public var events: [AuditEvent]

    /// Makes consequences.
    public init(at time: Date, mails: [OutgoingMail] = [], events: [AuditEvent] = []) {
        (self.time, self.mails, self.events) = (time, mails, events)
    }
}
