import CityImport
import Foundation
public import Gazetteer

/// The city of `data/`, read once for all tests of a process, because reading it is expensive.
public enum EmbeddedSnapshot {
    /// Thrown when the city cannot be read.
    public struct Unreadable: Error {
        /// The reason.
        public let reason: String
    }

    private static let loaded = Result { try load() }.mapError { Unreadable(reason: "\($0)") }

    /// The snapshot of the city.
    ///
    /// - Throws: `Unreadable`.
    public static func city() throws(Unreadable) -> GazetteerSnapshot { try loaded.get().snapshot }

    /// The records of the city.
    ///
    /// - Throws: `Unreadable`.
    public static func contents() throws(Unreadable) -> GazetteerContents { try loaded.get().contents }

    /// The report of reading it.
    ///
    /// - Throws: `Unreadable`.
    public static func report() throws(Unreadable) -> ImportReport { try loaded.get().report }

    private struct City: Sendable {
        let contents: GazetteerContents
        let report: ImportReport
        let snapshot: GazetteerSnapshot
    }

    private static func load() throws -> City {
        let draft = MemoryDraft()
        let report = try EmbeddedCity(folder: ProductFolder.data).load(into: draft)
        var contents = GazetteerContents()
        for record in draft.written { contents.add(record) }
        return City(contents: contents, report: report, snapshot: try GazetteerSnapshot(contents, version: 1))
    }
}
