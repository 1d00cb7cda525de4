import Foundation
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import Ingest

@Suite struct EmbeddedCityTests {
    private struct City: Sendable {
        let report: ImportReport
        let snapshot: GazetteerSnapshot
    }

    // Read once for all tests: it is the largest thing they have in common.
    private static let loaded = Result { try load() }.mapError { Unreadable(reason: "\($0)") }

    private struct Unreadable: Error {
        let reason: String
    }

    private static func city() throws -> City { try loaded.get() }

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
            default: break
            }
        }
        return City(report: load.report, snapshot: try GazetteerSnapshot(contents, version: 1))
    }

    @Test("The city that ships loads without a refusal")
    func nothingRefused() throws {
        let report = try Self.city().report
        #expect(report.refusals == [])
        #expect(report.notes == [])
        #expect(report.files.count == Layer.allCases.count)
    }

    @Test func answersWhatANewcomerAsks() throws {
        let snapshot = try Self.city().snapshot
        let abay = Geocoder(snapshot).answer("пр. Абая 52").results.first
        #expect(abay?.kind == .address)
        #expect(abay?.district == "bostandyk")
        #expect(Geocoder(snapshot).answer("Медеу ауданы").results.first?.district == "medeu")
        #expect(snapshot.districts.district(at: Coordinate(longitude: 76.945, latitude: 43.238))?.id == "bostandyk")
        var parks = OrganizationQuery()
        parks.category = "park"
        let nearest = snapshot.directory.nearest(
            to: Coordinate(longitude: 76.945, latitude: 43.238),
            count: 1,
            within: .infinity,
            matching: parks
        )
        #expect(nearest.count == 1)
    }

    @Test("Each address finds itself by its own label, in each language that has one")
    func addressesFindThemselves() throws {
        let snapshot = try Self.city().snapshot
        let geocoder = Geocoder(snapshot)
        var missed: [String] = []
        for address in snapshot.addresses.addresses.enumerated().filter({ $0.offset % 23 == 0 }).map(\.element) {
            for language in [Language.ru, .kk] {
                let label = snapshot.addresses.label(of: address, language: language).text
                let results = geocoder.answer(label, limit: 10).results
                let found = results.contains { result in
                    guard case .address(let index) = result.subject else { return false }
                    return snapshot.addresses.addresses[index].id == address.id
                }
                if !found { missed.append(label) }
            }
        }
        #expect(missed == [])
    }
}
