public import Civic
public import Foundation

/// The use cases of appeals, and the one place that gives each of them the parts it needs.
///
/// A use case is a value of its own type in `UseCases`; its property here has the name of that type. One with a single
/// operation is called like a function.
public struct AppealUseCases: Sendable {
    /// The tables that decide how appeals are handled.
    public let rules: AppealRules
    /// The limits.
    public let limits: AppealLimits
    let store: any AppealStore
    let sealer: ValueSealer
    let clock: WallClock
    let quotas: QuotaCounter
    let mails: AppealMails

    /// Builds the use cases.
    ///
    /// - Parameters:
    ///   - store: keeps the appeals.
    ///   - counters: keeps the counters of quotas.
    ///   - sealer: seals and hashes with the secret keys.
    ///   - composer: writes the text of mails.
    ///   - rules: the tables that decide how appeals are handled.
    ///   - limits: how much one person or address may do.
    ///   - mailQueued: called after mails were queued, so that they are sent at once.
    ///   - now: returns the current time.
    public init(
        store: any AppealStore,
        counters: any ThrottleStore,
        sealer: ValueSealer,
        composer: any NoticeComposer<AppealNotice>,
        rules: AppealRules,
        limits: AppealLimits = AppealLimits(),
        mailQueued: @escaping @Sendable () -> Void = {},
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        // Stored times are whole milliseconds, and a history must come back as it was written.
        let clock = WallClock { Date(timeIntervalSince1970: (now().timeIntervalSince1970 * 1_000).rounded() / 1_000) }
        (self.store, self.sealer, self.rules, self.limits, self.clock) = (store, sealer, rules, limits, clock)
        quotas = QuotaCounter(store: counters, sealer: sealer, clock: clock)
        mails = AppealMails(
            store: store,
            sealer: sealer,
            notices: NoticeMails(composer: composer, sealer: sealer, clock: clock, queued: mailQueued)
        )
    }

    var authority: AppealAuthority { AppealAuthority(permissions: rules.permissions) }

    /// Recognises who looks at or acts on appeals.
    public var identifyVisitor: IdentifyVisitor {
        IdentifyVisitor(store: store, quotas: quotas, limits: limits)
    }
    /// Files an appeal.
    public var fileAppeal: FileAppeal {
        FileAppeal(
            store: store,
            rules: rules,
            limits: limits,
            sealer: sealer,
            clock: clock,
            quotas: quotas,
            mails: mails,
            authority: authority
        )
    }
    /// Sends an official appeal once its signature is there.
    public var signAppeal: SignAppeal {
        SignAppeal(store: store, rules: rules, clock: clock, mails: mails, authority: authority)
    }
    /// Registers the official appeals that arrived after hours; run about once a minute.
    public var registerAppeals: RegisterAppeals {
        RegisterAppeals(store: store, rules: rules, clock: clock, mails: mails)
    }
    /// Tells applicants that the term for an answer has ended; run about once a minute.
    public var tellDeemedRefusals: TellDeemedRefusals { TellDeemedRefusals(store: store, clock: clock, mails: mails) }
    /// Shows an appeal.
    public var readAppeal: ReadAppeal {
        ReadAppeal(store: store, rules: rules, sealer: sealer, clock: clock, authority: authority)
    }
    /// Lists appeals.
    public var listAppeals: ListAppeals {
        ListAppeals(store: store, sealer: sealer, clock: clock, authority: authority)
    }
    /// Makes a move.
    public var moveAppeal: MoveAppeal {
        MoveAppeal(store: store, rules: rules, clock: clock, mails: mails, authority: authority)
    }
    /// Proposes the route after a change of category or place.
    public var proposeRoute: ProposeRoute {
        ProposeRoute(store: store, rules: rules, clock: clock, authority: authority)
    }
    /// Writes messages and internal notes.
    public var writeMessage: WriteMessage {
        WriteMessage(store: store, clock: clock, mails: mails, authority: authority)
    }
    /// Finds open reports of the same problem.
    public var findSimilarAppeals: FindSimilarAppeals { FindSimilarAppeals(store: store, catalogue: rules.catalogue) }
    /// Supports reports of others.
    public var supportAppeal: SupportAppeal { SupportAppeal(store: store, catalogue: rules.catalogue, clock: clock) }
    /// Rates an answer.
    public var rateAppeal: RateAppeal { RateAppeal(store: store, clock: clock, authority: authority) }
    /// Records the number in the state register.
    public var recordStateNumber: RecordStateNumber {
        RecordStateNumber(store: store, clock: clock, authority: authority)
    }
    /// Recomputes open terms after a change to the work calendar.
    public var recomputeDeadlines: RecomputeDeadlines {
        RecomputeDeadlines(store: store, rules: rules, clock: clock, mails: mails)
    }
    /// Says for which bodies and districts the staff are responsible.
    public var grantResponsibility: GrantResponsibility {
        GrantResponsibility(store: store, catalogue: rules.catalogue, clock: clock, authority: authority)
    }
    /// The part of appeals in the download and the erasure of personal data.
    ///
    /// - Parameter deleteFiles: deletes files of erased appeals, with their contents.
    public func personalData(
        deleteFiles: @escaping @Sendable ([AppealFileID]) async throws -> Void
    ) -> AppealPersonalData {
        AppealPersonalData(store: store, sealer: sealer, deleteFiles: deleteFiles)
    }
}

/// How much one person or address may do.
public struct AppealLimits: Sendable, Equatable {
    /// Filings of one account.
    public var filingsPerPerson = Quota(30, per: .hours(24))
    /// Filings without an account from one address.
    public var filingsPerAddress = Quota(30, per: .hours(1))
    /// Look-ups by number and code from one address.
    public var lookUpsPerAddress = Quota(30, per: .minutes(10))
    /// The maximum number of files in one filing, move or message.
    public var maxFiles = 10

    /// The usual limits.
    public init() {}
}
