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
        let load = try EmbeddedCity(folder: ProductFolder.url.appending(path: "data")).load()
        var contents = GazetteerContents()
        for record in load.changes.records {
            switch record {
            case let record as Gazetteer.Category: contents.categories.append(record)
            case let record as District: contents.districts.append(record)
            case let record as Authority: contents.authorities.append(record)
            case let record as Microdistrict: contents.microdistricts.append(record)
            case let record as Street: contents.streets.append(record)
            case let record as Address: contents.addresses.append(record)
            case let record as Organization: contents.organizations.append(record)
            case let record as Stop: contents.stops.append(record)
            case let record as Block: contents.blocks.append(record)
            case let record as StreetLine: contents.streetLines.append(record)
            case let record as Crossing: contents.crossings.append(record)
            case let record as HouseRange: contents.houseRanges.append(record)
            default: throw Unreadable(reason: "no place for \(type(of: record))")
            }
        }
        return City(contents: contents, report: load.report, snapshot: try GazetteerSnapshot(contents, version: 1))
    }
}
