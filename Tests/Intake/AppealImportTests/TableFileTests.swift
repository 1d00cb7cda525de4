import AppealImport
import Foundation
import TestSupport
import Testing

@testable import Appeals

@Suite struct TableFileTests {
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
