import Geo
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct PlaceTests {
    @Test func aPointKnowsItsDistrictAddressAndAuthority() throws {
        let place = try TinyCity.snapshot().place(at: Coordinate(longitude: 0.2501, latitude: 0.25))
        #expect(place.district?.id == "west")
        #expect(place.address?.id == "a5")
        #expect(place.microdistrict?.id == "samal-2")
        #expect(place.authority?.id == "akimat-west")
        let distance = try #require(place.addressDistance)
        #expect(abs(distance - 11.13) < 0.05)
    }

    @Test("A point on the shared border belongs to the lower number")
    func border() throws {
        let snapshot = try TinyCity.snapshot()
        #expect(snapshot.districts.district(at: Coordinate(longitude: 1, latitude: 0.5))?.id == "west")
        #expect(snapshot.districts.district(at: Coordinate(longitude: 1.000001, latitude: 0.5))?.id == "east")
        #expect(snapshot.districts.district(at: Coordinate(longitude: 0, latitude: 0))?.id == "west")
        #expect(snapshot.districts.district(at: Coordinate(longitude: -0.000001, latitude: 0)) == nil)
    }

    @Test func outsideTheNearestDistrictIsGiven() throws {
        let nearest = try TinyCity.snapshot().districts.nearest(to: Coordinate(longitude: 2.01, latitude: 0.5))
        #expect(nearest?.district.id == "east")
        #expect(abs((nearest?.distance ?? 0) - 1_113.2) < 1)
    }

    @Test func neighbours() throws {
        let districts = try TinyCity.snapshot().districts
        #expect(districts.neighbours(of: districts.all[0]).map(\.id) == ["east"])
    }
}
