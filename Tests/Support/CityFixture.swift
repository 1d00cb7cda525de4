import Foundation
public import Gazetteer
public import SQLiteStore

/// A city file in a folder of its own.
public struct CityFixture: Sendable {
    private let folder: TemporaryFolder
    /// The file, which need not exist.
    public let file: CityFile
    /// The store that reads the file.
    public let store: SQLiteCityStore

    /// Names a file that is still to be built.
    public init() throws {
        folder = try TemporaryFolder()
        file = CityFile(path: folder.url.appending(path: "city.sqlite").path)
        store = SQLiteCityStore(file)
    }

    /// Builds a file with records.
    public init(_ contents: GazetteerContents) throws {
        try self.init()
        try write(contents.records)
    }

    /// Changes the city as an import does.
    public func write(_ records: [any GazetteerRecord], report: ImportReport = ImportReport()) throws {
        try file.build(from: .present) { draft in
            for record in records { try draft.write(record) }
            return report
        }
    }
}
