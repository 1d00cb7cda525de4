import Civic

/// The longest lifetime of each kind of record, counted from when it is written.
///
/// A record that expires later than now plus this lifetime was written while the clock was ahead.
public struct StoredLifetimes: Sendable {
    /// A session that is not used.
    public let session: Duration
    /// The link of a registration or an invitation.
    public let registration: Duration
    /// The links for another address.
    public let emailChange: Duration
    /// The waiting period of a change without the present mailbox, and the lifetime of such a change.
    public let lostMailbox: (wait: Duration, change: Duration)
    /// A sign-in at a provider that has begun.
    public let signInAttempt: Duration
    /// A second factor that waits for its first code.
    public let secondFactor: Duration
    /// One-time tokens by their purpose.
    public let tokens: [StoredToken.Purpose: Duration]
    /// Unfinished forms.
    public let savedDraft: Duration
    /// The longest span of a limit.
    public let quota: Duration

    /// Takes the lifetimes from the operator's settings.
    public init(_ settings: AccountSettings) {
        session = settings.sessionIdle
        registration = max(settings.activationLifetime, settings.invitationLifetime)
        emailChange = settings.emailChangeLifetime
        lostMailbox = (settings.lostMailboxWait, settings.lostMailboxWait + settings.lostMailboxGrace)
        signInAttempt = settings.providerLifetime
        secondFactor = settings.secondFactorLifetime
        tokens = Dictionary(
            StoredToken.Purpose.allCases.map { ($0, settings.lifetime(of: $0)) },
            uniquingKeysWith: { $1 }
        )
        savedDraft = max(settings.savedDraftLifetime, settings.browserDraftLifetime)
        quota = settings.limits.longestSpan
    }
}

extension AccountSettings {
    /// The lifetime of a one-time token.
    func lifetime(of purpose: StoredToken.Purpose) -> Duration {
        switch purpose {
        case .passwordReset: resetLifetime
        case .secondStep: secondStepLifetime
        case .identity, .identityLink: identityTicketLifetime
        case .erasure: erasureLifetime
        case .humanCode: humanCodeLifetime
        case .emailCancel: lostMailboxWait + lostMailboxGrace
        case .draft: draftLifetime
        }
    }
}

extension AccountLimits {
    /// The longest span of all limits.
    var longestSpan: Duration {
        [
            registrationsPerAddress, requestsPerAddress, humanCodesPerAddress, providerAttemptsPerAddress,
            mailsPerRecipientAndAddress, mailsPerRecipient, codesPerRecipientAndAddress, codesPerRecipient,
            iinsPerPerson, throttlingsOnRecord, invitationsPerPerson, draftsPerAddress,
            savedDraftsPerAddress,
        ]
        .map(\.span).max() ?? .zero
    }
}
