public import Foundation

/// An entry of the audit log, which is never changed.
///
/// People appear in it by number only, so that an erased account leaves no name behind.
public struct AuditEvent: Sendable, Equatable {
    /// What can be on record.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// An account was made.
        case accountCreated
        /// A sign-in succeeded.
        case signedIn
        /// A sign-in failed.
        case signInFailed
        /// A sign-in was held back by the throttle.
        case signInThrottled
        /// A session was ended by its owner.
        case signedOut
        /// A password was set or changed.
        case passwordChanged
        /// A new password was asked for.
        case passwordResetRequested
        /// The address was changed.
        case emailChanged
        /// A change of the address without confirmation from the present mailbox was requested.
        case emailChangeWaived
        /// The change was cancelled from the present mailbox.
        case emailChangeStopped
        /// A provider was linked.
        case identityLinked
        /// A provider was unlinked.
        case identityUnlinked
        /// The second factor came into force.
        case secondFactorEnabled
        /// The second factor was given up.
        case secondFactorDisabled
        /// A recovery code was used.
        case recoveryCodeUsed
        /// New recovery codes were given out in place of the old ones.
        case recoveryCodesRenewed
        /// A role was changed.
        case roleChanged
        /// Somebody was invited to the staff.
        case invited
        /// Name, user name, phone, IIN, language or notifications were changed by the owner.
        case profileChanged
        /// Personal data of another was looked at.
        case personalDataViewed
        /// The owner took a copy of everything.
        case dataExported
        /// The link to erase the account was asked for.
        case erasureRequested
        /// The account was erased.
        case accountErased
        /// The record itself was read.
        case auditRead
        /// Sealed values were sealed anew with another key.
        case keysRotated
    }

    /// What was done.
    public let kind: Kind
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
        _ kind: Kind,
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
