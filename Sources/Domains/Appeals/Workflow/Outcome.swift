/// How an appeal ended, apart from its state; statistics count `solved`, never a state.
public enum Outcome: String, CaseIterable, Sendable, Hashable, Codable {
    /// Granted.
    case granted
    /// Granted in part.
    case partlyGranted = "partly_granted"
    /// Refused; for an application an unfavourable act (article 4 (1) 3).
    case refused
    /// Explained.
    case explained
    /// Noted (article 89 (1) 2).
    case noted
    /// The act complained of was cancelled.
    case actCancelled = "act_cancelled"
    /// It was cancelled and replaced by another one.
    case actReplaced = "act_replaced"
    /// An action was ordered.
    case actionOrdered = "action_ordered"
    /// The complaint was not upheld.
    case notUpheld = "not_upheld"
    /// The matter was sent back for a new decision.
    case sentBack = "sent_back"
    /// The complaint was left unexamined.
    case leftUnexamined = "left_unexamined"
    /// The problem is solved.
    case solved
    /// It is solved in part.
    case partlySolved = "partly_solved"
    /// It is in a programme of works, with its date.
    case inProgramme = "in_programme"
    /// It was not found.
    case notConfirmed = "not_confirmed"
    /// Another organization is responsible, which is named.
    case notOurs = "not_ours"
    /// It is known from another report.
    case duplicate
    /// It is no longer needed.
    case notNeeded = "not_needed"

    /// The outcomes of a procedure, in the order of a list of choices (complaints: article 100 (1)).
    public static func choices(in procedure: AppealProcedure) -> [Outcome] {
        switch procedure {
        case .ordinary: [.granted, .partlyGranted, .refused]
        case .simplified: [.granted, .explained, .refused, .noted]
        case .complaint: [.actCancelled, .actReplaced, .actionOrdered, .notUpheld, .sentBack, .leftUnexamined]
        case .report:
            [
                .solved, .explained, .partlySolved, .inProgramme, .notConfirmed, .notOurs, .refused, .duplicate,
                .notNeeded,
            ]
        }
    }

    /// The outcomes with which an operator closes a report before any work.
    public static let withoutWork: [Outcome] = [.explained, .notOurs, .refused]

    /// The outcomes that satisfy a complaint in full.
    public static let inFull: [Outcome] = [.actCancelled, .actReplaced, .actionOrdered]

    /// Whether the applicant has to be heard before it in a procedure (article 73, 98 (3)).
    public func needsHearing(in procedure: AppealProcedure) -> Bool {
        switch procedure {
        case .ordinary: self == .refused
        case .complaint: self == .notUpheld
        case .simplified, .report: false
        }
    }
}
