/// The legal kinds of an official appeal (article 4 (1) of the Administrative Procedural and Process-Related Code).
public enum LegalKind: String, CaseIterable, Sendable, Hashable, Codable {
    /// An application, subparagraph 1.
    case application
    /// A message, subparagraph 37.
    case message
    /// A request, subparagraph 32.
    case request
    /// A proposal, subparagraph 35.
    case proposal
    /// A response, subparagraph 36; the nearest kind for thanks.
    case response
    /// A complaint, subparagraph 38.
    case complaint

    /// The procedure in which it is examined.
    public var procedure: AppealProcedure {
        switch self {
        case .application: .ordinary
        case .message, .request, .proposal, .response: .simplified
        case .complaint: .complaint
        }
    }

    /// The kind by which its deadlines are counted, unless a law of its own sets them.
    public var termKind: TermKind {
        switch self {
        case .application: .application
        case .message: .message
        case .request: .request
        case .proposal: .proposal
        case .response: .gratitude
        case .complaint: .complaint
        }
    }
}
