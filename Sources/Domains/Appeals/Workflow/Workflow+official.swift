extension Workflow {
    /// The moves of official appeals of every procedure, and those of applications and the simplified procedure.
    static let official: [Transition] = filing + competence + examination + decisions

    private static let filing: [Transition] = [
        Transition(
            .submit,
            from: [.draft],
            to: .state(.submitted),
            in: .official,
            by: [.citizen, .operator],
            requires: [.completeForm, .consents, .idempotencyKey, .applicantSignature],
            clock: .receipt,
            mails: [.received],
            tells: .received
        ),
        // The portal registers by itself only in working hours.
        Transition(
            .registerOfficial,
            from: [.submitted],
            to: .state(.registered),
            in: .official,
            by: [.operator, .system],
            requires: [.number, .legalKind, .receipt],
            clock: .legalTerm,
            mails: [.registered],
            tells: .registered
        ),
        Transition(
            .takeUp,
            from: [.assigned],
            to: .state(.inReview),
            in: .official,
            by: [.executor],
            mails: [.takenUp],
            tells: .takenUp
        ),
        Transition(
            .changeKind,
            from: [.registered, .assigned],
            to: .same,
            in: .official,
            by: [.operator],
            requires: [.legalKind, .reason],
            clock: .recompute,
            mails: [.changed],
            tells: .kindChanged
        ),
        Transition(
            .withdraw,
            from: .openOfficial,
            to: .state(.withdrawn),
            in: .official,
            by: [.citizen, .operator],
            requires: [.writtenStatement],
            clock: .stop,
            mails: [.withdrawn],
            tells: .withdrawn
        ),
    ]

    private static let competence: [Transition] = [
        Transition(
            .transfer,
            from: .beforeDecision,
            to: .state(.registered),
            in: .official,
            by: [.operator, .head],
            requires: [.otherBody, .reason, .officialSignature],
            within: MoveLimit(3, from: .receipt, article: "65"),
            clock: .restart,
            mails: [.forwarded, .staffTask],
            tells: .forwarded
        ),
        Transition(
            .forward,
            from: .beforeDecision,
            to: .state(.forwarded),
            in: .official,
            by: [.operator, .head],
            requires: [.otherBody, .coverLetter],
            within: MoveLimit(3, from: .receipt, article: "65"),
            clock: .end,
            mails: [.forwarded],
            tells: .forwarded
        ),
        Transition(
            .forwardPart,
            from: [.inReview],
            to: .same,
            in: .official,
            by: [.operator, .head],
            requires: [.freePart, .otherBody, .reason],
            within: MoveLimit(3, from: .receipt, article: "65 (2)"),
            clock: .partTerm,
            mails: [.partForwarded],
            tells: .partForwarded
        ),
        // The law does not say that the term stops while the applicant completes the appeal.
        Transition(
            .nameDefects,
            from: .beforeDecision,
            to: .state(.correction),
            in: .official,
            by: [.operator, .executor],
            requires: [.defects, .date, .workingDay],
            clock: .runsOn,
            mails: [.defects],
            tells: .needsCompleting
        ),
        Transition(
            .cureDefects,
            from: [.correction],
            to: .origin,
            in: .official,
            by: [.citizen, .operator],
            requires: [.curedDefects, .applicantSignature],
            mails: [.takenUp],
            tells: .completed
        ),
        Transition(
            .returnUncured,
            from: [.correction],
            to: .state(.returned),
            in: .official,
            by: [.operator, .head],
            requires: [.curingTermExpired, .reason],
            within: MoveLimit(3, from: .curingTerm, article: "64 (7) 1"),
            clock: .end,
            mails: [.returned],
            tells: .returned
        ),
        Transition(
            .returnUnexamined,
            from: [.registered],
            to: .state(.returned),
            in: .official,
            by: [.operator, .head],
            requires: [.repeatOrInsult, .reason, .noDanger],
            within: MoveLimit(3, from: .registration, article: "64 (7) 2"),
            clock: .end,
            mails: [.returned],
            tells: .returned
        ),
    ]

    private static let examination: [Transition] = [
        Transition(
            .askApplicant,
            from: [.inReview],
            to: .state(.waitingApplicant),
            in: .official,
            by: [.executor, .operator],
            requires: [.question, .date],
            clock: .runsOn,
            mails: [.question],
            tells: .asked
        ),
        Transition(
            .openHearing,
            from: [.inReview],
            to: .state(.hearing),
            in: [.ordinary, .complaint],
            by: [.executor, .head],
            requires: [.preliminaryDecision, .date, .threeWorkingDaysAhead, .headApproval],
            clock: .runsOn,
            mails: [.preliminaryDecision],
            tells: .hearingOpened
        ),
        Transition(
            .endHearing,
            from: [.hearing],
            to: .state(.inReview),
            in: [.ordinary, .complaint],
            by: [.system, .executor],
            requires: [.commentsTaken],
            tells: .hearingEnded
        ),
        Transition(
            .sendForSignature,
            from: [.inReview],
            to: .state(.onSignature),
            in: .official,
            by: [.executor],
            requires: [.answerInLanguage, .outcome, .remedyBlock, .noPlaceholder, .partsFinished, .hearingHeld],
            mails: [.staffTask]
        ),
        Transition(
            .sendBack,
            from: [.onSignature],
            to: .state(.inReview),
            in: .official,
            by: [.head],
            requires: [.reason],
            mails: [.staffTask]
        ),
        // Only the head extends, once, and never a complaint (art. 76 (3), 91 (4)).
        Transition(
            .extend,
            from: [.inReview, .hearing],
            to: .same,
            in: [.ordinary, .simplified],
            by: [.head],
            requires: [
                .reason, .date, .withinTwoMonths, .beforeDueDate, .notExtendedBefore, .officialSignature,
            ],
            within: MoveLimit(3, from: .decision, article: "76 (3)"),
            clock: .newDueDate,
            mails: [.extended],
            tells: .extended
        ),
    ]

    private static let decisions: [Transition] = [
        Transition(
            .answer,
            from: [.onSignature],
            to: .state(.answered),
            in: .official,
            by: [.head],
            requires: [.officialSignature, .outcome, .partsFinished],
            clock: .stop,
            mails: [.answered],
            tells: .answered
        ),
        Transition(
            .terminate,
            from: [.inReview],
            to: .state(.terminated),
            in: .official,
            by: [.head],
            requires: [.ground, .reason, .officialSignature],
            within: MoveLimit(3, from: .decision, article: "70 (3), 95 (2)"),
            clock: .stop,
            mails: [.terminated],
            tells: .terminated
        ),
        Transition(
            .correctSlip,
            from: [.answered],
            to: .same,
            in: .official,
            by: [.head],
            requires: [.reason, .officialSignature],
            within: MoveLimit(3, from: .decision, article: "82"),
            mails: [.answered],
            tells: .corrected
        ),
    ]

    /// The moves that only complaints have.
    static let complaints: [Transition] = [
        Transition(
            .passUp,
            from: [.inReview],
            to: .state(.passedUp),
            in: [.complaint],
            by: [.head],
            requires: [.otherBody, .caseFile, .officialSignature],
            within: MoveLimit(3, from: .receipt, article: "91 (4)"),
            clock: .end,
            mails: [.passedUp],
            tells: .passedUp
        ),
        Transition(
            .satisfyComplaint,
            from: [.inReview],
            to: .state(.answered),
            in: [.complaint],
            by: [.head],
            requires: [.outcomeInFull, .officialSignature, .partsFinished],
            within: MoveLimit(3, from: .receipt, article: "91 (4)"),
            clock: .stop,
            mails: [.answered],
            tells: .answered
        ),
    ]
}
