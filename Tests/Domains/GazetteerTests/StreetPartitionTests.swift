import Civic
import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// Streets of one name in several places, and houses far from their street.
@Suite struct StreetPartitionTests {
    // Metres east and north of a point of the city.
    private func place(_ east: Double, _ north: Double) -> Coordinate {
        let ruler = Ruler(latitude: 43.25)
        return Coordinate(
            longitude: 76.9 + east / ruler.metresPerDegreeOfLongitude,
            latitude: 43.25 + north / ruler.metresPerDegreeOfLatitude
        )
    }

    private func entry(
        _ house: String,
        _ east: Double,
        _ north: Double,
        place index: Int
    ) throws -> HouseNumberIndex.Entry {
        let at = place(east, north)
        let fields = Fields(
            [
                "id": "house-\(index)", "street_id": "street", "house": house, "lon": "\(at.longitude)",
                "lat": "\(at.latitude)", "precision": "address", "source": "test", "confidence": "high",
            ]
        )
        return try #require(HouseNumberIndex.Entry(try Address(fields), place: index))
    }

    @Test(
        "Lines within 3 km are one street; lines farther apart are streets of one name",
        arguments: [(2_900.0, 1), (3_100, 2)]
    )
    func lines(gap: Double, parts: Int) throws {
        let line = try MultiLine([
            [place(0, 0), place(1_000, 0)], [place(1_000 + gap, 0), place(1_900 + gap, 0)],
        ])
        let partition = StreetPartition(line, [])
        #expect(partition.parts.count == parts)
        #expect(partition.lineGroupCount == parts)
        #expect(partition.parts[0].lines[0].first == place(0, 0))
    }

    @Test("Parts that each lie near the next are one street, in any order")
    func chain() throws {
        let line = try MultiLine([
            [place(7_800, 0), place(8_800, 0)], [place(0, 0), place(1_000, 0)], [place(3_900, 0), place(4_900, 0)],
        ])
        #expect(StreetPartition(line, []).parts.count == 1)
    }

    @Test("A short piece without houses is treated as a mistake in the line, and is counted as one")
    func negligible() throws {
        let line = try MultiLine([[place(0, 0), place(5_000, 0)], [place(9_000, 0), place(9_100, 0)]])
        let partition = StreetPartition(line, [])
        #expect(partition.parts.count == 1)
        #expect(partition.lineGroupCount == 2)
        let inhabited = StreetPartition(line, [try entry("1", 9_050, 100, place: 0)])
        #expect(inhabited.parts.count == 2)
    }

    @Test("A house belongs to the line near it; a single one far from all lines is stray")
    func houses() throws {
        let line = try MultiLine([[place(0, 0), place(1_000, 0)], [place(9_000, 0), place(9_900, 0)]])
        let partition = StreetPartition(
            line,
            [
                try entry("1", 100, 50, place: 0), try entry("2", 9_100, 50, place: 1),
                try entry("4", 9_300, 50, place: 2),
                try entry("7", 5_000, 0, place: 3), try entry("5", 500, 1_400, place: 4),
            ]
        )
        #expect(partition.parts.map { $0.houses.map(\.address).sorted() } == [[0, 4], [1, 2]])
        #expect(partition.strays.map(\.address) == [3])
    }

    @Test("Houses near one another and far from every line are a separate part")
    func part() throws {
        let line = try MultiLine([[place(0, 0), place(1_000, 0)]])
        let partition = StreetPartition(
            line,
            [try entry("11", 5_000, 0, place: 0), try entry("13", 5_200, 0, place: 1)]
        )
        #expect(partition.strays.isEmpty)
        #expect(partition.parts.map(\.houses.count) == [2, 0])
    }

    @Test("Without a line the extent of a street is unknown, so no house is stray")
    func withoutLine() throws {
        let partition = StreetPartition(nil, [try entry("3", 0, 0, place: 0), try entry("5", 5_000, 0, place: 1)])
        #expect(partition.strays.isEmpty)
        #expect(partition.parts.map(\.houses.count) == [2])
        #expect(StreetPartition(nil, []).parts.isEmpty)
    }

    @Test("Streets of one name are answered separately, each with its own districts")
    func answers() throws {
        let city = try EmbeddedSnapshot.city()
        let results = Geocoder(city).answer("улица Талапты", limit: 9, language: .ru).results
            .filter { city.id(of: $0.subject) == "street-talapty" }
        #expect(results.count == 2)
        let places = results.compactMap(\.position)
        #expect(try #require(places.first).distance(to: try #require(places.last)) > 3_000)
        let all = results.reduce(into: Set<District.ID>()) { $0.formUnion($1.districts) }
        #expect(results.allSatisfy { $0.districts.count < all.count || all.count == 1 })
    }

    @Test("A house is never placed between houses of different parts")
    func neverAcross() throws {
        let city = try EmbeddedSnapshot.city()
        let book = city.addresses
        for (street, _) in book.separatedStreets {
            let label = AddressLabel.street(book.streets[street], language: .ru).text
            for number in [6, 15, 40] {
                for result in Geocoder(city).answer("\(label) \(number)", limit: 9, language: .ru).results {
                    guard result.subject == .street(street), result.match == .interpolated else { continue }
                    let position = try #require(result.position)
                    let near = book.streetPlaces.parts[street].contains { part in
                        let points = part.houses.entries.map(\.position) + (part.line?.lines.flatMap { $0 } ?? [])
                        return points.contains { $0.distance(to: position) < 2_500 }
                    }
                    #expect(near, "\(label) \(number)")
                }
            }
        }
    }

    @Test("The embedded city reports its scattered streets and stray houses")
    func embedded() throws {
        let book = try EmbeddedSnapshot.city().addresses
        let separated = Set(book.separatedStreets.map { book.streets[$0.street].id.rawValue })
        #expect(separated.isSuperset(of: ["street-tsentralnaya", "street-sharipova", "street-tole-bi"]))
        #expect(!separated.contains("street-suyunbaya"))
        let strays = Set(book.strayHouses.map { book.addresses[$0].id.rawValue })
        #expect(strays.isSuperset(of: ["address-street-kunaeva-32", "address-street-auezova-56"]))
        #expect(strays.count < 30)
    }
}
