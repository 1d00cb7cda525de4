/// The moves of appeals as one table; whatever is not in it is refused.
///
/// Articles are those of the Administrative Procedural and Process-Related Code of 29 June 2020 № 350-VI (adilet.zan.kz,
/// K2000000350) as in force since 29 December 2025. docs/appeals.md is drawn from the table.
public struct Workflow: Sendable {
    /// The rows.
    public let transitions: [Transition]
    private let rows: [AppealMove: [Transition]]

    /// The workflow of the portal.
    public static let standard = Workflow(shared + official + complaints + reports)

    init(_ transitions: [Transition]) {
        self.transitions = transitions
        rows = Dictionary(grouping: transitions, by: \.move)
    }

    /// The row of a move from a state in a procedure; nil when the move does not exist there.
    public func transition(
        _ move: AppealMove,
        from state: AppealState,
        in procedure: AppealProcedure
    ) -> Transition? {
        rows[move, default: []].first { $0.from.contains(state) && $0.procedures.contains(procedure) }
    }

    /// The rows from a state that an actor may make, in the order of the table; what a page offers.
    public func transitions(
        from state: AppealState,
        in procedure: AppealProcedure,
        by actor: MoveActor
    ) -> [Transition] {
        transitions.filter {
            $0.from.contains(state) && $0.procedures.contains(procedure) && $0.actors.contains(actor)
        }
    }
}

extension Set<AppealState> {
    /// The states of an official appeal that was sent and is not finished.
    static var openOfficial: Set<AppealState> {
        [.submitted, .registered, .correction, .assigned, .inReview, .waitingApplicant, .hearing, .onSignature]
    }
    /// The states of a city report that was sent and is not finished.
    static var openReport: Set<AppealState> {
        [.submitted, .registered, .assigned, .inWork, .waitingApplicant, .scheduled, .withExternal, .reopened]
    }
    /// The states in which a body can still say that another one is competent.
    static var beforeDecision: Set<AppealState> { [.registered, .assigned, .inReview] }
}

extension Set<AppealProcedure> {
    static var official: Set<AppealProcedure> { [.ordinary, .simplified, .complaint] }
    static var all: Set<AppealProcedure> { Set(AppealProcedure.allCases) }
}

extension Workflow {
    /// The moves that official appeals and city reports share.
    private static let shared: [Transition] = [
        Transition(
            .assign,
            from: [.registered],
            to: .state(.assigned),
            in: .all,
            by: [.system, .operator],
            requires: [.ruleOrReason],
            mails: [.staffTask],
            tells: .assigned
        ),
        Transition(
            .reassign,
            from: [.assigned, .inReview, .inWork],
            to: .state(.assigned),
            in: .all,
            by: [.head, .operator],
            requires: [.reason, .sameBody],
            mails: [.staffTask]
        ),
        Transition(
            .reclassify,
            from: .openOfficial,
            to: .same,
            in: .official,
            by: [.operator, .executor],
            requires: [.newSubject, .ruleOrReason],
            mails: [.changed],
            tells: .reclassified
        ),
        // A report gets the term of the new category, counted from the receipt.
        Transition(
            .reclassify,
            from: .openReport,
            to: .same,
            in: [.report],
            by: [.operator, .executor],
            requires: [.newSubject, .ruleOrReason],
            clock: .recompute,
            mails: [.changed],
            tells: .reclassified
        ),
        Transition(
            .endWaiting,
            from: [.waitingApplicant],
            to: .origin,
            in: .official,
            by: [.citizen, .system],
            requires: [.replyOrDay],
            clock: .runsOn,
            mails: [.staffTask],
            tells: .replied
        ),
        Transition(
            .endWaiting,
            from: [.waitingApplicant],
            to: .origin,
            in: [.report],
            by: [.citizen, .system],
            requires: [.replyOrDay],
            clock: .resume,
            mails: [.staffTask],
            tells: .replied
        ),
        // Crimes and threats are handed over even when they are anonymous, and at any time (art. 64 (7-2), 88 (1) 2).
        Transition(
            .reportDanger,
            from: Set(AppealState.allCases).subtracting([.draft]),
            to: .same,
            in: .all,
            by: [.system, .operator],
            mails: [.staffTask]
        ),
    ]
}
