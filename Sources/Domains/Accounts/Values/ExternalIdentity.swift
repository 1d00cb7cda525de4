public import Civic
public import Foundation

/// Who somebody is at a provider, as the provider said and the token proved.
public struct ExternalIdentity: Sendable, Equatable, Codable {
    /// The slug of the provider in our configuration, as `google`.
    public let provider: String
    /// Who vouches, as the token names it.
    public let issuer: String
    /// Who it is there; with the issuer the only key.
    public let subject: String
    /// The address there, if it was told.
    public let email: String?
    /// Whether the provider says that the address was verified.
    public let isEmailVerified: Bool
    /// The name there, if it was told.
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

    /// Whether issuer and subject can be stored whole: SQLite's texts end at a NUL, so two subjects would be one.
    var isStorable: Bool { !issuer.contains("\0") && !subject.contains("\0") && !provider.contains("\0") }

    /// The address when it is one and was verified.
    public var verifiedEmail: EmailAddress? { isEmailVerified ? email.flatMap { try? EmailAddress($0) } : nil }
    /// The name as far as it can be one.
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

    /// Makes a link; the store does, from what it holds.
    public init(id: Int64, provider: String, email: String?, linked: Date) {
        self.id = id
        self.provider = provider
        self.email = email
        self.linked = linked
    }
}

/// A change of the address that waits for confirmations.
public struct PendingEmailChange: Sendable, Equatable {
    /// The address that is to be.
    public let email: EmailAddress
    /// Whether the link in the mail to the present address was followed.
    public let isOldConfirmed: Bool
    /// Whether the link in the mail to the new address was followed.
    public let isNewConfirmed: Bool
    /// The time after which the present address need not confirm because its mailbox is lost; nil when it must confirm.
    public let withoutOldFrom: Date?
    /// When the present address was reminded of the change; nil when it was not.
    public let reminded: Date?
    /// Until when the links hold.
    public let expires: Date

    /// Makes a change; the store does, from what it holds.
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
