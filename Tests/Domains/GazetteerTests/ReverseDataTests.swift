import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// Reverse geocoding on the embedded city, compared with a search through all records.
@Suite struct ReverseDataTests {
    // A fixed generator, so that a failure can be reproduced.
    private struct Pins: Sequence, IteratorProtocol {
        var state: UInt64
        var left: Int

        private mutating func share() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }

        mutating func next() -> Coordinate? {
            guard left > 0 else { return nil }
            left -= 1
            return Coordinate(longitude: 76.70 + 0.5 * share(), latitude: 43.02 + 0.4 * share())
        }
    }

    private static func nearest(_ pin: Coordinate, _ points: [Coordinate]) -> Double {
        points.reduce(.infinity) { min($0, pin.distance(to: $1)) }
    }

    private static func agree(_ metres: Double?, _ expected: Double) -> Bool {
        metres.map { abs($0 - expected) <= 0.01 + 1e-6 * expected } ?? !expected.isFinite
    }

    @Test("The nearest street, crossing and thing match a search through all records")
    func bruteForce() throws {
        let snapshot = try EmbeddedSnapshot.city()
        let lines = snapshot.streetLines.filter { $0.street != nil }.flatMap(\.line.lines)
        let features =
            snapshot.stops.map(\.position) + snapshot.addresses.microdistricts.compactMap(\.position)
            + snapshot.directory.organizations.filter { $0.precision == .exact }.compactMap(\.position)
        let crossings = snapshot.crossings.map(\.position)
        let parks = ParkBlocks.find(
            in: snapshot.blocks,
            parks: snapshot.directory.organizations.filter { $0.category == "park" }
        )
        for pin in Pins(state: 7, left: 60) {
            let answer = snapshot.reverse(at: pin, limit: 3)
            let ruler = Ruler(latitude: pin.latitude)
            let street = lines.reduce(Double.infinity) { best, part in
                zip(part, part.dropFirst()).reduce(best) {
                    min($0, ruler.nearest(to: pin, onEdgeFrom: $1.0, to: $1.1).1)
                }
            }
            #expect(Self.agree(answer.street?.distance, street), "\(pin)")
            let crossing = Self.nearest(pin, crossings)
            #expect(Self.agree(answer.crossing?.distance, crossing <= 60 ? crossing : .infinity), "\(pin)")
            let isInPark = parks.keys.contains { snapshot.blocks[$0].shape.covers(pin) }
            #expect(isInPark == (answer.place?.isInside == true), "\(pin)")
            let house = Self.nearest(pin, snapshot.addresses.addresses.map(\.position))
            #expect(Self.agree(answer.houses.first?.distance, house), "\(pin)")
            #expect(answer.houses.map(\.distance) == answer.houses.map(\.distance).sorted())
            if isInPark { continue }
            let border = answer.district == nil ? snapshot.districts.nearest(to: pin)?.distance ?? .infinity : .infinity
            let expected = house > 150 ? min(border, Self.nearest(pin, features)) : .infinity
            #expect(Self.agree(answer.place?.distance, expected), "\(pin)")
        }
    }

    @Test("There is an answer in a park, on a mountain and outside the city")
    func places() throws {
        let snapshot = try EmbeddedSnapshot.city()
        let park = snapshot.reverse(at: Coordinate(longitude: 76.954, latitude: 43.2585), limit: 1)
        #expect(park.place?.isInside == true)
        #expect(park.place.map { snapshot.id(of: $0.subject) } == "sight-park-of-28-panfilov-guardsmen")
        let mountain = snapshot.reverse(at: Coordinate(longitude: 76.98, latitude: 43.06), limit: 1)
        #expect(mountain.precision == .area)
        #expect(mountain.place.map { snapshot.id(of: $0.subject) } == "sight-big-almaty-lake")
        #expect(mountain.place?.direction == .north)
        for (longitude, latitude) in [(77.3, 43.9), (0.0, 0.0), (180.0, 90.0), (-103.0, -43.0), (-180.0, -90.0)] {
            let far = snapshot.reverse(at: Coordinate(longitude: longitude, latitude: latitude), limit: 1)
            #expect(far.district == nil)
            #expect((far.place?.distance ?? 0) > 10_000)
            #expect(far.street?.distance.isFinite == true)
            #expect(far.street?.side == nil)
        }
    }

    @Test("South of Abay Avenue is its left side, where the houses are even")
    func abay() throws {
        let snapshot = try EmbeddedSnapshot.city()
        let south = try #require(
            snapshot.reverse(at: Coordinate(longitude: 76.927, latitude: 43.2409), limit: 1).street
        )
        #expect(snapshot.addresses.streets[south.street].id == "street-abaya")
        #expect(south.side == .left)
        #expect(south.parity == .even)
        #expect(south.likelyNumber?.number.isMultiple(of: 2) == true)
    }

    @Test("The parity of a side agrees with the house ranges, which were derived independently")
    func houseRanges() throws {
        let snapshot = try EmbeddedSnapshot.city()
        var (same, all) = (0, 0)
        for range in snapshot.houseRanges where range.parity != .mixed && range.first != range.last {
            guard let street = snapshot.addresses.index(of: range.street),
                let side = StreetSide(rawValue: range.side.rawValue),
                let parity = snapshot.reverseIndex.streets[street]?.parity(
                    of: range.first < range.last ? side : side.opposite
                )
            else { continue }
            all += 1
            if parity == range.parity { same += 1 }
        }
        #expect(all > 50)
        #expect(Double(same) >= 0.9 * Double(all))
    }

    @Test("Nine of ten left-out houses have the likely number within the stated uncertainty")
    func likelyNumbers() throws {
        let snapshot = try EmbeddedSnapshot.city()
        let index = snapshot.reverseIndex
        var (told, within, sided, odd) = (0, 0, 0, 0)
        for street in snapshot.addresses.streets.indices {
            guard let heading = index.streets[street]?.heading else { continue }
            let houses = snapshot.addresses.houses(ofStreet: street).entries
            for (place, house) in houses.enumerated() {
                guard let foot = index.segments.nearest(to: house.position, onStreet: street),
                    foot.distance <= PinSearch.numberReach
                else { continue }
                let others = houses.indices.filter { $0 != place }.map { houses[$0] }
                let rest = NumberedStreet(
                    heading,
                    others.map {
                        .init(number: $0.number, along: heading.along($0.position), side: index.sides[$0.address])
                    }
                )
                if let parity = foot.side.flatMap({ rest.parity(of: $0) }) {
                    sided += 1
                    if !parity.holds(house.number) { odd += 1 }
                }
                guard let likely = rest.likelyNumber(at: heading.along(foot.point), side: foot.side) else { continue }
                told += 1
                // One number takes about nineteen metres of a street.
                if 19 * Double(abs(likely.number - house.number)) <= likely.uncertainty { within += 1 }
            }
        }
        #expect(told > 500)
        #expect(Double(within) >= 0.87 * Double(told))
        #expect(sided > 400)
        #expect(Double(odd) <= 0.15 * Double(sided))
    }
}
