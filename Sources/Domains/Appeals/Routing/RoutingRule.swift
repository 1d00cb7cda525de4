public import Civic

/// A rule that says which body is responsible.
public struct RoutingRule: Sendable, Hashable {
    /// The key.
    public typealias ID = Key<RoutingRule>

    /// Who is responsible.
    public enum Target: Sendable, Hashable {
        /// A body.
        case body(AppealBody.ID)
        /// The office of the district's akim.
        case akimat
        /// The body that the applicant named.
        case addressee
        /// The deputy that the applicant named.
        case deputy
        /// Nobody: a report of this kind is not taken, and the form says how to file officially.
        case notTaken
    }

    /// Who gets a copy.
    public enum Copy: Sendable, Hashable {
        /// A body.
        case body(AppealBody.ID)
        /// The office of the district's akim, if the place is in a district.
        case akimat
    }

    /// The key.
    public let id: ID
    /// The place in the order; the first rule that applies decides.
    public let order: Int
    /// Whether it is switched on.
    public let isEnabled: Bool
    /// The first day on which it is in force; nil when there is none.
    public let validFrom: LocalDate?
    /// The last day on which it is in force; nil when there is none.
    public let validTo: LocalDate?
    /// When it applies.
    public let condition: RoutingCondition
    /// Who is responsible.
    public let target: Target
    /// The desk within the body.
    public let desk: String?
    /// Who gets a copy.
    public let copies: [Copy]
    /// The organization outside the portal that does the work.
    public let external: AppealBody.ID?
    /// Whether the appeal is handed over at once.
    public let isHandover: Bool
    /// The version; it grows with each change.
    public let version: Int
    /// Who wrote it.
    public let author: String
    /// Why.
    public let reason: String
    /// Where it comes from.
    public let source: RowSource

    /// The columns of the table.
    public static let columns = [
        "id", "order", "enabled", "valid_from", "valid_to", "regimes", "kinds", "addressee", "category", "area",
        "answers",
        "season", "body", "desk", "copies", "external", "handover", "version", "author", "reason", "source", "date",
        "confidence",
    ]

    /// Whether it is switched on and in force on a day.
    public func isInForce(on day: LocalDate) -> Bool {
        isEnabled && (validFrom.map { $0 <= day } ?? true) && (validTo.map { day <= $0 } ?? true)
    }

    init(
        _ id: ID,
        order: Int,
        isEnabled: Bool = true,
        validFrom: LocalDate? = nil,
        validTo: LocalDate? = nil,
        when condition: RoutingCondition,
        then target: Target,
        desk: String? = nil,
        copies: [Copy] = [],
        external: AppealBody.ID? = nil,
        isHandover: Bool = false,
        version: Int = 1,
        author: String = "",
        reason: String = "",
        source: RowSource
    ) {
        self.id = id
        self.order = order
        self.isEnabled = isEnabled
        self.validFrom = validFrom
        self.validTo = validTo
        self.condition = condition
        self.target = target
        self.desk = desk
        self.copies = copies
        self.external = external
        self.isHandover = isHandover
        self.version = version
        self.author = author
        self.reason = reason
        self.source = source
    }
}
