import Geo
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct ReverseTests {
    // A street one kilometre long near longitude 0.5. Its line runs from south to north and its numbers from north to south,
    // with even houses east of it and so on the left. A street without houses crosses it in the middle.
    private static func snapshot(turned: Bool = false) throws -> GazetteerSnapshot {
        var contents = try TinyCity.contents()
        contents.streets += [
            try Street(TinyCity.record(["id": "long", "kind": "street", "name_ru": "Долгая"])),
            try Street(TinyCity.record(["id": "quiet", "kind": "lane", "name_ru": "Тихий"])),
        ]
        contents.streetLines += [
            try line("long", [[(0.5, 0.195), (0.5, 0.2), (0.5, 0.205)]]),
            try line("quiet", [[(0.495, 0.2), (0.505, 0.2)]]),
        ]
        for step in 0..<10 {
            let latitude = turned ? 0.196 + 0.0008 * Double(step) : 0.204 - 0.0008 * Double(step)
            contents.addresses += [
                try house("long", 2 * step + 1, at: (0.4997, latitude)),
                try house("long", 2 * step + 2, at: (0.5003, latitude)),
            ]
        }
        contents.crossings.append(
            try Crossing(
                TinyCity.record(["id": "middle", "street_a": "quiet", "street_b": "long"], at: (0.5, 0.2))
            )
        )
        contents.blocks.append(try park())
        return try GazetteerSnapshot(contents, version: 1)
    }

    private static func park() throws -> Block {
        var fields = TinyCity.record(["id": "b1", "district": "west", "streets": "Зелёный парк"])
        fields.shape = .area(try TinyCity.square(west: 0.299, south: 0.299, size: 0.003))
        return try Block(fields)
    }

    private static func line(_ street: String, _ parts: [[(Double, Double)]]) throws -> StreetLine {
        var fields = TinyCity.record([
            "id": "line-\(street)", "street_id": street, "kind": "street", "rank": "4", "length_m": "1000",
        ])
        fields.shape = .line(try TinyCity.line(parts))
        return try StreetLine(fields)
    }

    private static func house(_ street: String, _ number: Int, at point: (Double, Double)) throws -> Address {
        try Address(
            TinyCity.record(["id": "\(street)-\(number)", "street_id": street, "house": "\(number)"], at: point)
        )
    }

    private static func pin(_ longitude: Double, _ latitude: Double) -> Coordinate {
        Coordinate(longitude: longitude, latitude: latitude)
    }

    @Test("A pin next to a street has its side, the parity there and the house number")
    func street() throws {
        let snapshot = try Self.snapshot()
        let east = snapshot.reverse(at: Self.pin(0.5003, 0.204 - 0.0008 * 3.1), limit: 3)
        let street = try #require(east.street)
        #expect(snapshot.addresses.streets[street.street].id == "long")
        #expect(abs(street.distance - 33.4) < 0.1)
        #expect(street.side == .left)
        #expect(street.parity == .even)
        #expect(street.likelyNumber?.number == 8)
        #expect(east.precision == .house)
        let west = snapshot.reverse(at: Self.pin(0.4998, 0.204 - 0.0008 * 3.1), limit: 3)
        #expect(west.street?.side == .right)
        #expect(west.street?.parity == .odd)
        #expect(west.street?.likelyNumber?.number == 7)
    }

    @Test("The houses determine the direction of a street, not the direction of its line")
    func turned() throws {
        let street = try #require(
            try Self.snapshot(turned: true).reverse(at: Self.pin(0.5003, 0.2015), limit: 1).street
        )
        #expect(street.side == .right)
        #expect(street.parity == .even)
    }

    @Test("Without houses, the direction of a street is from east to west")
    func habit() throws {
        let snapshot = try Self.snapshot()
        let south = try #require(snapshot.reverse(at: Self.pin(0.504, 0.1998), limit: 1).street)
        #expect(snapshot.addresses.streets[south.street].id == "quiet")
        #expect(south.side == .left)
        #expect(south.parity == nil)
        #expect(south.likelyNumber == nil)
        #expect(snapshot.reverse(at: Self.pin(0.504, 0.2002), limit: 1).street?.side == .right)
    }

    @Test("On the line, past its end and far away there is no side")
    func noSide() throws {
        let snapshot = try Self.snapshot()
        for point in [Self.pin(0.5, 0.202), Self.pin(0.5001, 0.206), Self.pin(0.52, 0.1987)] {
            #expect(snapshot.reverse(at: point, limit: 1).street?.side == nil)
        }
    }

    @Test("Each house has its side, and whether the pin is on the same one")
    func houses() throws {
        let snapshot = try Self.snapshot()
        let found = snapshot.reverse(at: Self.pin(0.5002, 0.204), limit: 4).houses
        let ids = found.map { snapshot.addresses.addresses[$0.address].id.rawValue }
        #expect(ids == ["long-2", "long-1", "long-4", "long-3"])
        #expect(found.map(\.side) == [.left, .right, .left, .right])
        #expect(found.map(\.isOnSideOfPin) == [true, false, true, false])
        #expect(found.map(\.distance) == found.map(\.distance).sorted())
    }

    @Test func crossing() throws {
        let snapshot = try Self.snapshot()
        let near = try #require(snapshot.reverse(at: Self.pin(0.5003, 0.2003), limit: 1).crossing)
        #expect(snapshot.crossings[near.crossing].id == "middle")
        #expect(near.streets.map { snapshot.addresses.streets[$0].id } == ["long", "quiet"])
        #expect(abs(near.distance - 47.1) < 0.2)
        #expect(snapshot.reverse(at: Self.pin(0.5006, 0.2), limit: 1).crossing == nil)
    }

    @Test("A pin in a park is in it, however far the park's own point is")
    func park() throws {
        let snapshot = try Self.snapshot()
        let answer = snapshot.reverse(at: Self.pin(0.3015, 0.3015), limit: 1)
        let place = try #require(answer.place)
        #expect(snapshot.id(of: place.subject) == "green")
        #expect(snapshot.kind(of: place.subject) == "park")
        #expect(place.isInside)
        #expect(place.distance == 0)
        #expect(answer.precision == .area)
    }

    @Test("Away from houses, the nearest named thing is given with the direction from it to the pin")
    func place() throws {
        let snapshot = try Self.snapshot()
        let place = try #require(snapshot.reverse(at: Self.pin(0.31, 0.32), limit: 1).place)
        #expect(place.subject == .stop(0))
        #expect(place.direction == .north)
        #expect(abs(place.distance - 1_105.7) < 1)
        #expect(snapshot.reverse(at: Self.pin(0.5002, 0.204), limit: 1).place == nil)
    }

    @Test("Outside the city, the border is given when it is nearer than anything named")
    func outside() throws {
        let snapshot = try Self.snapshot()
        let answer = snapshot.reverse(at: Self.pin(2.5, 0.5), limit: 1)
        let place = try #require(answer.place)
        #expect(answer.district == nil)
        #expect(snapshot.id(of: place.subject) == "east")
        #expect(!place.isInside)
        #expect(abs(place.distance - 55_660) < 20)
        #expect(answer.houses.count == 1)
    }

    @Test("The nearest house determines the microdistrict, or else the nearest centre")
    func microdistrict() throws {
        let snapshot = try Self.snapshot()
        let own = try #require(snapshot.reverse(at: Self.pin(0.2503, 0.25), limit: 1).microdistrict)
        #expect(own.microdistrict.id == "samal-2")
        #expect(own.isOfNearestHouse)
        let near = try #require(snapshot.reverse(at: Self.pin(0.26, 0.25), limit: 1).microdistrict)
        #expect(!near.isOfNearestHouse)
        #expect(abs((near.distance ?? 0) - 1_113) < 1)
        #expect(snapshot.reverse(at: Self.pin(0.27, 0.25), limit: 1).microdistrict == nil)
    }

    @Test("An empty city, and pins with invalid coordinates, give empty answers")
    func nothing() throws {
        var contents = GazetteerContents()
        contents.districts = try TinyCity.contents().districts
        let empty = try GazetteerSnapshot(contents, version: 1)
        let inside = empty.reverse(at: Self.pin(0.5, 0.5), limit: 5)
        #expect(inside.houses.isEmpty && inside.street == nil && inside.microdistrict == nil)
        #expect(inside.place?.subject == .district(0))
        #expect(inside.place?.isInside == true)
        let nowhere = try Self.snapshot().reverse(at: Self.pin(.nan, .infinity), limit: 5)
        #expect(nowhere.houses.isEmpty && nowhere.street == nil && nowhere.place == nil && nowhere.district == nil)
    }

    @Test("Compass directions", arguments: zip(CompassDirection.allCases, 0..<8))
    func wind(_ direction: CompassDirection, _ eighth: Int) throws {
        let (east, north) = [(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)][eighth]
        let start = Self.pin(76.9, 43.2)
        // At this latitude a degree of longitude is 0.73 of a degree of latitude.
        let end = Self.pin(76.9 + 0.0137 * Double(east), 43.2 + 0.01 * Double(north))
        #expect(CompassDirection(from: start, to: end) == direction)
        #expect(CompassDirection(from: start, to: start) == nil)
    }
}
