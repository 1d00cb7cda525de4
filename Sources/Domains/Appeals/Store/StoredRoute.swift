/// A routing decision as it is stored: its inputs, the rule that decided, and the rules that were passed over.
public struct StoredRoute: Sendable, Hashable, Codable {
    /// A rule that did not apply although it was about the regime and the category.
    public struct Skipped: Sendable, Hashable, Codable {
        /// The rule.
        public let rule: RoutingRule.ID
        /// The first part of its condition that did not hold; a `RoutingMismatch`.
        public let mismatch: String
    }

    /// The inputs that it was based on.
    public let inputs: RoutingInputs
    /// The rule with its version and the version of the borders.
    public let rule: RuleVersion
    /// The body; nil for a deputy.
    public let body: AppealBody.ID?
    /// The deputy.
    public let deputy: DeputyID?
    /// The desk within the body.
    public let desk: String?
    /// Who gets a copy.
    public let copies: [AppealBody.ID]
    /// The organization outside the portal that does the work.
    public let external: AppealBody.ID?
    /// Whether it is handed over at once.
    public let isHandover: Bool
    /// Whether the rule is to be confirmed by an editor.
    public let isUncertain: Bool
    /// The rules before it that were about the same regime and category.
    public let skipped: [Skipped]

    /// Keeps a trace; nil when no rule applied, or when the report is not taken.
    public init?(_ trace: RoutingTrace) {
        guard let decision = trace.decision, decision.destination != .notTaken else { return nil }
        inputs = decision.inputs
        rule = decision.rule
        body = decision.body
        if case .deputy(let id) = decision.destination { deputy = id } else { deputy = nil }
        desk = decision.desk
        copies = decision.copies
        external = decision.external
        isHandover = decision.isHandover
        isUncertain = decision.source.confidence == .low
        skipped = trace.skipped.filter { ![.regime, .category, .notInForce].contains($0.mismatch) }
            .map { Skipped(rule: $0.rule, mismatch: $0.mismatch.rawValue) }
    }
}
