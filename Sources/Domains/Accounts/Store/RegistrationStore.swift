public import Civic
public import Foundation

/// Somebody who is to have an account once the link in the mail is followed: a registration or an invitation.
public struct Registration: Sendable, Equatable {
    /// The hash of the token in the link.
    public let tokenHash: Data
    /// The address.
    public let email: EmailAddress
    /// The name; nil for an invitation.
    public let name: PersonName?
    /// The language.
    public let language: Language
    /// The role that goes with it.
    public let role: Role
    /// The agreement that was accepted, and when; nil for an invitation.
    public let consent: Consent?
    /// Who was signed in at a provider, sealed; nil when a password is due.
    public let identity: Data?
    /// Who invited; nil for a registration, and for the operator's console.
    public let inviter: PersonID?
    /// When it was made.
    public let created: Date
    /// When the link runs out.
    public let expires: Date

    /// Makes a registration.
    public init(
        tokenHash: Data,
        email: EmailAddress,
        name: PersonName?,
        language: Language,
        role: Role = .citizen,
        consent: Consent?,
        identity: Data? = nil,
        inviter: PersonID? = nil,
        created: Date,
        expires: Date
    ) {
        (self.tokenHash, self.email, self.name, self.language, self.role) = (tokenHash, email, name, language, role)
        (self.consent, self.identity, self.inviter) = (consent, identity, inviter)
        (self.created, self.expires) = (created, expires)
    }
}

/// An account that is to be made, with its first session.
public struct NewAccount: Sendable {
    /// The token that authorises it and is used up by it.
    public enum Source: Sendable, Equatable {
        /// A registration or an invitation, by the hash of its token.
        case registration(tokenHash: Data)
        /// A sign-in at a provider that waits, by the hash of its ticket.
        case identityTicket(hash: Data)
    }

    /// The token that authorises it.
    public let source: Source
    /// The address.
    public let email: EmailAddress
    /// The name.
    public let name: PersonName
    /// The user name.
    public let username: Username
    /// The language.
    public let language: Language
    /// The role.
    public let role: Role
    /// The hash of the password; nil where a provider vouches.
    public let passwordHash: String?
    /// What was agreed to.
    public let consent: Consent
    /// The provider to link.
    public let identity: ExternalIdentity?
    /// The first session.
    public let session: NewSession

    /// Makes it.
    public init(
        source: Source,
        email: EmailAddress,
        name: PersonName,
        username: Username,
        language: Language,
        role: Role,
        passwordHash: String?,
        consent: Consent,
        identity: ExternalIdentity?,
        session: NewSession
    ) {
        (self.source, self.email, self.name, self.username) = (source, email, name, username)
        (self.language, self.role, self.passwordHash) = (language, role, passwordHash)
        (self.consent, self.identity, self.session) = (consent, identity, session)
    }
}

/// How the making of an account went.
public enum CreationResult: Sendable, Equatable {
    /// Made, with its session.
    case created(PersonID, SessionID)
    /// The source was used or ran out.
    case sourceGone
    /// The user name belongs to another.
    case usernameTaken
    /// The address, or the identity at the provider, has an account by now.
    case alreadyRegistered
}

/// Accounts that are to be, and their making.
public protocol RegistrationStore: Sendable {
    /// Keeps a registration.
    func add(_ registration: Registration, with effects: SideEffects) async throws
    /// A registration whose link still holds; an invitation only while who invited may still invite.
    func registration(tokenHash: Data, at now: Date) async throws -> Registration?
    /// Makes an account; of two at once with one source, one is made.
    func create(_ account: NewAccount, at now: Date, with effects: SideEffects) async throws -> CreationResult
}
