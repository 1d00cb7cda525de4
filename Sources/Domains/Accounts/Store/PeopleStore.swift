public import Civic
public import Foundation

/// What a person signs in with: the key of an address or of a user name.
public enum Login: Sendable, Equatable {
    /// The key of an e-mail address.
    case email(key: String)
    /// The key of a user name.
    case username(key: String)

    /// Reads what was typed; nil when it can be neither.
    public init?(_ written: String) {
        if written.contains("@") {
            // Look up addresses that the present rules refuse as well, so that their owners can sign in.
            guard let email = EmailAddress(stored: written) else { return nil }
            self = .email(key: email.key)
        } else {
            guard let username = try? Username(written) else { return nil }
            self = .username(key: username.key)
        }
    }

    /// The key, for the counters of the throttle.
    public var key: String {
        switch self {
        case .email(let key), .username(let key): key
        }
    }
}

/// What a sign-in is checked against.
public struct Credentials: Sendable, Equatable {
    /// The person.
    public let person: Person
    /// The hash of the password; nil where there is none.
    public let passwordHash: String?

    /// Makes credentials from a stored record.
    public init(person: Person, passwordHash: String?) { (self.person, self.passwordHash) = (person, passwordHash) }
}

/// The sealed values of a person.
public struct SealedDetails: Sendable, Equatable {
    /// The telephone number.
    public let phone: Data?
    /// The IIN.
    public let iin: Data?
    /// Whether a state register confirmed the IIN.
    public let isIINVerified: Bool

    /// Makes details from a stored record.
    public init(phone: Data?, iin: Data?, isIINVerified: Bool) {
        (self.phone, self.iin, self.isIINVerified) = (phone, iin, isIINVerified)
    }
}

/// A sealed value and the keyed hash by which it is found.
public struct SealedValue: Sendable, Equatable {
    /// The sealed value.
    public let sealed: Data
    /// The keyed hash.
    public let hash: Data

    /// Makes a value.
    public init(sealed: Data, hash: Data) { (self.sealed, self.hash) = (sealed, hash) }
}

/// One change of a person's data.
public enum PersonChange: Sendable, Equatable {
    /// Another name.
    case name(PersonName)
    /// Another user name.
    case username(Username)
    /// Another language.
    case language(Language)
    /// Another telephone number, or nil to remove it.
    case phone(SealedValue?)
    /// Another IIN, or nil to remove it; it counts as unverified.
    case iin(SealedValue?)
    /// Other choices of mails, with the consent that they give or withdraw.
    case notifications(NotificationChoices, news: Consent?)
    /// Another role.
    case role(Role)
    /// The agreement was accepted.
    case agreement(Consent)
}

/// Storage of people.
public protocol PeopleStore: Sendable {
    /// A person by number; nil when there is none.
    func person(_ id: PersonID) async throws -> Person?
    /// What a sign-in is checked against; nil when nobody has that login.
    func credentials(for login: Login) async throws -> Credentials?
    /// The credentials of a person by number; nil when there is none.
    func credentials(of id: PersonID) async throws -> Credentials?
    /// The sealed values of a person.
    func sealedDetails(of id: PersonID) async throws -> SealedDetails?
    /// What a person agreed to, oldest first.
    func consents(of id: PersonID) async throws -> [Consent]
    /// The people who gave an IIN, by its hashes under every key, in the order of their numbers.
    func people(iinHashes: [Data]) async throws -> [Person]
    /// People whose name, user name or address begins with a text, by name.
    func people(matching text: String, limit: Int) async throws -> [Person]
    /// The names of people by number; a number without an account has none.
    func names(of ids: Set<PersonID>) async throws -> [PersonID: PersonName]
    /// The first of several user names that nobody has; nil when all are taken.
    func firstFree(of usernames: [Username]) async throws -> Username?
    /// Changes a person; false, without a change, when a value that must be unique belongs to another person.
    func change(_ id: PersonID, _ change: PersonChange, with effects: SideEffects) async throws -> Bool
    /// Sets a password and ends every session but one, which gets another token; deletes a second factor that waits for its
    /// first code.
    ///
    /// - Parameter kept: the session to keep, and the hash of its new token.
    func setPassword(
        of id: PersonID,
        hash: String,
        keeping kept: RenewedSession?,
        with effects: SideEffects
    ) async throws
    /// Replaces the hash that a password was checked against by one with newer parameters; does nothing when it has changed.
    func upgradePasswordHash(of id: PersonID, from old: String, to new: String) async throws
    /// The number of administrators.
    func administratorCount() async throws -> Int
}

extension PeopleStore {
    /// What a sign-in is checked against; nil when nobody has the login that was typed, or it can be none.
    func credentials(forLogin typed: String) async throws -> Credentials? {
        guard let login = Login(typed) else { return nil }
        return try await credentials(for: login)
    }
}

/// A session that continues under another token.
public struct RenewedSession: Sendable, Equatable {
    /// The session.
    public let id: SessionID
    /// The hash of the new token.
    public let tokenHash: Data
    /// When it ends if it is not used.
    public let expires: Date

    /// Makes a renewal.
    public init(id: SessionID, tokenHash: Data, expires: Date) {
        (self.id, self.tokenHash, self.expires) = (id, tokenHash, expires)
    }
}
