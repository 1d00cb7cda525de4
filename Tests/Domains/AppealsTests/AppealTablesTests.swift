import AppealImport
import Civic
import Foundation
import Gazetteer
import TestSupport
import Testing

@testable import Appeals

@Suite struct AppealTablesTests {
    @Test("The tables of data/ are complete: 17 groups, 76 leaves, every district, nothing empty")
    func tablesAreComplete() throws {
        let catalogue = try RealTables.load().catalogue
        #expect(catalogue.categories.count { !$0.isLeaf } == 17)
        #expect(catalogue.leaves.count == 76)
        let districts = try EmbeddedSnapshot.city().districts.all.map { DistrictSlug($0.id.rawValue) }
        #expect(catalogue.districts == districts.sorted())
        for category in catalogue.categories {
            for language in Language.allCases { #expect(!category.name[language].isEmpty) }
            let leaves = catalogue.leaves.filter { $0.group == category.id }
            #expect(category.isLeaf || !leaves.isEmpty, "\(category.id) has no leaves")
        }
    }

    @Test("Ids of the directory in the table of bodies exist, and their short numbers are those of the city data")
    func bodiesAreInTheCity() throws {
        let authorities = try EmbeddedSnapshot.contents().authorities
        for body in try RealTables.load().catalogue.bodies {
            guard let id = body.directoryID else { continue }
            let authority = try #require(authorities.first { $0.id.rawValue == id }, "\(id)")
            #expect(authority.district?.rawValue == body.district?.rawValue)
            #expect(authority.phones == body.phones, "\(id)")
            #expect(authority.names.kk == body.name.kk && authority.names.ru == body.name.ru)
        }
    }

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

    @Test("A file that is no such table is refused as a whole")
    func files() throws {
        let columns = PermissionTable.columns
        func read(_ text: String) throws -> TableFile { try TableFile(Array(text.utf8), name: "t", columns: columns) }
        #expect(try read("\u{FEFF}action,role,scope,condition\r\nfile,citizen,own,\r\n").rows.count == 1)
        #expect(throws: AppealImportError.columns(file: "t", expected: columns)) { _ = try read("") }
        #expect(throws: AppealImportError.columns(file: "t", expected: columns)) { _ = try read("action,role,scope\n") }
        #expect(throws: AppealImportError.self) { _ = try read("action,role,scope,condition\nfile,citizen\n") }
        #expect(throws: AppealImportError.self) { _ = try read("action,role,scope,condition\nfile,\"citizen\n") }
        #expect(throws: AppealImportError.tooLarge(file: "t", limit: TableFile.largest)) {
            _ = try TableFile(Array(repeating: 0x61, count: TableFile.largest + 1), name: "t", columns: columns)
        }
        let missing = ProductFolder.url.appending(path: "data/appeal_none.csv")
        #expect(throws: AppealImportError.unreadable(file: "appeal_none.csv")) {
            _ = try TableFile(at: missing, columns: columns)
        }
    }
}
