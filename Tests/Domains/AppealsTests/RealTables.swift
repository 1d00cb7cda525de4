import AppealImport
import Foundation
import TestSupport

/// The tables of `data/`, read once.
enum RealTables {
    private static let loaded = Result { try AppealTables(folder: ProductFolder.url.appending(path: "data")) }

    static func load() throws -> AppealTables { try loaded.get() }
}
