import AppealImport
import Civic
import TestSupport
import Testing

@testable import Appeals

@Suite struct RoutingLintTests {
    @Test("Unreached and covered rules and cells without a body are those that trying all inputs finds")
    func agreesWithBruteForce() throws {
        let fixture = try RoutingFixture()
        let inputs = fixture.inputs()
        var random = SplitMix64(seed: 20_261_130)
        var counts = (covered: 0, unreached: 0, cells: 0)
        for _ in 0..<30 {
            let table = RoutingTable(fixture.rules(&random), catalogue: fixture.catalogue)
            let findings = RoutingLint(table, on: RoutingFixture.day, polygons: [RoutingFixture.polygon]).findings()
            let tried = Trial(table, inputs)

            let covered = findings.compactMap { finding -> (rule: RoutingRule.ID, by: RoutingRule.ID)? in
                guard case .covered(let rule, let by) = finding else { return nil }
                return (rule, by)
            }
            let unreached = findings.compactMap { finding -> RoutingRule.ID? in
                guard case .neverReached(let rule) = finding else { return nil }
                return rule
            }
            #expect(Set(covered.map(\.rule) + unreached) == tried.neverFirst, "\(table.rules)")
            #expect(covered.count + unreached.count == tried.neverFirst.count)
            for (rule, by) in covered { #expect(tried.matches[by]?.isSuperset(of: tried.matches[rule] ?? []) == true) }
            for rule in unreached { #expect(!tried.isCoveredByOne(rule)) }

            let cells = findings.compactMap { finding -> Trial.Cell? in
                guard case .noBody(let area, let category, let regime) = finding else { return nil }
                return .init(area: area, category: category, regime: regime)
            }
            #expect(Set(cells) == tried.cellsWithoutBody)
            counts.covered += covered.count
            counts.unreached += unreached.count
            counts.cells += cells.count
        }
        #expect(counts.covered > 10 && counts.unreached > 0 && counts.cells > 100, "\(counts)")
    }

    /// What trying all inputs tells.
    private struct Trial {
        struct Cell: Hashable {
            let area: RoutingPlace.Area
            let category: AppealCategory.ID
            let regime: AppealRegime
        }

        private(set) var matches: [RoutingRule.ID: Set<Int>] = [:]
        private(set) var cellsWithoutBody: Set<Cell> = []
        private(set) var neverFirst: Set<RoutingRule.ID>
        private let order: [RoutingRule.ID]

        init(_ table: RoutingTable, _ inputs: [RoutingInputs]) {
            order = table.rules.map(\.id)
            neverFirst = Set(order)
            // Each rule alone, so that what it matches does not depend on the others.
            for rule in table.rules {
                let alone = RoutingTable([rule], catalogue: table.catalogue)
                matches[rule.id] = Set(inputs.indices.filter { alone.decision(for: inputs[$0]) != nil })
            }
            for input in inputs {
                if let decision = table.decision(for: input) {
                    neverFirst.remove(decision.rule.rule)
                } else {
                    cellsWithoutBody.insert(
                        Cell(area: input.place.area, category: input.category, regime: input.regime)
                    )
                }
            }
        }

        func isCoveredByOne(_ rule: RoutingRule.ID) -> Bool {
            guard let own = matches[rule], !own.isEmpty, let index = order.firstIndex(of: rule) else { return false }
            return order[..<index].contains { matches[$0]?.isSuperset(of: own) == true }
        }
    }

    @Test("The rules of data/ have no fault on the day of their making, a year later, and in every season")
    func realRules() throws {
        let tables = try RealTables.load()
        for text in ["2026-11-29", "2027-02-28", "2027-06-01", "2027-11-29"] {
            let day = try #require(LocalDate(text))
            let findings = RoutingLint(tables.routes, on: day, polygons: ["parks"]).findings()
            #expect(findings.filter(\.isFault).isEmpty)
            let general = findings.filter { if case .onlyGeneralRules = $0 { true } else { false } }
            #expect(general.isEmpty, "\(general)")
        }
    }

    @Test("A rule that is taken out of data/ leaves its category to general rules, and the last one leaves gaps")
    func realRulesAreNeeded() throws {
        let tables = try RealTables.load()
        let day = try #require(LocalDate("2026-11-29"))
        func findings(without id: RoutingRule.ID) -> [RoutingFinding] {
            let rest = tables.routes.rules.filter { $0.id != id }
            let table = RoutingTable(rest, catalogue: tables.catalogue)
            return RoutingLint(table, on: day, polygons: ["parks"]).findings()
        }
        #expect(findings(without: "traffic-sign").contains(.onlyGeneralRules("traffic.sign", .report)))
        let gaps = findings(without: "operator")
        #expect(gaps.contains(.lastRuleIsNotGeneral("other-other")))
        #expect(gaps.contains(.noBody(.unknown, "roads.pothole", .report)))
        #expect(!gaps.contains(.noBody(.district("medeu"), "roads.pothole", .report)))
    }

    @Test("Each other finding is made, and only for the rule that deserves it")
    func otherFindings() throws {
        let fixture = try RoutingFixture()
        let source = RowSource(source: "own", date: "2028-01-01", confidence: .medium)
        func findings(_ rules: [RoutingRule], _ day: String = "2028-01-01") throws -> [RoutingFinding] {
            let last = RoutingRule("last", order: 1_000, when: RoutingCondition(), then: .body("one"), source: source)
            let table = RoutingTable(rules + [last], catalogue: fixture.catalogue)
            return RoutingLint(table, on: try #require(LocalDate(day))).findings()
                .filter { if case .onlyGeneralRules = $0 { false } else { true } }
        }
        func rule(
            _ id: RoutingRule.ID,
            _ order: Int,
            _ condition: RoutingCondition,
            _ target: RoutingRule.Target = .body("two"),
            copies: [RoutingRule.Copy] = [],
            source: RowSource = source
        ) -> RoutingRule {
            RoutingRule(id, order: order, when: condition, then: target, copies: copies, source: source)
        }
        let roads = RoutingCondition(category: "roads.a")
        let parks = RoutingCondition(category: "parks.c")
        #expect(try findings([rule("a", 1, roads)]).isEmpty)
        #expect(try findings([rule("a", 1, roads), rule("b", 1, parks)]) == [.equalOrder("a", "b")])
        #expect(try findings([rule("a", 1, roads, copies: [.body("two")])]) == [.needlessCopy("a")])
        #expect(try findings([rule("a", 1, roads, .akimat, copies: [.akimat])]) == [.needlessCopy("a")])
        #expect(try findings([rule("a", 1, roads, copies: [.body("one")])]).isEmpty)
        let lake = RoutingCondition(area: .polygon("lake"))
        #expect(try findings([rule("a", 1, lake)]) == [.unknownPolygon("a", "lake")])
        let doubtful = RowSource(source: "own", date: "2028-01-01", confidence: .low)
        #expect(try findings([rule("a", 1, roads, source: doubtful)], "2028-06-29").isEmpty)
        #expect(try findings([rule("a", 1, roads, source: doubtful)], "2028-06-30") == [.unconfirmed("a")])
        let winter = RoutingCondition(category: "roads.a", season: Season("11-01/03-31"))
        let summer = RoutingCondition(category: "roads.a", season: Season("04-02/10-31"))
        #expect(try findings([rule("a", 1, winter), rule("b", 2, summer)]) == [.seasonGap("a", day: "04-01")])
        let whole = RoutingCondition(category: "roads.a", season: Season("04-01/10-31"))
        #expect(try findings([rule("a", 1, winter), rule("b", 2, whole)]).isEmpty)
        let narrow = RoutingCondition(category: "roads.a", area: .districts(["east"]))
        #expect(try findings([rule("a", 1, roads), rule("b", 2, narrow)]) == [.covered("b", by: "a")])
        #expect(try findings([rule("b", 1, narrow), rule("a", 2, roads)]).isEmpty)
        let halves = [RoutingCondition(regimes: [.report]), RoutingCondition(regimes: [.official])]
        #expect(try findings([rule("a", 1, halves[0])]).isEmpty)
        #expect(try findings([rule("a", 1, halves[0]), rule("b", 2, halves[1])]) == [.neverReached("last")])
        let nobody = RoutingCondition(addressee: .city)
        #expect(try findings([rule("a", 1, nobody, .deputy)]) == [.neverReached("a")])
    }
}
