public import Civic
import Foundation

/// The check of a set of routing rules.
public struct RoutingLint: Sendable {
    /// Days after which a rule of low confidence has to be confirmed.
    public static let longestDoubt = 180

    private let rules: [RoutingRule]
    private let catalogue: AppealCatalogue
    private let day: LocalDate
    private let polygons: Set<PolygonName>
    private let space: RoutingSpace
    private let boxes: [RoutingSpace.Box]

    /// Prepares the check of the rules that are in force on a day.
    ///
    /// - Parameter polygons: the areas with their own borders that are known.
    public init(_ table: RoutingTable, on day: LocalDate, polygons: Set<PolygonName> = []) {
        rules = table.rules.filter { $0.isInForce(on: day) }
        catalogue = table.catalogue
        self.day = day
        self.polygons = polygons
        let space = RoutingSpace(rules, catalogue)
        boxes = rules.map { space.box(of: $0) }
        self.space = space
    }

    /// All findings: the rules in their order first, then what they leave out.
    public func findings() -> [RoutingFinding] {
        rules.indices.flatMap { findings(of: $0) } + equalOrders() + seasonGaps() + lastRule() + cells() + phones()
    }

    private func findings(of index: Int) -> [RoutingFinding] {
        let rule = rules[index]
        var findings: [RoutingFinding] = []
        if let earlier = boxes[..<index].firstIndex(where: { $0.contains(boxes[index]) }), !boxes[index].isEmpty {
            findings.append(.covered(rule.id, by: rules[earlier].id))
        } else if boxes[index].uncovered(by: boxes[..<index]) == nil {
            findings.append(.neverReached(rule.id))
        }
        findings += bodies(of: rule).filter { !(catalogue[body: $0]?.exists(on: day) ?? false) }
            .map { .closedBody(rule.id, $0) }
        let leaves = space.leaves.filter { $0.id == rule.condition.category || $0.group == rule.condition.category }
        if rule.condition.regimes == [.report], !leaves.isEmpty, leaves.allSatisfy({ !$0.regimes.contains(.report) }) {
            findings.append(.reportsOfOfficialCategory(rule.id, leaves[0].id))
        }
        if rule.external != nil, let sensitive = leaves.first(where: \.isSensitive) {
            findings.append(.sensitiveOutside(rule.id, sensitive.id))
        }
        if rule.source.confidence == .low,
            rule.source.firstDay.map({ $0.adding(days: Self.longestDoubt) < day }) ?? true
        {
            findings.append(.unconfirmed(rule.id))
        }
        if Set(rule.copies).count < rule.copies.count || rule.copies.contains(where: { isTarget($0, of: rule) }) {
            findings.append(.needlessCopy(rule.id))
        }
        if case .polygon(let name) = rule.condition.area, !polygons.contains(name) {
            findings.append(.unknownPolygon(rule.id, name))
        }
        return findings
    }

    private func isTarget(_ copy: RoutingRule.Copy, of rule: RoutingRule) -> Bool {
        switch (copy, rule.target) {
        case (.akimat, .akimat): true
        case (.body(let copied), .body(let responsible)): copied == responsible
        default: false
        }
    }

    private func bodies(of rule: RoutingRule) -> [AppealBody.ID] {
        var bodies: [AppealBody.ID] = []
        if case .body(let body) = rule.target { bodies.append(body) }
        for case .body(let body) in rule.copies { bodies.append(body) }
        return bodies + (rule.external.map { [$0] } ?? [])
    }

    private func equalOrders() -> [RoutingFinding] {
        zip(rules, rules.dropFirst()).filter { $0.order == $1.order }.map { .equalOrder($0.id, $1.id) }
    }

    // Rules that are identical except for their season and destination.
    private func seasonGaps() -> [RoutingFinding] {
        struct Likeness: Hashable {
            let sides: [IndexSet]
        }
        var groups: [Likeness: [Int]] = [:]
        for index in rules.indices where rules[index].condition.season != nil {
            var sides = boxes[index].sides
            sides.remove(at: 4)
            groups[Likeness(sides: sides), default: []].append(index)
        }
        return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.compactMap { group in
            let left = Season.days.first { day in
                !group.contains { rules[$0].condition.season?.contains(number: day) ?? true }
            }
            return left.map { .seasonGap(rules[group[0]].id, day: Self.text(dayOfYear: $0)) }
        }
    }

    private static func text(dayOfYear number: Int) -> String {
        let day = LocalDate(number: (LocalDate(year: 2_024, month: 1, day: 1)?.number ?? 0) + number - 1)
        return String(day.description.dropFirst(5))
    }

    private func lastRule() -> [RoutingFinding] {
        guard let last = boxes.last, last.contains(space.whole) else { return [.lastRuleIsNotGeneral(rules.last?.id)] }
        return []
    }

    private func cells() -> [RoutingFinding] {
        var findings: [RoutingFinding] = []
        for regime in AppealRegime.allCases {
            for leaf in space.leaves.indices where space.leaves[leaf].regimes.contains(regime) {
                let id = space.leaves[leaf].id
                for area in space.areas.indices where space.cell(regime, leaf, area).uncovered(by: boxes[...]) != nil {
                    findings.append(.noBody(space.areas[area], id, regime))
                }
                if !isNamed(leaf, regime) { findings.append(.onlyGeneralRules(id, regime)) }
            }
        }
        return findings
    }

    private func isNamed(_ leaf: Int, _ regime: AppealRegime) -> Bool {
        let category = space.leaves[leaf]
        return rules.contains { rule in
            (rule.condition.category == category.id || rule.condition.category == category.group)
                && (rule.condition.regimes.isEmpty || rule.condition.regimes.contains(regime))
        }
    }

    private func phones() -> [RoutingFinding] {
        var named = Set(rules.flatMap(bodies))
        if rules.contains(where: { $0.target == .akimat }) {
            named.formUnion(catalogue.districts.compactMap(catalogue.akimat))
        }
        return named.sorted().filter { catalogue[body: $0]?.phones.isEmpty ?? false }.map { .bodyWithoutPhone($0) }
    }
}
