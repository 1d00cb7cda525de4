public import Civic

/// An appeal, replayed from its history: the workflow's part, without the text and the applicant.
///
/// The history is the only thing that is stored; everything else follows from it, so that a replay gives the same value.
public struct Appeal: Sendable, Equatable {
    /// The maximum number of working days for which the term of a report pauses in total.
    public static let maxPauseDays = ServiceClock.maxPausedDays
    /// The number of days within which a closed report can be reopened and a merge undone.
    public static let daysToReconsider = 30

    /// The data that it was opened with.
    public let opening: AppealOpening
    /// The moves, oldest first.
    public private(set) var history: [HistoryEntry] = []
    /// The state.
    public private(set) var state = AppealState.draft
    /// The legal kind; nil for a report, and for an official appeal whose kind is not known yet.
    public private(set) var legalKind: LegalKind?
    /// The number, from the registration on.
    public private(set) var number: AppealNumber?
    /// The number in the state register.
    public private(set) var stateNumber: String?
    /// The body that has it.
    public private(set) var body: AppealBody.ID?
    /// The executor who has it.
    public private(set) var executor: PersonID?
    /// The subject.
    public private(set) var category: AppealCategory.ID?
    /// The outcome, including one that waits for a signature.
    public private(set) var outcome: Outcome?
    /// The numbers of the parts that were sent to other bodies.
    public private(set) var parts: [Int] = []
    /// The working days for which the term of a report paused, or may pause at present.
    public private(set) var pauseDays = 0
    /// Whether the term was extended.
    public private(set) var isExtended = false
    /// Whether the report was reopened once.
    public private(set) var wasReopened = false
    /// Whether a crime or a threat was reported.
    public private(set) var isDangerous = false
    /// Whether a hearing was held or is not required.
    private(set) var wasHeard = false
    /// The states to which moves may lead back, the latest last.
    private(set) var origins: [AppealState] = []

    /// Begins an appeal as a draft.
    public init(_ opening: AppealOpening) {
        self.opening = opening
        legalKind = opening.regime == .official ? opening.kind.legalKind : nil
        body = opening.body
        category = opening.category
    }

    /// Replays a history.
    ///
    /// - Throws: `AppealsError.brokenHistory` with the version at which an entry does not follow from those before it.
    public init(_ opening: AppealOpening, history: [HistoryEntry]) throws(AppealsError) {
        self.init(opening)
        for entry in history {
            guard entry.version == version + 1, entry.from == state,
                let row = Workflow.standard.transition(entry.move, from: state, in: procedure),
                row.target(from: state, origin: origins.last) == entry.to
            else { throw .brokenHistory(version: version + 1) }
            append(entry)
        }
    }

    /// How many moves were made; it grows by one with each.
    public var version: Int { history.count }

    /// The procedure; that of applications while the legal kind is not known.
    public var procedure: AppealProcedure {
        opening.regime == .report ? .report : legalKind?.procedure ?? .ordinary
    }

    /// The moves that an actor may make now, whatever they require.
    public func moves(for actor: MoveActor) -> [Transition] {
        Workflow.standard.transitions(from: state, in: procedure, by: actor)
    }

    /// The appeal after a move.
    ///
    /// - Throws: `MoveRefusal`; nothing has changed then.
    public func making(_ request: MoveRequest, in context: MoveContext = MoveContext()) throws(MoveRefusal) -> Appeal {
        guard request.version == version else { throw .stale(seen: request.version, present: version) }
        guard let row = Workflow.standard.transition(request.move, from: state, in: procedure),
            let target = row.target(from: state, origin: origins.last)
        else { throw .impossible(request.move, state, procedure) }
        guard row.actors.contains(request.actor) else { throw .notForActor(request.move, request.actor) }
        let unmet = row.requirements.filter { !meets($0, request, context) }
        guard unmet.isEmpty else { throw .unmet(unmet) }
        var appeal = self
        appeal.append(
            HistoryEntry(
                version: version + 1,
                time: request.time,
                move: request.move,
                actor: request.actor,
                person: request.person,
                from: state,
                to: target,
                details: request.details,
                attested: request.attested.intersection(MoveRequirement.attested)
            )
        )
        return appeal
    }

    // The one place that says what a move changes, for new moves and for a replay.
    private mutating func append(_ entry: HistoryEntry) {
        let details = entry.details
        history.append(entry)
        if entry.setsKind { legalKind = details.legalKind ?? legalKind }
        moveTo(entry.to, leadsBack: entry.to == origins.last && entry.from.remembersOrigin)
        switch entry.move {
        case .registerReport, .registerOfficial:
            number = details.number
            stateNumber = details.stateNumber ?? stateNumber
        case .assign, .takeUp, .reassign:
            body = details.body ?? body
            executor = details.executor ?? (entry.move == .takeUp ? entry.person : nil)
        case .transfer, .reclassify:
            body = details.body ?? body
            executor = nil
            category = details.category ?? category
        case .forwardPart: parts += details.part.map { [$0] } ?? []
        case .askApplicant where opening.regime == .report: pauseDays += details.pauseDays ?? 0
        case .endWaiting where opening.regime == .report: settlePause(details.pauseDays)
        case .endHearing: wasHeard = true
        case .extend: isExtended = true
        case .sendForSignature, .answer, .satisfyComplaint, .close, .closeAtOnce: outcome = details.outcome ?? outcome
        case .sendBack: outcome = nil
        case .reopen: (wasReopened, outcome) = (true, nil)
        case .reportDanger: isDangerous = true
        default: break
        }
    }

    private mutating func moveTo(_ target: AppealState, leadsBack: Bool) {
        guard target != state else { return }
        if leadsBack {
            origins.removeLast()
        } else if target.remembersOrigin {
            origins.append(state)
        } else {
            origins = []
        }
        state = target
    }

    // The pause counts as long as it lasted; until the reply it counts as long as it may last.
    private mutating func settlePause(_ days: Int?) {
        let granted = history.last { $0.move == .askApplicant }?.details.pauseDays ?? 0
        guard let days else { return }
        pauseDays -= granted - min(max(days, 0), granted)
    }
}
