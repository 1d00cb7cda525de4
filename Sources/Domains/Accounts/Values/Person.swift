public import Civic
public import Foundation

/// A person's account.
public struct Person: Sendable, Equatable, Identifiable {
    /// The number of the account.
    public let id: PersonID
    /// The name.
    public let name: PersonName
    /// The address that mails go to.
    public let email: EmailAddress
    /// The user name.
    public let username: Username
    /// The language of pages and mails.
    public let language: Language
    /// The role.
    public let role: Role
    /// Which mails are wanted.
    public let notifications: NotificationChoices
    /// When the password was set; nil for a person who only signs in with a provider.
    public let passwordSet: Date?
    /// Whether there is a password; people who only sign in with a provider have none.
    public var hasPassword: Bool { passwordSet != nil }
    /// Whether the second factor is in force.
    public let hasSecondFactor: Bool
    /// When the account was created.
    public let created: Date

    /// Makes a person from a stored record.
    public init(
        id: PersonID,
        name: PersonName,
        email: EmailAddress,
        username: Username,
        language: Language,
        role: Role,
        notifications: NotificationChoices,
        passwordSet: Date?,
        hasSecondFactor: Bool,
        created: Date
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.username = username
        self.language = language
        self.role = role
        self.notifications = notifications
        self.passwordSet = passwordSet
        self.hasSecondFactor = hasSecondFactor
        self.created = created
    }
}

/// What the account page shows: the person, with the sealed values opened for their owner.
public struct Profile: Sendable, Equatable {
    /// The person.
    public let person: Person
    /// The telephone number, if one is given.
    public let phone: PhoneNumber?
    /// The IIN, if one is given; show it masked.
    public let iin: IndividualIdentificationNumber?
    /// Whether a state register confirmed that the IIN is this person's; anybody can type in another person's.
    public let isIINVerified: Bool
    /// What was agreed to, oldest first.
    public let consents: [Consent]
    /// The linked providers.
    public let identities: [LinkedIdentity]
    /// A change of the address that waits for its confirmations.
    public let pendingEmail: PendingEmailChange?
    /// Recovery codes that are left; nil without a second factor.
    public let recoveryCodesLeft: Int?
}
