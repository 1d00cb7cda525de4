public import Civic
public import Foundation

/// The use cases of accounts, and the one place that gives each of them the parts it needs.
///
/// A use case decides what a person may do and learn, how long things last and what is mailed. The stores keep the data, and
/// write each change together with its mails and audit events. Every use case is a value of its own type in `UseCases`; its
/// property here has the name of that type. A use case with one main operation is called like a function.
public struct AccountUseCases: Sendable {
    /// What the operator decided.
    public let settings: AccountSettings
    // Shared by several use cases.
    let hasher: PasswordHasher
    let sealer: ValueSealer
    let store: any AccountStore
    let grants: PermissionGrants
    let clock: WallClock
    let mails: AccountMails
    let quotas: QuotaCounter
    let mailLimiter: MailLimiter
    let throttle: FailureThrottle
    let sessions: SessionTokens
    let audit: AuditTrail
    let forgetMails: @Sendable (String) async -> Void

    /// Builds the use cases.
    ///
    /// - Parameters:
    ///   - store: keeps what must last.
    ///   - hasher: hashes passwords.
    ///   - sealer: seals and hashes with the secret keys.
    ///   - composer: puts mails into words.
    ///   - grants: the permissions of each role, of all features together.
    ///   - settings: what the operator decided.
    ///   - mailQueued: called after mails were queued, so that they are sent at once.
    ///   - forgetMails: called with a recipient whose mails must be deleted wherever copies exist outside the store.
    ///   - now: returns the current time.
    public init(
        store: any AccountStore,
        hasher: PasswordHasher,
        sealer: ValueSealer,
        composer: any NoticeComposer<AccountNotice>,
        grants: PermissionGrants = .accounts,
        settings: AccountSettings = AccountSettings(),
        mailQueued: @escaping @Sendable () -> Void = {},
        forgetMails: @escaping @Sendable (String) async -> Void = { _ in },
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        let clock = WallClock(now)
        (self.store, self.hasher, self.sealer, self.grants) = (store, hasher, sealer, grants)
        (self.settings, self.clock, self.forgetMails) = (settings, clock, forgetMails)
        mails = AccountMails(composer: composer, sealer: sealer, clock: clock, queued: mailQueued)
        quotas = QuotaCounter(store: store, sealer: sealer, clock: clock)
        mailLimiter = MailLimiter(quotas: quotas, limits: settings.limits)
        throttle = FailureThrottle(store: store, sealer: sealer, clock: clock)
        sessions = SessionTokens(sealer: sealer, clock: clock, settings: settings)
        audit = AuditTrail(store: store, sealer: sealer, clock: clock)
    }
}
