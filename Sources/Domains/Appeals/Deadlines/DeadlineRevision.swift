public import Civic

/// What a change of the work calendar does to the dates of an open appeal, for the log and for the notice to the applicant.
public struct DeadlineRevision: Sendable, Hashable {
    /// The dates that the applicant was given before.
    public let old: AppealDeadlines
    /// The dates as the changed calendar gives them.
    public let counted: AppealDeadlines
    /// The dates to go by from now on: the counted ones, unless those would move a date that the applicant was given to an earlier day.
    public let new: AppealDeadlines

    /// Whether the changed calendar would give the body, or the applicant, less time than they were promised.
    public var keepsToldDates: Bool { counted.answerBy < old.answerBy || counted.challengeBy < old.challengeBy }
}

extension DeadlineCalculator {
    /// Counts the dates of an open appeal again, with this calculator's calendar.
    ///
    /// The day of the registration, the rules and the decision on an extension stay as they were. The last days for the answer
    /// and for a complaint are never earlier than those that the applicant was given; the dates inside the body follow the calendar.
    ///
    /// - Returns: nil when nothing changes.
    /// - Throws: `CivicError.noWorkCalendar`.
    public func revision(of old: AppealDeadlines) throws -> DeadlineRevision? {
        func dates(answerBy: LocalDate) throws -> AppealDeadlines {
            try self.dates(
                old.kind,
                old.rules,
                old.received,
                old.registeredOn,
                answerBy: answerBy,
                extendedOn: old.extendedOn
            )
        }
        let answerBy =
            old.extendedOn == nil
            ? try day(old.kind.answer, after: old.registeredOn) : try calendar.workingDay(onOrAfter: old.answerBy)
        let counted = try dates(answerBy: answerBy)
        let kept = answerBy < old.answerBy ? try dates(answerBy: old.answerBy) : counted
        let new = kept.with(challengeBy: max(kept.challengeBy, old.challengeBy))
        guard new != old || counted != old else { return nil }
        return DeadlineRevision(old: old, counted: counted, new: new)
    }
}

extension AppealDeadlines {
    fileprivate func with(challengeBy: LocalDate) -> AppealDeadlines {
        AppealDeadlines(
            kind: kind,
            rules: rules,
            received: received,
            registeredOn: registeredOn,
            forwardBy: forwardBy,
            forwardByStrict: forwardByStrict,
            passBy: passBy,
            hearingBy: hearingBy,
            objectionBy: objectionBy,
            answerBy: answerBy,
            answerByStrict: answerByStrict,
            extendedOn: extendedOn,
            challengeBy: challengeBy,
            isProvisional: isProvisional
        )
    }
}
