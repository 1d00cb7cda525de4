import Civic
import Foundation
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import CityImport

@Suite struct EmbeddedCityTests {
    @Test("The bundled city loads without refusals")
    func nothingRefused() throws {
        let report = try EmbeddedSnapshot.report()
        #expect(report.refusals == [])
        #expect(report.notes == ["districts.geojson: columns not understood and left out: wikidata"])
        #expect(report.files.count == Layer.allCases.count)
    }

    @Test func answersTypicalQuestions() throws {
        let snapshot = try EmbeddedSnapshot.city()
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

    @Test("Searching for an address's own label finds that address, in each language that has one")
    func addressesFindThemselves() throws {
        let snapshot = try EmbeddedSnapshot.city()
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
