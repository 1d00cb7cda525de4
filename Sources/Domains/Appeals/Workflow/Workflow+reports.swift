extension Workflow {
    /// The moves of city reports.
    static let reports: [Transition] = receiving + work + endings

    private static let receiving: [Transition] = [
        Transition(
            .submit,
            from: [.draft],
            to: .state(.submitted),
            in: [.report],
            by: [.citizen, .operator],
            requires: [.completeForm, .consents, .idempotencyKey],
            clock: .receipt,
            mails: [.received],
            tells: .received
        ),
        Transition(
            .registerReport,
            from: [.submitted],
            to: .state(.registered),
            in: [.report],
            by: [.system],
            requires: [.number],
            clock: .serviceTerm,
            mails: [.registered],
            tells: .registered
        ),
        Transition(
            .takeUp,
            from: [.assigned],
            to: .state(.inWork),
            in: [.report],
            by: [.executor],
            mails: [.takenUp],
            tells: .takenUp
        ),
    ]

    private static let work: [Transition] = [
        Transition(
            .askApplicant,
            from: [.inWork],
            to: .state(.waitingApplicant),
            in: [.report],
            by: [.executor, .operator],
            requires: [.question, .date, .pauseWithinLimit],
            clock: .pause,
            mails: [.question],
            tells: .asked
        ),
        Transition(
            .schedule,
            from: [.inWork],
            to: .state(.scheduled),
            in: [.report],
            by: [.executor],
            requires: [.date, .reason],
            clock: .promisedDate,
            mails: [.scheduled],
            tells: .scheduled
        ),
        Transition(
            .giveToOrganization,
            from: [.inWork],
            to: .state(.withExternal),
            in: [.report],
            by: [.executor],
            requires: [.otherBody, .mailedLink],
            clock: .runsOn,
            mails: [.withOrganization],
            tells: .withOrganization
        ),
        Transition(
            .takeBack,
            from: [.withExternal],
            to: .state(.inWork),
            in: [.report],
            by: [.link, .system],
            clock: .runsOn,
            mails: [.staffTask]
        ),
        Transition(
            .resumeWork,
            from: [.reopened],
            to: .state(.inWork),
            in: [.report],
            by: [.operator],
            mails: [.staffTask]
        ),
    ]

    private static let endings: [Transition] = [
        Transition(
            .close,
            from: [.inWork, .scheduled, .withExternal],
            to: .state(.closed),
            in: [.report],
            by: [.executor],
            requires: [.outcome, .reason, .photoIfWanted],
            clock: .stop,
            mails: [.closed],
            tells: .closed
        ),
        Transition(
            .closeAtOnce,
            from: [.registered, .assigned],
            to: .state(.closed),
            in: [.report],
            by: [.operator],
            requires: [.outcomeWithoutWork, .reason],
            clock: .stop,
            mails: [.closed],
            tells: .closed
        ),
        Transition(
            .reopen,
            from: [.closed],
            to: .state(.reopened),
            in: [.report],
            by: [.citizen],
            requires: [.reason, .photo, .withinThirtyDays, .notReopenedBefore],
            clock: .halfTerm,
            mails: [.reopened],
            tells: .reopened
        ),
        Transition(
            .withdraw,
            from: .openReport,
            to: .state(.withdrawn),
            in: [.report],
            by: [.citizen, .operator],
            clock: .stop,
            mails: [.withdrawn],
            tells: .withdrawn
        ),
        Transition(
            .merge,
            from: .openReport,
            to: .state(.merged),
            in: [.report],
            by: [.operator, .executor],
            requires: [.targetReport, .followersMoved],
            clock: .follow,
            mails: [.merged],
            tells: .merged
        ),
        Transition(
            .undoMerge,
            from: [.merged],
            to: .origin,
            in: [.report],
            by: [.operator, .executor],
            requires: [.withinThirtyDays],
            clock: .recompute,
            mails: [.changed],
            tells: .separated
        ),
        // The report keeps its state; the official appeal is a new case with its own number and term.
        Transition(
            .fileOfficially,
            from: .openReport.union([.closed, .merged, .withdrawn]),
            to: .same,
            in: [.report],
            by: [.citizen],
            requires: [.applicantSignature, .legalKind, .linkedCase],
            mails: [.registered],
            tells: .filedOfficially
        ),
    ]
}
