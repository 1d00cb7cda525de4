/// The terms of the procedure, as a table: how long each is, and where that is written.
///
/// Source: Administrative Procedural and Process-Related Code № 350-VI (adilet.zan.kz, K2000000350) as amended by Law № 241-VIII of
/// 17 December 2025, unless `act` says otherwise. The wording that Law № 256-VIII gives to art. 64 (4), 64 (5) and 69 (3) in 2026
/// has not been compared.
public enum LegalTerm: String, CaseIterable, Sendable, Hashable {
    /// The answer to applications, messages, requests, proposals and responses.
    case answer
    /// The decision on a complaint.
    case complaintDecision = "complaint_decision"
    /// The answer to a complaint about a public service.
    case serviceComplaint = "service_complaint"
    /// The answer to a request under the law on access to information.
    case informationRequest = "information_request"
    /// Forwarding to the competent body, whole or in part, with the notice of it.
    case forwarding
    /// Passing a complaint to the higher body, or satisfying it in full.
    case passingUp = "passing_up"
    /// Naming what an appeal lacks.
    case namingDefects = "naming_defects"
    /// Returning an appeal after the term for curing, or a repeated or insulting one after its registration.
    case returning
    /// The preliminary decision ahead of an unfavourable one.
    case hearing
    /// The objection to the preliminary decision.
    case objection
    /// The latest day for which an extension may put off the answer.
    case extensionLimit = "extension_limit"
    /// The notice of an extension.
    case extensionNotice = "extension_notice"
    /// The notice of a termination.
    case terminationNotice = "termination_notice"
    /// Carrying out an act that names no other term.
    case carryingOut = "carrying_out"
    /// Giving access to the file.
    case fileAccess = "file_access"
    /// Correcting a slip.
    case correction
    /// Complaining about an act, or about its absence.
    case challenge
    /// Complaining about an act that does not tell how and when it can be challenged.
    case silentChallenge = "silent_challenge"
    /// Going to court after the higher body decided.
    case court

    /// The unit in which a term is counted.
    public enum Unit: String, Sendable, Hashable {
        /// Working days.
        case workingDays = "working_days"
        /// Calendar days; a last day that is a day off moves to the next working day.
        case days
        /// Months; a last day that is a day off moves to the next working day.
        case months
    }

    /// How many units.
    public var count: Int { row.count }
    /// The unit.
    public var unit: Unit { row.unit }
    /// The number of the law.
    public var act: String { row.act }
    /// The article, with the paragraph in brackets; nil where the law sets no term and this one is the portal's own rule.
    public var article: String? { row.article }
    /// Whether the text of the article was read; otherwise the term was taken from descriptions of it and needs confirming.
    public var isConfirmed: Bool { row.isConfirmed }

    private struct Row {
        let count: Int
        let unit: Unit
        let article: String?
        var act = "350-VI"
        var isConfirmed = true
    }

    private var row: Row {
        switch self {
        case .answer: Row(count: 15, unit: .workingDays, article: "76 (1)")
        case .complaintDecision: Row(count: 20, unit: .workingDays, article: "99")
        case .serviceComplaint: Row(count: 5, unit: .workingDays, article: "25", act: "88-V", isConfirmed: false)
        case .informationRequest: Row(count: 15, unit: .days, article: "11", act: "401-V", isConfirmed: false)
        case .forwarding: Row(count: 3, unit: .workingDays, article: "65")
        case .passingUp: Row(count: 3, unit: .workingDays, article: "91 (4)")
        case .namingDefects: Row(count: 3, unit: .workingDays, article: nil)
        case .returning: Row(count: 3, unit: .workingDays, article: "64 (7)")
        case .hearing: Row(count: 3, unit: .workingDays, article: "73")
        case .objection: Row(count: 2, unit: .workingDays, article: "73")
        case .extensionLimit: Row(count: 2, unit: .months, article: "76 (3)")
        case .extensionNotice: Row(count: 3, unit: .workingDays, article: "76 (3)")
        case .terminationNotice: Row(count: 3, unit: .workingDays, article: "70 (3)")
        case .carryingOut: Row(count: 5, unit: .workingDays, article: "86 (3)")
        case .fileAccess: Row(count: 3, unit: .workingDays, article: "75")
        case .correction: Row(count: 3, unit: .workingDays, article: "82")
        case .challenge: Row(count: 3, unit: .months, article: "92 (1)")
        case .silentChallenge: Row(count: 6, unit: .months, article: "92 (1-1)")
        case .court: Row(count: 1, unit: .months, article: "136")
        }
    }
}
