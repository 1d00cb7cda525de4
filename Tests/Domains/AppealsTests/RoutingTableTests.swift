import AppealImport
import Civic
import Foundation
import TestSupport
import Testing

@testable import Appeals

@Suite struct RoutingTableTests {
    private let day = LocalDate(number: 20_786)

    @Test("The trace names each rule before the one that decided, with the first part that did not hold")
    func trace() throws {
        let tables = try RealTables.load()
        let inputs = try inputs("roads.surface", answers: ["extent": "part"])
        let trace = tables.routes.trace(for: inputs)
        #expect(trace.decision == tables.routes.decision(for: inputs))
        #expect(trace.decision?.rule == RuleVersion(rule: "roads-surface", version: 1, boundaryVersion: "b"))
        let reasons = Dictionary(uniqueKeysWithValues: trace.skipped.map { ($0.rule, $0.mismatch) })
        #expect(trace.skipped.map(\.rule) == tables.routes.rules.prefix(trace.skipped.count).map(\.id))
        #expect(reasons["family"] == .category)
        #expect(reasons["deputy"] == .regime)
        #expect(reasons["outside-report"] == .area)
        #expect(reasons["roads-surface-street"] == .answers)
    }

    @Test("A rule that is switched off or not in force does not decide")
    func validity() throws {
        let fixture = try RoutingFixture()
        let source = RowSource(source: "own", confidence: .low)
        func decision(_ isEnabled: Bool, _ from: LocalDate?, _ to: LocalDate?) throws -> RoutingMismatch? {
            let rule = RoutingRule(
                "a",
                order: 1,
                isEnabled: isEnabled,
                validFrom: from,
                validTo: to,
                when: RoutingCondition(),
                then: .body("one"),
                source: source
            )
            let trace = RoutingTable([rule], catalogue: fixture.catalogue).trace(for: try inputs("roads.a"))
            return trace.skipped.first?.mismatch
        }
        #expect(try decision(true, day, day) == nil)
        #expect(try decision(false, nil, nil) == .notInForce)
        #expect(try decision(true, day.adding(days: 1), nil) == .notInForce)
        #expect(try decision(true, nil, day.adding(days: -1)) == .notInForce)
    }

    @Test("Decisions and their inputs survive storing")
    func storing() throws {
        let inputs = try inputs("roads.surface", answers: ["extent": "street"])
        let data = try JSONEncoder().encode(inputs)
        #expect(try JSONDecoder().decode(RoutingInputs.self, from: data) == inputs)
    }

    @Test("A dry run lists the cases whose body changes, and large changes need a second person")
    func dryRun() throws {
        let tables = try RealTables.load()
        let changed = RoutingTable(
            tables.routes.rules.map { rule in
                guard rule.id == "traffic-sign" else { return rule }
                return RoutingRule(rule.id, order: rule.order, when: rule.condition, then: .akimat, source: rule.source)
            },
            catalogue: tables.catalogue
        )
        var cases: [RoutingDryRun.PastCase] = []
        for index in 0..<120 {
            let category: AppealCategory.ID = index < 51 ? "traffic.sign" : "traffic.lights"
            let district: DistrictSlug = index < 30 ? "medeu" : "almaly"
            cases.append(
                .init(id: AppealID(rawValue: Int64(index)), inputs: try inputs(category, district: district))
            )
        }
        let run = RoutingDryRun(of: cases, from: tables.routes, to: changed)
        #expect(run.cases == 120 && run.changed == 51 && run.needsSecondPerson)
        #expect(run.changes.map(\.new) == [.body("da_medeu"), .body("da_almaly")])
        #expect(run.changes.allSatisfy { $0.old == .body("mob") })
        #expect(run.changes.map(\.cases.count) == [30, 21])
        #expect(!RoutingDryRun(of: Array(cases.dropFirst()), from: tables.routes, to: changed).needsSecondPerson)
        #expect(RoutingDryRun(of: cases, from: tables.routes, to: tables.routes).changes.isEmpty)
    }

    @Test(
        "A rule that cannot be used is refused with its line and column",
        arguments: [
            ("order", "0"), ("enabled", "1"), ("valid_from", "2026-02-30"), ("valid_to", "2020-01-01"),
            ("regimes", "all"),
            ("kinds", "appeal"), ("kinds", "message"), ("addressee", "mayor"), ("addressee", "body:"),
            ("area", "medeu"),
            ("area", "polygon:"), ("answers", "extent"), ("season", "11-01"), ("season", "02-30/03-01"), ("body", ""),
            ("body", "@city"), ("handover", ""), ("version", "-1"), ("author", ""), ("reason", ""), ("source", ""),
        ]
    )
    func rowsAreChecked(column: String, value: String) throws {
        let catalogue = try RealTables.load().catalogue
        var values = values()
        _ = try RoutingTable([TableRow(table: "r", line: 2, values: values)], catalogue: catalogue)
        values[column] = value
        let error = #expect(throws: AppealsError.self) {
            _ = try RoutingTable([TableRow(table: "r", line: 2, values: values)], catalogue: catalogue)
        }
        guard case .row(_, 2, let found, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found == column)
    }

    @Test(
        "A rule that names what does not exist is refused with the name",
        arguments: [
            ("category", "roads.none", "roads.none"), ("addressee", "body:none", "none"),
            ("area", "district:medeu;none", "none"), ("answers", "extent=all", "extent=all"),
            ("answers", "size=wheel", "size=wheel"), ("body", "none", "none"), ("copies", "road;none", "none"),
            ("external", "none", "none"),
        ]
    )
    func referencesAreChecked(column: String, value: String, key: String) throws {
        let catalogue = try RealTables.load().catalogue
        var values = values()
        values[column] = value
        #expect(throws: AppealsError.unknown(table: "r", line: 2, column: column, key: key)) {
            _ = try RoutingTable([TableRow(table: "r", line: 2, values: values)], catalogue: catalogue)
        }
    }

    @Test("A key that occurs twice is refused")
    func repeatedKeys() throws {
        let rows = [2, 3].map { TableRow(table: "r", line: $0, values: values()) }
        #expect(throws: AppealsError.repeated(table: "r", line: 3, key: "a")) {
            _ = try RoutingTable(rows, catalogue: try RealTables.load().catalogue)
        }
    }

    @Test("Seasons include both ends and pass the turn of the year")
    func seasons() throws {
        let winter = try #require(Season("11-01/03-31"))
        let days = ["2026-10-31", "2026-11-01", "2027-01-01", "2028-02-29", "2027-03-31", "2027-04-01"]
        #expect(
            try days.map { winter.contains(try #require(LocalDate($0))) } == [false, true, true, true, true, false]
        )
        #expect(Season("03-31/11-01/12-01") == nil && Season("") == nil && Season("2-1/3-1") == nil)
    }

    private func values() -> [String: String] {
        [
            "id": "a", "order": "1", "enabled": "yes", "valid_from": "2026-01-01", "regimes": "report",
            "category": "roads.surface",
            "answers": "extent=street", "body": "@district", "copies": "road", "handover": "no", "version": "1",
            "author": "x", "reason": "y", "source": "own", "confidence": "low",
        ]
    }

    private func inputs(
        _ category: AppealCategory.ID,
        district: DistrictSlug = "medeu",
        answers: [AppealQuestion.ID: String] = [:]
    ) throws -> RoutingInputs {
        RoutingInputs(
            regime: .report,
            category: category,
            place: RoutingPlace(.district(district)),
            answers: answers,
            day: day,
            boundaryVersion: "b"
        )
    }
}
