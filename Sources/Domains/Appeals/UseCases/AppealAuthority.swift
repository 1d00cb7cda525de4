import Civic

/// Decides by the table of permissions what a visitor may do with an appeal, and in which capacity.
struct AppealAuthority: Sendable {
    let permissions: PermissionTable

    /// Whether a visitor may do something, with a reason where the table demands one.
    ///
    /// Whoever holds the receipt sees and follows up that appeal like its applicant, but does not see who filed it.
    func may(_ action: AppealAction, _ visitor: AppealVisitor, _ item: AccessCase, reason: String? = nil) -> Bool {
        if visitor.receipt == item.id, action == .seeText || action == .followUp { return true }
        return conditions(action, visitor, item).map { Self.areMet($0, MoveDetails { $0.reason = reason }) } ?? false
    }

    /// Whether the visitor is the applicant, by account or by receipt.
    func isApplicant(_ visitor: AppealVisitor, _ item: AccessCase) -> Bool {
        visitor.receipt == item.id || (visitor.person != nil && visitor.person == item.owner)
    }

    /// Whether a visitor may know that the appeal exists.
    func sees(_ visitor: AppealVisitor, _ item: AccessCase) -> Bool { may(.seeText, visitor, item) }

    /// The capacity in which a visitor may make a move; nil when there is none.
    ///
    /// - Parameter actors: the capacities in which the move exists.
    func actor(
        for move: AppealMove,
        among actors: Set<MoveActor>,
        _ visitor: AppealVisitor,
        _ item: AccessCase,
        _ details: MoveDetails
    ) -> MoveActor? {
        let parts: [MoveActor] = [.citizen, .head, .executor, .operator]
        return parts.first { actors.contains($0) && mayMove(move, as: $0, visitor, item, details) }
    }

    private func mayMove(
        _ move: AppealMove,
        as actor: MoveActor,
        _ visitor: AppealVisitor,
        _ item: AccessCase,
        _ details: MoveDetails
    ) -> Bool {
        switch actor {
        case .citizen: return isApplicant(visitor, item)
        case .operator where visitor.subject.role == .operator: break
        case .executor where visitor.subject.role == .executor: break
        case .head where visitor.subject.holds(.head): break
        default: return false
        }
        guard let conditions = conditions(move.action, visitor, item) else { return false }
        return Self.areMet(conditions, details)
    }

    private func conditions(
        _ action: AppealAction,
        _ visitor: AppealVisitor,
        _ item: AccessCase
    ) -> Set<AccessCondition>? {
        permissions.conditions(action, by: visitor.subject, on: item)
    }

    // Any one of the conditions is enough. Proposals, consultations and emergency access do not allow acting on a case directly.
    private static func areMet(_ conditions: Set<AccessCondition>, _ details: MoveDetails) -> Bool {
        conditions.isEmpty
            || conditions.contains { condition in
                switch condition {
                case .withReason, .onPaper, .forCaller: details.reason?.contains { !$0.isWhitespace } ?? false
                case .outcomesWithoutWork: details.outcome.map(Outcome.withoutWork.contains) ?? false
                default: false
                }
            }
    }
}

extension AppealMove {
    /// The right that a member of the staff needs for the move.
    var action: AppealAction {
        switch self {
        case .submit, .cureDefects, .withdraw, .endWaiting, .reopen, .fileOfficially: .followUp
        case .registerReport, .registerOfficial, .changeKind, .reportDanger: .register
        case .assign, .takeUp, .reassign, .resumeWork: .assign
        case .transfer, .forward, .reclassify: .route
        case .forwardPart: .split
        case .nameDefects: .nameDefects
        case .returnUncured, .returnUnexamined: .sendBack
        case .askApplicant: .ask
        case .openHearing, .endHearing, .sendForSignature: .draftAnswer
        case .sendBack, .answer, .extend, .passUp, .satisfyComplaint, .terminate, .correctSlip: .sign
        case .schedule, .giveToOrganization, .takeBack, .close, .closeAtOnce: .close
        case .merge, .undoMerge: .merge
        }
    }
}
