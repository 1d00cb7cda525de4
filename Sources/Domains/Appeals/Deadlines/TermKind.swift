/// The kinds of official appeals by the term in which they must be answered.
///
/// A report of a problem is not among them, because its term is the service term of its category (`ServiceClock`).
public enum TermKind: String, CaseIterable, Sendable, Hashable, Codable {
    /// An application: asks to help realise a right.
    case application
    /// A message: reports a breach of law or a shortcoming.
    case message
    /// A request for information.
    case request
    /// A proposal.
    case proposal
    /// Thanks, which the law calls a response.
    case gratitude
    /// A complaint about an act, an action or inaction.
    case complaint
    /// A complaint about a public service.
    case serviceComplaint = "service_complaint"
    /// A request under the law on access to information.
    case informationRequest = "information_request"

    /// The term in which it is answered or decided.
    public var answer: LegalTerm {
        switch self {
        case .application, .message, .request, .proposal, .gratitude: .answer
        case .complaint: .complaintDecision
        case .serviceComplaint: .serviceComplaint
        case .informationRequest: .informationRequest
        }
    }

    /// The term up to which the answer may be put off; nil when it cannot be.
    public var extensionLimit: LegalTerm? {
        switch self {
        case .application, .message, .request, .proposal: .extensionLimit
        case .gratitude, .complaint, .serviceComplaint, .informationRequest: nil
        }
    }

    /// Whether the person is heard before an unfavourable decision (articles 73 and 98 (3)); otherwise the hearing may be skipped.
    public var needsHearing: Bool { self == .application || self == .complaint }

    /// Whether the body complained of must satisfy it or pass it to the higher body (article 91 (4)).
    public var isPassedUp: Bool { self == .complaint }
}
