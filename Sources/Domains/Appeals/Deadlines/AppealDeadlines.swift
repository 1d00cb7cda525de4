public import Civic

/// The dates of one official appeal, each the last day on which something can be done in time.
public struct AppealDeadlines: Sendable, Hashable, Codable {
    /// The kind.
    public let kind: TermKind
    /// The rules under which it was registered.
    public let rules: DeadlineRules
    /// When it was received.
    public let received: LocalTime
    /// The day of its registration (article 64 (3)).
    public let registeredOn: LocalDate
    /// The last day for forwarding, counted from the registration: the date that is shown.
    public let forwardBy: LocalDate
    /// The last day for forwarding, counted from the receipt as article 65 says: the date on which warnings are based.
    public let forwardByStrict: LocalDate
    /// The last day for passing a complaint to the higher body, counted from the receipt; nil for other kinds.
    public let passBy: LocalDate?
    /// The last day for sending the preliminary decision, if the answer is given on its last day.
    public let hearingBy: LocalDate
    /// The last day for an objection to a preliminary decision that is sent on `hearingBy`.
    public let objectionBy: LocalDate
    /// The last day for the answer; for a complaint, for the decision.
    public let answerBy: LocalDate
    /// The last day for the answer if the first day counts; nil when the rules say that it does not.
    public let answerByStrict: LocalDate?
    /// The day that an extension was decided; nil when the term is not extended.
    public let extendedOn: LocalDate?
    /// The last day for a complaint if no answer is given.
    public let challengeBy: LocalDate
    /// Whether days off that matter may still be moved or announced.
    public let isProvisional: Bool

    /// The first day of the term.
    public var firstDay: LocalDate { registeredOn.adding(days: 1) }

    /// The day from whose beginning an appeal without an answer counts as refused (article 91 (2)).
    public var refusedFrom: LocalDate { answerBy.adding(days: 1) }

    /// Whether it counts as refused on a day, if it has no answer.
    public func isDeemedRefused(on day: LocalDate) -> Bool { day >= refusedFrom }
}

/// The days by which an act can be challenged.
public struct ChallengeDates: Sendable, Hashable {
    /// The last day for a complaint to the higher body.
    public let complainBy: LocalDate
    /// The last day for a complaint if the act does not tell how and when it can be challenged.
    public let complainByIfSilent: LocalDate
}

/// The days of an extension that was decided on a day.
public struct ExtensionDates: Sendable, Hashable {
    /// The latest day for which the answer may be put off.
    public let latest: LocalDate
    /// The last day for the notice to the applicant.
    public let noticeBy: LocalDate
}

/// The days for completing an appeal that lacks something.
public struct CorrectionDates: Sendable, Hashable {
    /// The last day for the applicant.
    public let cureBy: LocalDate
    /// The last day for returning the appeal after that.
    public let returnBy: LocalDate
}
