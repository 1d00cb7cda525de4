import AppealImport
import Civic
import Foundation
import Gazetteer
import TestSupport
import Testing

@testable import Appeals

@Suite struct AppealTablesTests {
    private func tables() throws -> AppealTables { try AppealTables(folder: ProductFolder.data) }

    @Test("The tables of data/ are complete: 17 groups, 76 leaves, every district, nothing empty")
    func tablesAreComplete() throws {
        let catalogue = try tables().catalogue
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
        for body in try tables().catalogue.bodies {
            guard let id = body.directoryID else { continue }
            let authority = try #require(authorities.first { $0.id.rawValue == id }, "\(id)")
            #expect(authority.district?.rawValue == body.district?.rawValue)
            #expect(authority.phones == body.phones, "\(id)")
            #expect(authority.names.kk == body.name.kk && authority.names.ru == body.name.ru)
        }
    }

    @Test("A folder without a table is refused with the name of the missing file")
    func missing() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: AppealImportError.self) { _ = try AppealTables(folder: folder.url) }
        guard case .unreadable(let file) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(FileManager.default.fileExists(atPath: ProductFolder.data.appending(path: file).path), "\(file)")
    }
}
