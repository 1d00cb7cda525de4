public import Civic

/// What the operator decides about accounts, and all their lifetimes and limits by name.
public struct AccountSettings: Sendable {
    /// Whether staff must have a second factor before they may do anything as staff.
    public var staffNeedsSecondFactor = false
    /// The agreement that is in force.
    public var agreement = AgreementVersion(rawValue: "2026-11")
    /// The name that authenticator apps show beside the account.
    public var issuer = "Open Almaty"
    /// How long an activation link is valid.
    public var activationLifetime: Duration = .hours(24)
    /// How long an invitation is valid.
    public var invitationLifetime: Duration = .hours(7 * 24)
    /// How long a link for a new password is valid.
    public var resetLifetime: Duration = .hours(1)
    /// How long a link to erase an account is valid.
    public var erasureLifetime: Duration = .hours(1)
    /// How long the links for another address are valid.
    public var emailChangeLifetime: Duration = .hours(24)
    /// Waiting period before a change of address goes on without the present mailbox; its owner can cancel it meanwhile.
    public var lostMailboxWait: Duration = .hours(7 * 24)
    /// How long after the waiting period the new address can still confirm such a change.
    public var lostMailboxGrace: Duration = .hours(7 * 24)
    /// How long before the end of the waiting period the present address is reminded.
    public var lostMailboxReminder: Duration = .hours(48)
    /// How long a session lasts without use.
    public var sessionIdle: Duration = .hours(14 * 24)
    /// How long a session lasts at most, and the cookie with it.
    public var sessionLifetime: Duration = .hours(90 * 24)
    /// The precision with which the last use of a session is recorded.
    public var sessionTouch: Duration = .minutes(5)
    /// How long the second step of a sign-in may take.
    public var secondStepLifetime: Duration = .minutes(5)
    /// How long a person may take to finish here after coming back from a provider.
    public var identityTicketLifetime: Duration = .minutes(30)
    /// How long a sign-in at a provider may take.
    public var providerLifetime: Duration = .minutes(10)
    /// How long a second factor waits for its first code.
    public var secondFactorLifetime: Duration = .minutes(30)
    /// How recent a sign-in or a proof by password must be so that no other is asked for.
    public var proofLifetime: Duration = .minutes(15)
    /// How recent it must be for inviting staff and changing roles.
    public var rightsProofLifetime: Duration = .minutes(5)
    /// How long a mailed code is valid.
    public var humanCodeLifetime: Duration = .minutes(15)
    /// How long the fields of a form sent without a session are kept for its owner to sign in again.
    public var draftLifetime: Duration = .minutes(30)
    /// How long an unfinished form of a person is kept after it was last saved.
    public var savedDraftLifetime: Duration = .hours(30 * 24)
    /// How long an unfinished form of a browser without a session is kept after it was last saved.
    public var browserDraftLifetime: Duration = .hours(24)
    /// How long the page shown after sending a mail can name its recipient.
    public var noteLifetime: Duration = .minutes(10)
    /// How many wrong entries a code allows.
    public var codeTries = 5
    /// How long a browser that signed in needs no captcha.
    public var deviceMarkLifetime: Duration = .hours(90 * 24)
    /// The limits against floods of requests.
    public var limits = AccountLimits()

    /// The defaults.
    public init() {}
}

/// Limits on numbers of events within a span; what is counted is stored as keyed hashes only, never as addresses.
public struct AccountLimits: Sendable {
    /// Registrations from one address.
    public var registrationsPerAddress = Quota(10, per: .hours(1))
    /// Requests for new passwords, other addresses, linking and erasing mails from one address.
    public var requestsPerAddress = Quota(20, per: .hours(1))
    /// Mailed codes from one address.
    public var humanCodesPerAddress = Quota(10, per: .hours(1))
    /// Sign-ins at providers that are begun from one address.
    public var providerAttemptsPerAddress = Quota(60, per: .hours(1))
    /// Mails of one kind to one recipient that one address can cause; beyond it no mail is sent, and the page says the
    /// same.
    public var mailsPerRecipientAndAddress = Quota(4, per: .hours(1))
    /// Mails of one kind to one recipient that strangers can cause together.
    public var mailsPerRecipient = Quota(20, per: .hours(24))
    /// Mailed codes to one recipient that one address can cause.
    public var codesPerRecipientAndAddress = Quota(3, per: .hours(1))
    /// Mailed codes to one recipient that strangers can cause together.
    public var codesPerRecipient = Quota(8, per: .hours(24))
    /// IINs that one person gives.
    public var iinsPerPerson = Quota(5, per: .hours(24))
    /// Forms from one address whose fields are kept until their owner has signed in again.
    public var draftsPerAddress = Quota(30, per: .hours(1))
    /// Unfinished forms of browsers without a session that are begun from one address.
    public var savedDraftsPerAddress = Quota(60, per: .hours(1))
    /// The most unfinished forms of browsers without a session that are kept at one time.
    public var savedDraftsOfBrowsers = 20_000
    /// How often the audit log records that one counter held back sign-ins.
    public var throttlingsOnRecord = Quota(1, per: .hours(1))
    /// Invitations by one member of the staff.
    public var invitationsPerPerson = Quota(100, per: .hours(24))

    /// The limits above.
    public init() {}
}
