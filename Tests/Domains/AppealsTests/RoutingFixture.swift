import AppealImport
import Civic
import Foundation
import TestSupport

@testable import Appeals

/// A small catalogue, random rules about it, and all inputs that the rules can tell apart.
struct RoutingFixture {
    static let leaves: [AppealCategory.ID] = ["roads.a", "roads.b", "parks.c"]
    static let groups: [AppealCategory.ID] = ["roads", "parks"]
    static let districts: [DistrictSlug] = ["east", "west"]
    static let departments: [AppealBody.ID] = ["one", "two"]
    static let polygon: PolygonName = "lake"
    static let seasons = ["01-01/12-31", "11-01/03-31", "04-01/10-31", "04-02/06-30", "12-31/01-01"].compactMap(
        Season.init
    )
    // One day for each set of seasons that share days, and the leap day.
    static let days = ["2028-01-01", "2028-02-29", "2028-04-01", "2028-06-30", "2028-12-31"]
        .compactMap { LocalDate($0) }
    static let day = days[0]

    let catalogue: AppealCatalogue

    init() throws {
        var tables = AppealCatalogue.Tables()
        let source = ["source": "own", "confidence": "medium"]
        func row(_ values: [String: String]) -> TableRow {
            let names = ["kk", "ru", "en"].flatMap { [("name_" + $0, "n"), ("question_" + $0, "q")] }
            let all = values.merging(source) { $1 }.merging(names) { $1 }
            return TableRow(table: "t", line: 1, values: all)
        }
        let flags = ["sensitive": "no", "photo": "no", "handover": "no"]
        tables.categories = Self.groups.map { row(flags.merging(["key": $0.rawValue]) { $1 }) }
        tables.categories += Self.leaves.map { leaf in
            row(flags.merging(["key": leaf.rawValue, "regimes": "official;report", "term": "3wd"]) { $1 })
        }
        tables.questions = [
            row([
                "category": "roads.a", "key": "size", "kind": "choice", "values": "s;l", "options_kk": "s;l",
                "options_ru": "s;l", "options_en": "s;l",
            ])
        ]
        tables.bodies = Self.departments.map { row(["key": $0.rawValue, "kind": "department", "phones": "109"]) }
        tables.bodies += Self.districts.map { district in
            row(["key": "da_\(district)", "kind": "district", "district": district.rawValue, "phones": "109"])
        }
        catalogue = try AppealCatalogue(tables)
    }

    /// All inputs on which the rules can differ.
    func inputs() -> [RoutingInputs] {
        var all: [RoutingInputs] = []
        let filings: [(AppealRegime, LegalKind?)] = [
            (.report, nil), (.official, nil), (.official, .message), (.official, .complaint), (.official, .request),
        ]
        let areas: [RoutingPlace.Area] = Self.districts.map { .district($0) } + [.outside, .unknown]
        for (regime, kind) in filings {
            for addressee in [.city, .deputy("d"), .body("one"), .body("da_east")] as [Addressee] {
                for category in Self.leaves {
                    for area in areas {
                        for polygons in [[], [Self.polygon]] as [Set<PolygonName>] {
                            for answer in ["s", "l", nil] {
                                for day in Self.days {
                                    all.append(
                                        RoutingInputs(
                                            regime: regime,
                                            kind: kind,
                                            addressee: addressee,
                                            category: category,
                                            place: RoutingPlace(area, polygons: polygons),
                                            answers: answer.map { ["size": $0] } ?? [:],
                                            day: day,
                                            boundaryVersion: "b"
                                        )
                                    )
                                }
                            }
                        }
                    }
                }
            }
        }
        return all
    }

    /// Random rules; most conditions are wide, so that some cover others.
    func rules(_ random: inout SplitMix64) -> [RoutingRule] {
        let others = (0..<Int.random(in: 1...7, using: &random)).map { index in
            let condition = RoutingCondition(
                regimes: pick([[], [], [.report], [.official]], &random),
                kinds: pick([[], [], [], [.message], [.complaint, .message]], &random),
                addressee: pick([.any, .any, .any, .city, .anyBody, .body("one"), .deputy], &random),
                category: pick([nil, "roads", "roads.a", "roads.b", "parks.c"], &random),
                area: pick(
                    [
                        .any, .any, .districts(["east"]), .districts(["east", "west"]), .outside,
                        .polygon(Self.polygon),
                    ],
                    &random
                ),
                answers: pick([[], [], [], [AnswerCondition("size", "s")], [AnswerCondition("size", "l")]], &random),
                season: pick([nil, nil, nil] + Self.seasons.map(Optional.some), &random)
            )
            return RoutingRule(
                RoutingRule.ID("r\(index)"),
                order: Int.random(in: 1...20, using: &random),
                when: condition,
                then: pick([.body("one"), .body("two"), .akimat, .addressee, .deputy, .notTaken], &random),
                source: RowSource(source: "own", date: "2028-01-01", confidence: .medium)
            )
        }
        return halves(&random) + others
    }

    // Two rules for the halves of a condition, and one for the whole of it, which often comes after both.
    private func halves(_ random: inout SplitMix64) -> [RoutingRule] {
        let category = pick([nil, "roads", "roads.a"] as [AppealCategory.ID?], &random)
        let seasons = Bool.random(using: &random)
        let halves = [
            RoutingCondition(
                regimes: seasons ? [] : [.report],
                category: category,
                season: seasons ? Season("11-01/03-31") : nil
            ),
            RoutingCondition(
                regimes: seasons ? [] : [.official],
                category: category,
                season: seasons ? Season("04-01/10-31") : nil
            ),
            RoutingCondition(category: category),
        ]
        return halves.enumerated().map { index, condition in
            RoutingRule(
                RoutingRule.ID("h\(index)"),
                order: index < 2 ? Int.random(in: 1...9, using: &random) : Int.random(in: 5...20, using: &random),
                when: condition,
                then: pick([.body("one"), .body("two")], &random),
                source: RowSource(source: "own", date: "2028-01-01", confidence: .medium)
            )
        }
    }

    private func pick<Value>(_ values: [Value], _ random: inout SplitMix64) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}

/// The tables of `data/`, read once.
enum RealTables {
    private static let loaded = Result { try AppealTables(folder: ProductFolder.data) }

    static func load() throws -> AppealTables { try loaded.get() }
}
