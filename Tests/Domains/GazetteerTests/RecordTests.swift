import Civic
import Geo
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct RecordTests {
    @Test("Every record can be read back from its own fields")
    func roundTrip() throws {
        let contents = try TinyCity.contents()
        for record in contents.organizations { #expect(try Organization(record.fields) == record) }
        for record in contents.streets { #expect(try Street(record.fields) == record) }
        for record in contents.addresses { #expect(try Address(record.fields) == record) }
        for record in contents.categories { #expect(try Gazetteer.Category(record.fields) == record) }
        for record in contents.districts { #expect(try District(record.fields) == record) }
        for record in contents.microdistricts { #expect(try Microdistrict(record.fields) == record) }
        for record in contents.authorities { #expect(try Authority(record.fields) == record) }
        for record in contents.stops { #expect(try Stop(record.fields) == record) }
        for record in contents.streetLines { #expect(try StreetLine(record.fields) == record) }
        for record in contents.crossings { #expect(try Crossing(record.fields) == record) }
        for record in contents.houseRanges { #expect(try HouseRange(record.fields) == record) }
    }

    @Test func streetRecordsHoldWhatTheyWereGiven() throws {
        let snapshot = try TinyCity.snapshot()
        let (avenue, river) = (snapshot.streetLines[0], snapshot.streetLines[1])
        #expect(avenue.street == "abay")
        #expect(avenue.kind == .street(.avenue))
        #expect(avenue.width == 42.5)
        #expect(avenue.line.lines.map(\.count) == [3, 2])
        #expect(river.street == nil)
        #expect(river.kind == .river)
        #expect(river.names.ru == "Есентай")
        #expect(river.width == nil)
        #expect(snapshot.crossings[0].position == Coordinate(longitude: 1.2, latitude: 0.5))
        #expect(snapshot.houseRanges[0].lastPosition == Coordinate(longitude: 0.9, latitude: 0.5))
    }

    @Test(
        "A line with contradictory fields is rejected",
        arguments: zip(
            [
                ["rank": "6"], ["rank": ""], ["width_m": "-1"], ["kind": "motorway"], ["street_id": ""],
                ["length_m": ""],
                ["kind": "river"],
            ],
            ["rank", "rank", "width_m", "kind", "street_id", "length_m", "street_id"]
        )
    )
    func brokenLine(wrong: [String: String], field: String) throws {
        var fields = try TinyCity.contents().streetLines[0].fields
        for (name, value) in wrong { fields[name] = value }
        let error = #expect(throws: RecordError.self) { try StreetLine(fields) }
        #expect(error?.description.hasPrefix(field) == true)
    }

    @Test func aLineNeedsALineAndAPointAPoint() throws {
        let contents = try TinyCity.contents()
        var line = contents.streetLines[0].fields
        line.shape = .point(Coordinate(longitude: 0.5, latitude: 0.5))
        #expect(throws: RecordError.missing(field: "geometry (LineString or MultiLineString)")) {
            try StreetLine(line)
        }
        var stop = contents.stops[0].fields
        stop.shape = contents.streetLines[0].fields.shape
        #expect(throws: RecordError.malformed(field: "geometry", value: "a line", expected: "a Point")) {
            try Stop(stop)
        }
    }

    @Test func aCrossingNeedsTwoStreetsAndAPosition() throws {
        var fields = try TinyCity.contents().crossings[0].fields
        fields["street_b"] = "abay"
        #expect(throws: RecordError.self) { try Crossing(fields) }
        fields["street_b"] = "satpaev"
        fields.shape = nil
        #expect(throws: RecordError.missing(field: "lon, lat")) { try Crossing(fields) }
    }

    @Test(
        "A house range with contradictory fields is rejected",
        arguments: zip(
            [
                ["first": "11"], ["last": "0"], ["side": "north"], ["parity": ""], ["houses": "0"], ["last_lat": ""],
                ["first_lon": "200"],
            ],
            ["first", "last", "side", "parity", "houses", "last_lat", "first_lon"]
        )
    )
    func brokenRange(wrong: [String: String], field: String) throws {
        var fields = try TinyCity.contents().houseRanges[0].fields
        for (name, value) in wrong { fields[name] = value }
        let error = #expect(throws: RecordError.self) { try HouseRange(fields) }
        #expect(error?.description.hasPrefix(field) == true)
    }

    @Test func faultsNameTheField() {
        #expect(throws: RecordError.missing(field: "category")) {
            try Organization(TinyCity.record(["id": "x", "name_ru": "X"]))
        }
        #expect(throws: RecordError.missing(field: "lat")) {
            try Organization(TinyCity.record(["id": "x", "category": "park", "name_ru": "X", "lon": "76.9"]))
        }
        let fields = TinyCity.record([
            "id": "x", "category": "park", "name_ru": "X", "website": "javascript:alert(1)",
        ])
        #expect(throws: RecordError.self) { try Organization(fields) }
    }

    @Test func namesFallBackInOrder() {
        let names = Names(ru: "Парк", en: "Park")
        #expect(names.label(for: .kk) == ("Парк", .ru))
        #expect(names.label(for: .en) == ("Park", .en))
        #expect(Names(kk: "", ru: "Парк").kk == nil)
    }
}
