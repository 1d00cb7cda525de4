public import Civic
public import Foundation

/// The identity of a person at a provider, as stated and signed by the provider.
public struct ExternalIdentity: Sendable, Equatable, Codable {
    /// The slug of the provider in our configuration, such as `google`.
    public let provider: String
    /// The issuer of the token.
    public let issuer: String
    /// The subject of the token; unique together with the issuer.
    public let subject: String
    /// The address at the provider, if it was given.
    public let email: String?
    /// Whether the provider states that the address is verified.
    public let isEmailVerified: Bool
    /// The name at the provider, if it was given.
    public let name: String?

    /// Makes an identity.
    public init(
        provider: String,
        issuer: String,
        subject: String,
        email: String?,
        isEmailVerified: Bool,
        name: String?
    ) {
        self.provider = provider
        self.issuer = issuer
        self.subject = subject
        self.email = email.flatMap { $0.contains("\0") ? nil : $0 }
        self.isEmailVerified = isEmailVerified
        self.name = name.flatMap { $0.contains("\0") ? nil : $0 }
    }

    /// Whether issuer and subject can be stored: SQLite truncates texts at a NUL, so different subjects would become equal.
    var isStorable: Bool { !issuer.contains("\0") && !subject.contains("\0") && !provider.contains("\0") }

    /// The address if it is valid and verified.
    public var verifiedEmail: EmailAddress? { isEmailVerified ? email.flatMap { try? EmailAddress($0) } : nil }
    /// The name if it is a valid one.
    public var personName: PersonName? { name.flatMap { try? PersonName($0) } }
}

/// A provider that is linked to an account.
public struct LinkedIdentity: Sendable, Equatable, Identifiable {
    /// The number of the link.
    public let id: Int64
    /// The slug of the provider.
    public let provider: String
    /// The address at the provider when it was linked, to tell two accounts there apart.
    public let email: String?
    /// When it was linked.
    public let linked: Date

    /// Makes a link from a stored record.
    public init(id: Int64, provider: String, email: String?, linked: Date) {
        self.id = id
        self.provider = provider
        self.email = email
        self.linked = linked
    }
}

/// A pending change of the address.
public struct PendingEmailChange: Sendable, Equatable {
    /// The new address.
    public let email: EmailAddress
    /// Whether the link in the mail to the present address was followed.
    public let isOldConfirmed: Bool
    /// Whether the link in the mail to the new address was followed.
    public let isNewConfirmed: Bool
    /// The time after which the present address need not confirm because its mailbox is lost; nil when it must confirm.
    public let withoutOldFrom: Date?
    /// When the present address was reminded of the change; nil when it was not.
    public let reminded: Date?
    /// When the links expire.
    public let expires: Date

    /// Makes a change from a stored record.
    public init(
        email: EmailAddress,
        isOldConfirmed: Bool,
        isNewConfirmed: Bool,
        withoutOldFrom: Date? = nil,
        reminded: Date? = nil,
        expires: Date
    ) {
        self.email = email
        self.isOldConfirmed = isOldConfirmed
        self.isNewConfirmed = isNewConfirmed
        self.withoutOldFrom = withoutOldFrom
        self.reminded = reminded
        self.expires = expires
    }

    /// Whether every confirmation that the change needs has been given.
    ///
    /// Without the present address, the reminder must have been sent as well: otherwise a server that was off, or a clock
    /// that was set forward, would make the change before the present address could cancel it.
    public func isComplete(at now: Date) -> Bool {
        isNewConfirmed && (isOldConfirmed || (reminded != nil && withoutOldFrom.map { $0 <= now } ?? false))
    }
}
