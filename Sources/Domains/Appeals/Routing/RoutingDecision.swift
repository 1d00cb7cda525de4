/// What routing decided.
public struct RoutingDecision: Sendable, Hashable {
    /// Who is responsible.
    public enum Destination: Sendable, Hashable {
        /// A body.
        case body(AppealBody.ID)
        /// A deputy.
        case deputy(DeputyID)
        /// Nobody: the report is not taken.
        case notTaken
    }

    /// The inputs that it was based on.
    public let inputs: RoutingInputs
    /// The rule with its version, and the version of the borders.
    public let rule: RuleVersion
    /// Who is responsible.
    public let destination: Destination
    /// The desk within the body.
    public let desk: String?
    /// Who gets a copy.
    public let copies: [AppealBody.ID]
    /// The organization outside the portal that does the work.
    public let external: AppealBody.ID?
    /// Whether it is handed over at once.
    public let isHandover: Bool
    /// Where the rule comes from; a rule of low confidence is shown as to be confirmed.
    public let source: RowSource

    /// The body; nil for a deputy and when the report is not taken.
    public var body: AppealBody.ID? {
        if case .body(let body) = destination { body } else { nil }
    }
}

/// How a decision came about, for the staff.
public struct RoutingTrace: Sendable, Hashable {
    /// A rule that did not apply.
    public struct Skipped: Sendable, Hashable {
        /// The rule.
        public let rule: RoutingRule.ID
        /// The first part of its condition that did not hold.
        public let mismatch: RoutingMismatch
    }

    /// The rules before the one that decided, in order.
    public let skipped: [Skipped]
    /// The decision; nil when no rule applied.
    public let decision: RoutingDecision?
}

/// A rule that decided on the body, with the version of the rules and of the borders.
public struct RuleVersion: Sendable, Hashable, Codable {
    /// The rule.
    public let rule: RoutingRule.ID
    /// The version of the rule.
    public let version: Int
    /// The version of the district borders by which the place was assigned.
    public let boundaryVersion: String

    /// Makes a reference.
    public init(rule: RoutingRule.ID, version: Int, boundaryVersion: String) {
        self.rule = rule
        self.version = version
        self.boundaryVersion = boundaryVersion
    }
}
