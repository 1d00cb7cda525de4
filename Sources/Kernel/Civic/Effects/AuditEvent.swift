public import Foundation

/// The kind of an audit event; each domain declares its own as static members.
public struct AuditKind: RawRepresentable, Hashable, Sendable {
    /// The word under which the kind is stored and exported, and the last part of the key of its label.
    public let rawValue: String

    /// Names a kind.
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An entry of the audit log, which is never changed.
///
/// People appear in it by number only, so that an erased account leaves no name behind.
public struct AuditEvent: Sendable, Equatable {
    /// What was done.
    public let kind: AuditKind
    /// The person who did it; nil when nobody was signed in, and in the creation of an account for the new person.
    public let actor: PersonID?
    /// The person it concerns; nil in the creation of an account for the new person.
    public let subject: PersonID?
    /// A fixed word that adds to the kind, such as a role or a provider; never personal data.
    public let detail: String?
    /// A keyed hash of the address it came from, by which events of one place can be seen to belong together.
    public let origin: Data?
    /// When.
    public let time: Date

    /// Makes an event.
    public init(
        _ kind: AuditKind,
        actor: PersonID? = nil,
        subject: PersonID? = nil,
        detail: String? = nil,
        origin: Data? = nil,
        time: Date
    ) {
        self.kind = kind
        self.actor = actor
        self.subject = subject
        self.detail = detail
        self.origin = origin
        self.time = time
    }
}
