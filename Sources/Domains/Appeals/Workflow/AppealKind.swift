/// The kinds that the form offers.
public enum AppealKind: String, CaseIterable, Sendable, Hashable, Codable {
    /// Asks to help realise a right.
    case application
    /// Reports a breach or a shortcoming.
    case message
    /// Asks for information.
    case request
    /// Recommends an improvement.
    case proposal
    /// Says that an act, an action or inaction violated a right.
    case complaint
    /// Thanks.
    case gratitude
    /// The applicant does not know; an operator sets the legal kind before the registration.
    case other

    /// The kind in law; nil for `other`.
    public var legalKind: LegalKind? {
        switch self {
        case .application: .application
        case .message: .message
        case .request: .request
        case .proposal: .proposal
        case .complaint: .complaint
        case .gratitude: .response
        case .other: nil
        }
    }
}
