/// One row of the workflow: a move, where it starts and ends, who may make it, what it requires and what it causes.
public struct Transition: Sendable, Equatable {
    /// Where a move leads.
    public enum Target: Sendable, Hashable {
        /// To a state.
        case state(AppealState)
        /// Back to the state in which the appeal was before the present one.
        case origin
        /// Nowhere: the state stays the same.
        case same
    }

    /// The move.
    public let move: AppealMove
    /// The states in which it can be made.
    public let from: Set<AppealState>
    /// Where it leads.
    public let to: Target
    /// The procedures in which it exists.
    public let procedures: Set<AppealProcedure>
    /// Who may make it.
    public let actors: Set<MoveActor>
    /// What it requires.
    public let requirements: [MoveRequirement]
    /// The term within which it has to be made; a later move is still possible, and its lateness is recorded.
    public let limit: MoveLimit?
    /// What it does to the term of the appeal.
    public let clock: ClockEffect
    /// The mails it causes, in the order of their sending.
    public let mails: [AppealMail]
    /// Its entry in the public timeline; nil when it has none.
    public let entry: PublicEntry?

    init(
        _ move: AppealMove,
        from: Set<AppealState>,
        to: Target,
        in procedures: Set<AppealProcedure>,
        by actors: Set<MoveActor>,
        requires requirements: [MoveRequirement] = [],
        within limit: MoveLimit? = nil,
        clock: ClockEffect = .none,
        mails: [AppealMail] = [],
        tells entry: PublicEntry? = nil
    ) {
        self.move = move
        self.from = from
        self.to = to
        self.procedures = procedures
        self.actors = actors
        self.requirements = requirements
        self.limit = limit
        self.clock = clock
        self.mails = mails
        self.entry = entry
    }

    /// The state after the move.
    ///
    /// - Parameters:
    ///   - state: the present state.
    ///   - origin: the state before the present one.
    /// - Returns: nil when the move leads back and there is nothing to go back to.
    public func target(from state: AppealState, origin: AppealState?) -> AppealState? {
        switch to {
        case .state(let target): target
        case .origin: origin
        case .same: state
        }
    }
}

/// A term within which the law, or a promise of the portal, wants a move to be made.
public struct MoveLimit: Sendable, Hashable {
    /// The event from which it counts.
    public enum Start: String, Sendable, Hashable, CaseIterable {
        /// The receipt of the appeal.
        case receipt
        /// The registration.
        case registration
        /// The last day for completing the appeal.
        case curingTerm = "curing_term"
        /// The decision itself.
        case decision
    }

    /// Working days.
    public let workingDays: Int
    /// The event from which it counts.
    public let start: Start
    /// The article of the Administrative Procedural and Process-Related Code.
    public let article: String

    init(_ workingDays: Int, from start: Start, article: String) {
        self.workingDays = workingDays
        self.start = start
        self.article = article
    }
}
