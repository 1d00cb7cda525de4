public import Foundation

/// Who is signed in: what a request needs to know about the person and the session.
public struct SignedIn: Sendable, Equatable {
    /// The person.
    public let person: PersonID
    /// The session.
    public let session: SessionID
    /// The name.
    public let name: PersonName
    /// The user name.
    public let username: Username
    /// The language of the account.
    public let language: Language
    /// The role.
    public let role: Role
    /// The permissions in force: only those of a citizen while a required second factor is not set up.
    public let permissions: Set<Permission>
    /// Whether the operator requires a second factor for this role and there is none yet; the pages lead to its set-up.
    public let mustSetUpSecondFactor: Bool
    /// Bytes bound to the session, for the CSRF tokens of its forms.
    public let formSeed: Data
    /// When the session ends if it is not used.
    public let expires: Date

    /// Makes a value from a session and its person.
    public init(
        person: PersonID,
        session: SessionID,
        name: PersonName,
        username: Username,
        language: Language,
        role: Role,
        permissions: Set<Permission>,
        mustSetUpSecondFactor: Bool,
        formSeed: Data,
        expires: Date
    ) {
        self.person = person
        self.session = session
        self.name = name
        self.username = username
        self.language = language
        self.role = role
        self.permissions = permissions
        self.mustSetUpSecondFactor = mustSetUpSecondFactor
        self.formSeed = formSeed
        self.expires = expires
    }

    /// The same person with the permissions that a portal's features together grant to the role.
    ///
    /// While a required second factor is not set up, only those of a citizen are added.
    public func granted(by grants: PermissionGrants) -> SignedIn {
        SignedIn(
            person: person,
            session: session,
            name: name,
            username: username,
            language: language,
            role: role,
            permissions: permissions.union(grants.permissions(of: mustSetUpSecondFactor ? .citizen : role)),
            mustSetUpSecondFactor: mustSetUpSecondFactor,
            formSeed: formSeed,
            expires: expires
        )
    }

    /// Whether a permission is held.
    public func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

    /// Refuses to continue without a permission.
    ///
    /// - Throws: `CivicError.forbidden`.
    public func require(_ permission: Permission) throws(CivicError) {
        guard may(permission) else { throw .forbidden(permission) }
    }
}
