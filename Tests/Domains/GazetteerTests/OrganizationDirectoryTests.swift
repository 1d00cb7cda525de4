import Civic
import Geo
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct OrganizationDirectoryTests {
    private func names(_ change: (inout OrganizationQuery) -> Void) throws -> [String] {
        let directory = try TinyCity.snapshot().directory
        var query = OrganizationQuery()
        change(&query)
        return directory.search(query).map { directory.organizations[$0.index].id.rawValue }
    }

    @Test func byCategoryAndGroup() throws {
        #expect(try names { $0.category = "park" } == ["green", "orchard"])
        #expect(try names { $0.category = "health" } == ["clinic", "clinic-25"])
    }

    @Test("The position determines the district, whatever the record states")
    func byDistrict() throws {
        #expect(try names { $0.district = "east" } == ["orchard"])
        #expect(try names { $0.district = "west" }.contains("clinic-25"))
    }

    @Test func byWordsOfNameAndCategory() throws {
        #expect(try names { $0.text = "поликлиника 5" } == ["clinic"])
        #expect(try names { $0.text = "поликлиники" }.sorted() == ["clinic", "clinic-25"])
        #expect(try names { $0.text = "емхана" }.sorted() == ["clinic", "clinic-25"])
        #expect(try names { $0.text = "парк" }.first == "green")
        #expect(try names { $0.text = "ябло" } == ["orchard"])
        #expect(try names { $0.text = "аптека" } == [])
    }

    @Test func byOpeningTime() throws {
        // A Monday without a holiday.
        let monday = try #require(LocalDate(year: 2026, month: 11, day: 23))
        #expect(try names { $0.openAt = LocalTime(monday, minute: 10 * 60) } == ["clinic"])
        #expect(try names { $0.openAt = LocalTime(monday, minute: 20 * 60) } == [])
    }

    @Test func byRadiusNearestFirst() throws {
        let point = Coordinate(longitude: 0.3, latitude: 0.31)
        let found = try names {
            $0.near = point
            $0.radius = 40_000
        }
        #expect(found == ["green", "clinic"])
    }

    @Test func nearestWithFilterInsideTheSearch() throws {
        let directory = try TinyCity.snapshot().directory
        let point = Coordinate(longitude: 0.3, latitude: 0.3)
        var query = OrganizationQuery()
        query.category = "park"
        query.district = "east"
        let found = directory.nearest(to: point, count: 5, within: .infinity, matching: query)
        #expect(found.map { directory.organizations[$0.index].id } == ["orchard"])
        query.category = "nothing"
        #expect(directory.nearest(to: point, count: 5, within: .infinity, matching: query).isEmpty)
    }
}
