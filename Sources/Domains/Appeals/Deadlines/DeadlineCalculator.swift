public import Civic

/// Counts the terms of official appeals on a work calendar.
public struct DeadlineCalculator: Sendable {
    /// The calendar.
    public let calendar: WorkCalendar

    /// Makes a calculator.
    public init(_ calendar: WorkCalendar) { self.calendar = calendar }

    /// The dates of an appeal.
    ///
    /// After a forwarding to another body of the portal the receipt is the arrival there, because the term begins anew with the
    /// registration there (art. 76 (2)).
    ///
    /// - Parameters:
    ///   - kind: the kind.
    ///   - received: when the appeal was received.
    ///   - rules: the rules to count by; nil takes those in force on the day of the registration.
    /// - Throws: `CivicError.noWorkCalendar`, `DeadlineError.noRules`.
    public func deadlines(
        of kind: TermKind,
        received: LocalTime,
        rules: DeadlineRules? = nil
    ) throws -> AppealDeadlines {
        let registeredOn = try calendar.registrationDay(of: received)
        let rules = try rules ?? DeadlineRules.inForce(on: registeredOn)
        let answerBy = try day(kind.answer, after: registeredOn)
        return try dates(kind, rules, received, registeredOn, answerBy: answerBy, extendedOn: nil)
    }

    /// The last day of a term.
    ///
    /// - Parameters:
    ///   - term: the term.
    ///   - base: the day before its first day.
    /// - Throws: `CivicError.noWorkCalendar`.
    public func day(_ term: LegalTerm, after base: LocalDate) throws(CivicError) -> LocalDate {
        switch term.unit {
        case .workingDays: try calendar.day(term.count, workingDaysAfter: base)
        case .days: try calendar.day(term.count, daysAfter: base)
        case .months: try calendar.day(term.count, monthsAfter: base)
        }
    }

    /// How many working days are left until the end of a day: 0 on that day and on days off before the next working day, negative
    /// when it has passed.
    ///
    /// - Throws: `CivicError.noWorkCalendar`.
    public func workingDaysLeft(until day: LocalDate, on today: LocalDate) throws(CivicError) -> Int {
        try calendar.workingDays(after: today, through: day)
    }

    /// The days between the receipt and the end of the term that do not count, each with its reason.
    ///
    /// - Throws: `CivicError.noWorkCalendar`.
    public func skippedDays(of deadlines: AppealDeadlines) throws(CivicError) -> [SkippedDay] {
        try calendar.skippedDays(from: deadlines.received.date, through: deadlines.answerBy)
    }

    /// The days by which an act can be challenged.
    ///
    /// - Parameter day: the day on which the person learned of the act, or from which the appeal counts as refused.
    /// - Throws: `CivicError.noWorkCalendar`.
    public func challenge(knownOn day: LocalDate) throws(CivicError) -> ChallengeDates {
        ChallengeDates(
            complainBy: try self.day(.challenge, after: day),
            complainByIfSilent: try self.day(.silentChallenge, after: day)
        )
    }

    /// The days for an appeal that lacks something.
    ///
    /// - Parameters:
    ///   - day: the day on which the defects were named.
    ///   - workingDays: how many working days the applicant was given.
    /// - Throws: `CivicError.noWorkCalendar`.
    public func correction(namedOn day: LocalDate, workingDays: Int) throws(CivicError) -> CorrectionDates {
        let cureBy = try calendar.day(workingDays, workingDaysAfter: day)
        return CorrectionDates(cureBy: cureBy, returnBy: try self.day(.returning, after: cureBy))
    }

    /// The days of an extension that is decided on a day.
    ///
    /// - Throws: `CivicError.noWorkCalendar`; `DeadlineError.noExtension`, `.extendedBefore` or `.extendedTooLate` when the term
    ///   cannot be extended on that day.
    public func extensionDates(of deadlines: AppealDeadlines, decidedOn day: LocalDate) throws -> ExtensionDates {
        guard let limit = deadlines.kind.extensionLimit else { throw DeadlineError.noExtension(deadlines.kind) }
        guard deadlines.extendedOn == nil else { throw DeadlineError.extendedBefore(until: deadlines.answerBy) }
        guard day <= deadlines.answerBy else {
            throw DeadlineError.extendedTooLate(decided: day, answerBy: deadlines.answerBy)
        }
        return ExtensionDates(
            latest: try self.day(limit, after: day),
            noticeBy: try self.day(.extensionNotice, after: day)
        )
    }

    /// The dates after an extension.
    ///
    /// - Parameters:
    ///   - deadlines: the dates before.
    ///   - day: the day of the decision.
    ///   - end: the new last day for the answer; if it is a day off, the next working day is taken.
    /// - Throws: as `extensionDates`, and `DeadlineError.extensionOutOfRange` when the law does not allow the new day.
    public func extended(
        _ deadlines: AppealDeadlines,
        decidedOn day: LocalDate,
        until end: LocalDate
    ) throws -> AppealDeadlines {
        let latest = try extensionDates(of: deadlines, decidedOn: day).latest
        guard end > deadlines.answerBy, end <= latest else {
            throw DeadlineError.extensionOutOfRange(until: end, after: deadlines.answerBy, latest: latest)
        }
        return try dates(
            deadlines.kind,
            deadlines.rules,
            deadlines.received,
            deadlines.registeredOn,
            answerBy: try calendar.workingDay(onOrAfter: end),
            extendedOn: day
        )
    }

    // The dates that follow from the registration and from the last day for the answer.
    func dates(
        _ kind: TermKind,
        _ rules: DeadlineRules,
        _ received: LocalTime,
        _ registeredOn: LocalDate,
        answerBy: LocalDate,
        extendedOn: LocalDate?
    ) throws -> AppealDeadlines {
        let hearingBy = try calendar.day(LegalTerm.hearing.count, workingDaysBefore: answerBy)
        return AppealDeadlines(
            kind: kind,
            rules: rules,
            received: received,
            registeredOn: registeredOn,
            forwardBy: try day(.forwarding, after: registeredOn),
            forwardByStrict: try day(.forwarding, after: received.date),
            passBy: kind.isPassedUp ? try day(.passingUp, after: received.date) : nil,
            hearingBy: hearingBy,
            objectionBy: try day(.objection, after: hearingBy),
            answerBy: answerBy,
            answerByStrict: rules.firstDayIsStated || extendedOn != nil
                ? nil : try dayCountingFirst(kind, registeredOn),
            extendedOn: extendedOn,
            challengeBy: challengeBy(refusedFrom: answerBy.adding(days: 1)),
            isProvisional: calendar.isProvisional(from: received.date, through: answerBy)
        )
    }

    // The day may lie beyond the years that have a calendar. It is then not moved to a working day, so that nobody is told a day too late.
    private func challengeBy(refusedFrom day: LocalDate) -> LocalDate {
        (try? self.day(.challenge, after: day)) ?? day.adding(months: LegalTerm.challenge.count)
    }

    private func dayCountingFirst(_ kind: TermKind, _ registeredOn: LocalDate) throws(CivicError) -> LocalDate {
        switch kind.answer.unit {
        case .workingDays: try calendar.day(kind.answer.count - 1, workingDaysAfter: registeredOn)
        case .days: try calendar.day(kind.answer.count - 1, daysAfter: registeredOn)
        case .months: try day(kind.answer, after: registeredOn.adding(days: -1))
        }
    }
}
