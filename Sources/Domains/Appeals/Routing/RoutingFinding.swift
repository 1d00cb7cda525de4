/// What is wrong, or should be looked at, in a set of routing rules.
public enum RoutingFinding: Sendable, Hashable {
    /// Inputs of an area, a category and a regime for which no rule applies.
    case noBody(RoutingPlace.Area, AppealCategory.ID, AppealRegime)
    /// A category that only rules for all categories decide about.
    case onlyGeneralRules(AppealCategory.ID, AppealRegime)
    /// Another rule, which comes earlier, applies whenever this one does, so this one is never used.
    case covered(RoutingRule.ID, by: RoutingRule.ID)
    /// The rules before it together cover all of its cases, or its condition can never hold.
    case neverReached(RoutingRule.ID)
    /// Rules that share their place in the order.
    case equalOrder(RoutingRule.ID, RoutingRule.ID)
    /// The last rule in force does not apply to everything.
    case lastRuleIsNotGeneral(RoutingRule.ID?)
    /// A rule in force names a body that does not exist on the day.
    case closedBody(RoutingRule.ID, AppealBody.ID)
    /// A rule in force names a body without any phone.
    case bodyWithoutPhone(AppealBody.ID)
    /// A rule for reports about a category in which none are taken.
    case reportsOfOfficialCategory(RoutingRule.ID, AppealCategory.ID)
    /// A rule gives a sensitive category to an organization outside.
    case sensitiveOutside(RoutingRule.ID, AppealCategory.ID)
    /// Rules that differ only in their season leave out days of the year; the first such day as `MM-DD`.
    case seasonGap(RoutingRule.ID, day: String)
    /// A rule of low confidence that nobody has confirmed for `RoutingLint.longestDoubt` days.
    case unconfirmed(RoutingRule.ID)
    /// A rule sends a copy to the body that is responsible, or the same copy twice.
    case needlessCopy(RoutingRule.ID)
    /// A rule names an area with its own border that is not known.
    case unknownPolygon(RoutingRule.ID, PolygonName)

    /// Whether appeals go wrong because of it; all others are remarks.
    public var isFault: Bool {
        switch self {
        case .noBody, .covered, .neverReached, .equalOrder, .lastRuleIsNotGeneral, .closedBody,
            .reportsOfOfficialCategory, .sensitiveOutside, .seasonGap, .needlessCopy, .unknownPolygon:
            true
        case .onlyGeneralRules, .bodyWithoutPhone, .unconfirmed: false
        }
    }
}

extension RoutingFinding: CustomStringConvertible {
    /// What was found and what to do, for operators.
    public var description: String {
        switch self {
        case .noBody(let area, let category, let regime):
            "no rule applies to \(category), \(regime.rawValue), \(Self.text(area)): add a rule"
        case .onlyGeneralRules(let category, let regime):
            "\(category), \(regime.rawValue): no rule names this category or its group"
        case .covered(let rule, let earlier):
            "rule \(rule) never decides, because \(earlier) stands before it and applies whenever it does: move it up"
        case .neverReached(let rule): "rule \(rule) never decides: the rules before it leave nothing to it"
        case .equalOrder(let first, let second): "rules \(first) and \(second) have the same order"
        case .lastRuleIsNotGeneral(let rule):
            "the last rule\(rule.map { " \($0)" } ?? "") does not apply to everything: add one for the operator"
        case .closedBody(let rule, let body): "rule \(rule) names \(body), which does not exist on that day"
        case .bodyWithoutPhone(let body): "\(body) has no phone to show to applicants"
        case .reportsOfOfficialCategory(let rule, let category):
            "rule \(rule) is for reports, which are not taken about \(category)"
        case .sensitiveOutside(let rule, let category):
            "rule \(rule) gives \(category), which is sensitive, to an organization outside"
        case .seasonGap(let rule, let day): "the seasons of rule \(rule) and its like leave out \(day)"
        case .unconfirmed(let rule): "rule \(rule) is of low confidence: confirm it"
        case .needlessCopy(let rule): "rule \(rule) sends a copy to a body that has the appeal anyway"
        case .unknownPolygon(let rule, let polygon): "rule \(rule) names the area \(polygon), which is not known"
        }
    }

    private static func text(_ area: RoutingPlace.Area) -> String {
        switch area {
        case .district(let slug): "district \(slug)"
        case .outside: "outside the city"
        case .unknown: "place unknown"
        }
    }
}
