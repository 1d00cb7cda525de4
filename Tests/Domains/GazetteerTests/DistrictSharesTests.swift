import Civic
import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// The districts that an uncertain place may lie in.
@Suite struct DistrictSharesTests {
    // Samples a fine grid, each point looked up by itself.
    private func sampled(_ districts: DistrictMap, around centre: Coordinate, _ radius: Double) -> [District.ID: Double]
    {
        let ruler = Ruler(latitude: centre.latitude)
        let across = 120
        var counts: [District.ID: Double] = [:]
        for row in 0...across {
            for column in 0...across {
                let east = radius * (2 * Double(column) / Double(across) - 1)
                let north = radius * (2 * Double(row) / Double(across) - 1)
                guard east * east + north * north <= radius * radius else { continue }
                let point = Coordinate(
                    longitude: centre.longitude + east / ruler.metresPerDegreeOfLongitude,
                    latitude: centre.latitude + north / ruler.metresPerDegreeOfLatitude
                )
                if let id = districts.id(at: point) { counts[id, default: 0] += 1 }
            }
        }
        let all = counts.values.reduce(0, +)
        return counts.mapValues { $0 / all }
    }

    @Test("The shares of a circle match those of many points in it", arguments: 0..<30)
    func circles(seed: Int) throws {
        let districts = try EmbeddedSnapshot.city().districts
        var random = SplitMix64(seed: UInt64(seed) + 400)
        let box = districts.bounds
        func draw() -> Coordinate {
            Coordinate(
                longitude: Double.random(in: box.west...box.east, using: &random),
                latitude: Double.random(in: box.south...box.north, using: &random)
            )
        }
        var centre = draw()
        // If a circle hardly touches the city, a few points would be a large share.
        while districts.id(at: centre) == nil { centre = draw() }
        let radius = Double.random(in: 50...4_000, using: &random)
        let shares = districts.shares(around: centre, radius: radius)
        let expected = sampled(districts, around: centre, radius)
        for (id, share) in expected {
            let found = shares.first { $0.id == id }?.share ?? 0
            #expect(abs(found - share) < 0.03, "\(id): \(found) for \(share)")
        }
        #expect(shares.map(\.share) == shares.map(\.share).sorted(by: >))
        #expect(shares.allSatisfy { expected[$0.id] != nil || $0.share < 0.03 })
    }

    @Test("The shares of a line match the lengths of its parts")
    func line() throws {
        let city = try EmbeddedSnapshot.city()
        let abay = try #require(city.addresses.streets.firstIndex { $0.id.rawValue == "street-abaya" })
        let line = try #require(city.addresses.streetPlaces.parts[abay][0].line)
        var lengths: [District.ID: Double] = [:]
        for part in line.lines {
            for (a, b) in zip(part, part.dropFirst()) {
                let length = Ruler(latitude: a.latitude).distance(from: a, to: b)
                for step in 0..<400 {
                    let point = a.interpolated(to: b, share: (Double(step) + 0.5) / 400)
                    if let id = city.districts.id(at: point) { lengths[id, default: 0] += length / 400 }
                }
            }
        }
        let all = lengths.values.reduce(0, +)
        let shares = city.districts.shares(along: line)
        #expect(shares.count > 2)
        for share in shares { #expect(abs(share.share - (lengths[share.id] ?? 0) / all) < 0.01) }
    }

    @Test(
        "A place whose uncertainty crosses a border has several shares and no single district",
        arguments: ["Сатпаева 8", "Абая 10", "Абая"]
    )
    func acrossABorder(query: String) throws {
        let city = try EmbeddedSnapshot.city()
        let result = try #require(Geocoder(city).answer(query, language: .ru).results.first)
        #expect(result.district == nil)
        #expect(result.districtShares.count > 1)
        #expect(abs(result.districtShares.map(\.share).reduce(0, +) - 1) < 0.02)
        if let position = result.position, let metres = result.uncertainty {
            for (id, share) in sampled(city.districts, around: position, metres) {
                #expect(abs((result.districtShares.first { $0.id == id }?.share ?? 0) - share) < 0.03)
            }
        }
    }

    @Test("A place within one district has only that one", arguments: ["Абая 52", "Орбита-3, 5", "Алмалы ауданы"])
    func withinOne(query: String) throws {
        let result = try #require(
            Geocoder(try EmbeddedSnapshot.city()).answer(query, language: .ru).results.first
        )
        #expect(result.district != nil)
        #expect(result.districtShares.count < 2)
    }
}
