public import Civic
public import Foundation

/// A registration or an invitation: somebody who gets an account by following the mailed link.
public struct Registration: Sendable, Equatable {
    /// The hash of the token in the link.
    public let tokenHash: Data
    /// The address.
    public let email: EmailAddress
    /// The name; nil for an invitation.
    public let name: PersonName?
    /// The language.
    public let language: Language
    /// The role that the account gets.
    public let role: Role
    /// The agreement that was accepted, and when; nil for an invitation.
    public let consent: Consent?
    /// The sealed identity at a provider; nil when a password must be chosen.
    public let identity: Data?
    /// Who sent the invitation; nil for a registration, and for the operator's console.
    public let inviter: PersonID?
    /// When it was made.
    public let created: Date
    /// When the link expires.
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

/// An account to create, with its first session.
public struct NewAccount: Sendable {
    /// The token that authorises the account and is used up by it.
    public enum Source: Sendable, Equatable {
        /// A registration or an invitation, by the hash of its token.
        case registration(tokenHash: Data)
        /// An unfinished sign-in at a provider, by the hash of its ticket.
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
    /// The hash of the password; nil for a person who signs in with a provider.
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

/// How creating an account ended.
public enum CreationResult: Sendable, Equatable {
    /// Created, with its session.
    case created(PersonID, SessionID)
    /// The source was used or has expired.
    case sourceGone
    /// The user name belongs to another.
    case usernameTaken
    /// The address, or the identity at the provider, has an account by now.
    case alreadyRegistered
}

/// Storage of registrations and creation of accounts.
public protocol RegistrationStore: Sendable {
    /// Keeps a registration.
    func add(_ registration: Registration, with effects: SideEffects) async throws
    /// A registration whose link is still valid; an invitation only while its sender may still invite.
    func registration(tokenHash: Data, at now: Date) async throws -> Registration?
    /// Creates an account; of two simultaneous calls with one source, one succeeds.
    func create(_ account: NewAccount, at now: Date, with effects: SideEffects) async throws -> CreationResult
}
