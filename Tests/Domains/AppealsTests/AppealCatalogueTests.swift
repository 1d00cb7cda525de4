import AppealImport
import Civic
import Foundation
import Gazetteer
import TestSupport
import Testing

@testable import Appeals

/// The catalogue that the tables of `data/` make, and what a table may contain.
@Suite struct AppealCatalogueTests {
    @Test("The stopper of each hazard is shown for the answer that makes it one")
    func stoppers() throws {
        let catalogue = try RealTables.load().catalogue
        #expect(catalogue.stoppers(of: "energy.gas").flatMap(\.numbers) == ["104"])
        #expect(catalogue.stoppers(of: "house.lift").isEmpty)
        #expect(catalogue.stoppers(of: "house.lift", answers: ["trapped": "yes"]).flatMap(\.numbers) == ["112"])
        #expect(catalogue.stoppers(of: "people.family").flatMap(\.numbers) == ["102", "111"])
        #expect(catalogue.questions(of: "people.family").isEmpty)
    }

    @Test("Terms: a hazard is made safe in one day, and what is official only has none")
    func terms() throws {
        let catalogue = try RealTables.load().catalogue
        #expect(catalogue.term(of: "traffic.lights") == ServiceLimit.workingDays(5))
        #expect(catalogue.term(of: "traffic.lights", answers: ["dark": "yes"]) == .hazard)
        #expect(catalogue.term(of: "green.danger") == .hazard)
        #expect(catalogue[category: "green.danger"]?.remedyTerm == ServiceLimit.workingDays(9))
        #expect(catalogue.term(of: "roads.bridge") == ServiceLimit.days(21))
        #expect(catalogue.term(of: "build.land") == nil)
        #expect(catalogue[category: "build.land"]?.regimes == [.official])
    }

    @Test("Answers are checked against the questions of their category")
    func answers() throws {
        let catalogue = try RealTables.load().catalogue
        let pothole: AppealCategory.ID = "roads.pothole"
        #expect(catalogue.fault(of: ["size": "wheel", "lane": "2"], in: pothole) == nil)
        #expect(catalogue.fault(of: ["size": "huge"], in: pothole) == .notAnOption("size"))
        #expect(catalogue.fault(of: ["depth": "1"], in: pothole) == .unknownQuestion("depth"))
        #expect(catalogue.fault(of: ["lane": String(repeating: "a", count: 201)], in: pothole) == .tooLong("lane"))
        #expect(catalogue.fault(of: ["days": "two"], in: "waste.missed") == .notANumber("days"))
        #expect(catalogue.fault(of: ["when": "2026-02-30"], in: "roads.restore") == .notADay("when"))
        #expect(catalogue.fault(of: ["fallen": "maybe"], in: "roads.manhole") == .notAnOption("fallen"))
    }

    @Test(
        "A row that cannot be used is refused with its line and column",
        arguments: [
            ("key", "Roads", "lower-case"), ("key", "roads.pothole.deep", "full stop"), ("name_kk", "", "a text"),
            ("regimes", "official;paper", "a list of official, report"), ("regimes", "", "official, report or both"),
            ("sensitive", "true", "yes or no"), ("term", "3", "3wd"), ("term", "", "a term"), ("term", "0d", "3wd"),
            ("hazard", "dark", "question=value"), ("date", "2026-13", "YYYY-MM"), ("confidence", "certain", "high"),
            ("synonyms_ru", "яма; выбоина", "without spaces"),
        ]
    )
    func rowsAreChecked(column: String, value: String, expected: String) throws {
        var values = [
            "key": "roads.pothole", "name_kk": "Шұңқыр", "name_ru": "Яма", "name_en": "Pothole",
            "regimes": "official;report",
            "sensitive": "no", "photo": "yes", "handover": "no", "term": "3wd", "source": "own", "confidence": "low",
        ]
        _ = try AppealCategory(TableRow(table: "appeal_categories.csv", line: 2, values: values))
        values[column] = value
        let error = #expect(throws: AppealsError.self) {
            _ = try AppealCategory(TableRow(table: "appeal_categories.csv", line: 2, values: values))
        }
        let text = try #require(error).description
        #expect(text.hasPrefix("appeal_categories.csv, line 2: \(column) is “\(value)”") && text.contains(expected))
    }

    @Test("References between the tables are checked")
    func references() throws {
        func row(_ table: String, _ text: String, _ columns: [String]) throws -> TableRow {
            let csv = columns.joined(separator: ",") + "\n" + text + "\n"
            return try #require(try TableFile(Array(csv.utf8), name: table, columns: columns).rows.first)
        }
        let group = try row("c", "roads,Ж,Д,R,,,,,no,no,no,,,,own,,low", AppealCategory.columns)
        let leaf = try row("c", "roads.a,Ж,Д,R,,,,report,no,no,no,3wd,,x=1,own,,low", AppealCategory.columns)
        let question = try row("q", "roads.a,x,choice,Қ,В,Q,1;2,а;б,а;б,a;b", AppealQuestion.columns)
        var tables = AppealCatalogue.Tables()
        (tables.categories, tables.questions) = ([group, leaf], [question])
        _ = try AppealCatalogue(tables)
        tables.questions = []
        #expect(throws: AppealsError.unknown(table: "c", line: 2, column: "hazard", key: "x=1")) {
            _ = try AppealCatalogue(tables)
        }
        (tables.categories, tables.questions) = ([leaf], [question])
        #expect(throws: AppealsError.unknown(table: "c", line: 2, column: "key", key: "roads")) {
            _ = try AppealCatalogue(tables)
        }
        (tables.categories, tables.questions) = ([group, group], [])
        #expect(throws: AppealsError.repeated(table: "c", line: 2, key: "roads")) { _ = try AppealCatalogue(tables) }
        tables.categories = [group]
        tables.questions = [question]
        #expect(throws: AppealsError.unknown(table: "q", line: 2, column: "category", key: "roads.a")) {
            _ = try AppealCatalogue(tables)
        }
        tables.questions = []
        tables.stoppers = [try row("s", "roads,,112,,К,П,C", AppealStopper.columns)]
        #expect(throws: AppealsError.unknown(table: "s", line: 2, column: "category", key: "roads")) {
            _ = try AppealCatalogue(tables)
        }
    }
}
