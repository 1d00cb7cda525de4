import Foundation
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import CityImport

/// Rows with values that cannot be stored: each is refused with the reason, and known values stay.
@Suite struct UnusableRowTests {
    private let header = "id,category,name_ru,lon,lat,date,source,opening_hours\n"

    private func load(_ rows: String) throws -> GazetteerImport {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try ImportFile(name: "organizations.csv", bytes: [UInt8]((header + rows).utf8)))
        return load
    }

    private func load(_ features: [String], _ name: String) throws -> GazetteerImport {
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}"
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try ImportFile(name: name, bytes: [UInt8](text.utf8)))
        return load
    }

    private func organization(_ geometry: String, _ properties: String = "") -> String {
        """
        {"type":"Feature","properties":{"id":"clinic","category":"polyclinic","name_ru":"Поликлиника",\
        "source":"test"\(properties)},"geometry":\(geometry)}
        """
    }

    private static let square = "[[[0.4,0.4],[0.6,0.4],[0.6,0.6],[0.4,0.6],[0.4,0.4]]]"

    @Test(
        "A date that does not exist is refused",
        arguments: [
            "2026-02-30", "31.04.2026", "2026-13", "2026-00-10", "26-01-01", "2026/01/01", "2026-1-1",
            "2026-01-01T00:00",
            "вчера", "0202-01-01", "2026-", "-2026", "2025-02-29",
        ]
    )
    func dates(date: String) throws {
        let report = try load("x,park,Парк,0.5,0.5,\(date),test,\n").report
        #expect(report.files[0].refused == 1)
        #expect(report.refusals.first?.line == 2)
        #expect(report.refusals.first?.reason.contains("date is “\(date)”") == true)
    }

    @Test("A date may be a year, a month, a day, or absent", arguments: ["2026", "2026-02", "2024-02-29", ""])
    func goodDates(date: String) throws {
        #expect(try load("x,park,Парк,0.5,0.5,\(date),test,\n").report.files[0].taken == 1)
    }

    @Test("Control characters, damaged text and overlong texts are refused with their column")
    func texts() throws {
        for text in ["Па\u{0}рк", "Па\u{1B}рк", "П\u{FFFD}рк", String(repeating: "щ", count: 6_000)] {
            let report = try load("x,park,\(text),0.5,0.5,,test,\ny,park,Парк,0.5,0.5,,test,\n").report
            #expect(report.files[0].taken == 1)
            #expect(report.refusals.first?.reason.hasPrefix("name_ru is") == true)
        }
        let feature = organization("null", #","note":"a\u0000b""#)
        #expect(try load([feature], "organizations.geojson").report.refusals.first?.reason.contains("U+0000") == true)
    }

    @Test("Numbers are decimal numbers", arguments: ["0x1", "nan", "inf", "43,25", "0.5°"])
    func numbers(number: String) throws {
        let report = try load("x,park,Парк,\"\(number)\",0.5,,test,\n").report
        #expect(report.refusals.first?.reason.contains("lon") == true)
    }

    @Test(
        "A geometry of another kind, or none at all, never removes a known position",
        arguments: [
            #"{"type":"Polygon","coordinates":\#(square)}"#, #"{"type":"MultiPolygon","coordinates":[\#(square)]}"#,
            #"{"type":"LineString","coordinates":[[0.4,0.4],[0.6,0.6]]}"#, #""POINT(0.5 0.5)""#, "[0.5,0.5]", "7",
            #"{"type":"Point","coordinates":"0.5 0.5"}"#, #"{"type":"MultiPoint","coordinates":[[0.5,0.5]]}"#,
        ]
    )
    func otherGeometry(geometry: String) throws {
        for extra in ["", #","lon":0.5,"lat":0.5"#] {
            let load = try load([organization(geometry, extra)], "organizations.geojson")
            #expect(load.report.files[0].refused == 1)
            #expect(load.written.isEmpty)
            #expect(load.report.refusals[0].line == 2)
            #expect(
                load.report.refusals[0].reason.contains("geometry")
                    || load.report.refusals[0].reason.contains("position")
            )
        }
    }

    @Test("Layers without geometry refuse geometries")
    func unwantedGeometry() throws {
        let feature = """
            {"type":"Feature","properties":{"id":"akimat-west","district":"west","organization_id":"akimat-west","source":"test"},\
            "geometry":{"type":"Point","coordinates":[0.5,0.5]}}
            """
        #expect(try load([feature], "authorities.geojson").report.refusals.first?.reason.contains("geometry") == true)
    }

    @Test("Values that are not text are refused in a known column and ignored in an unknown one")
    func otherValues() throws {
        let geometry = #"{"type":"Point","coordinates":[0.5,0.5]}"#
        for value in ["{}", "true", "[{}]"] {
            let refused = try load([organization(geometry, ",\"opening_hours\":\(value)")], "organizations.geojson")
            #expect(refused.report.refusals.first?.reason.contains("opening_hours") == true)
            let taken = try load([organization(geometry, ",\"tags\":\(value)")], "organizations.geojson")
            #expect(taken.report.files[0].changed == 1)
            #expect(taken.report.notes.first?.contains("tags") == true)
        }
    }

    @Test("A column that the file lacks keeps its known values; an empty cell removes the value")
    func silentColumns() throws {
        func clinic(_ text: String) throws -> Organization {
            var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
            try load.read(try ImportFile(name: "organizations.csv", bytes: [UInt8](text.utf8)))
            return try #require(load.written.first as? Organization)
        }
        let silent = try clinic("id,category,name_ru,source\nclinic,polyclinic,Новое имя,list\n")
        #expect(silent.names.ru == "Новое имя")
        #expect(silent.openingHours == "Mo-Fr 09:00-18:00")
        #expect(silent.position == Coordinate(longitude: 0.5, latitude: 0.5))
        #expect(silent.district == "west")
        #expect(silent.provenance.source == "list" && silent.provenance.date == nil)
        let empty = try clinic("id,category,name_ru,source,opening_hours\nclinic,polyclinic,Имя,list,\n")
        #expect(empty.openingHours == nil)
        let moved = try clinic("id,category,name_ru,source,lon,lat\nclinic,polyclinic,Имя,list,1.5,0.5\n")
        #expect(moved.district == "east" && moved.precision == .uncertain)
        let feature = try load(
            [organization("null").replacing(#","geometry":null"#, with: "")],
            "organizations.geojson"
        )
        #expect((feature.written.first as? Organization)?.position != nil)
    }

    @Test(
        "An area whose border crosses or touches itself is refused with its line",
        arguments: [
            "[[[0.1,0.1],[0.3,0.3],[0.3,0.1],[0.1,0.3],[0.1,0.1]]]",
            "[[[0.1,0.1],[0.3,0.1],[0.3,0.3],[0.2,0.1],[0.1,0.3],[0.1,0.1]]]",
            "[[[0.1,0.1],[0.3,0.1],[0.3,0.3],[0.1,0.3],[0.1,0.1]],[[0.2,0.2],[0.4,0.2],[0.4,0.25],[0.2,0.25],[0.2,0.2]]]",
            "[[[0.1,0.1],[0.3,0.1],[0.3,0.3],[0.1,0.3],[0.1,0.1]],[[0.5,0.5],[0.6,0.5],[0.6,0.6],[0.5,0.6],[0.5,0.5]]]",
        ]
    )
    func invalidAreas(rings: String) throws {
        func block(_ id: String, _ rings: String) -> String {
            """
            {"type":"Feature","properties":{"id":"\(id)","streets":"","source":"test"},\
            "geometry":{"type":"Polygon","coordinates":\(rings)}}
            """
        }
        let load = try load([block("good", Self.square), block("bad", rings)], "blocks.geojson")
        #expect(load.report.files[0].taken == 1)
        #expect(load.report.refusals.map(\.line) == [3])
        #expect(load.report.refusals.first?.reason.contains("not valid") == true)
        #expect(load.report.refusals.first?.reason.contains("Coordinate(") == false)
    }

    @Test("A file is refused because of a district whose border crosses itself")
    func invalidDistrict() throws {
        let feature = """
            {"type":"Feature","properties":{"slug":"west","id":1,"name_ru":"Запад","source":"test"},\
            "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}}
            """
        let load = try load([feature], "districts.geojson")
        #expect(load.report.refusals.first?.reason.contains("crosses itself") == true)
    }

    @Test("A value in a column without a name is refused; empty columns at the end are accepted")
    func namelessColumns() throws {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        let text = "id,category,name_ru,source,,\nx,park,Парк,test,,\ny,park,Парк,test,,lost\n"
        try load.read(try ImportFile(name: "organizations.csv", bytes: [UInt8](text.utf8)))
        #expect(load.report.files[0].taken == 1)
        #expect(load.report.refusals.map(\.line) == [3])
        #expect(load.report.refusals.first?.reason.contains("column 6") == true)
    }

    @Test("The bundled city is accepted completely")
    func embeddedCity() throws {
        let report = try EmbeddedCity(folder: ProductFolder.data).load(into: MemoryDraft())
        #expect(report.refusals == [])
        #expect(report.files.count >= 10)
    }

    @Test("Columns missing from a file keep stored values that newer rules refuse; columns in the file are checked")
    func silentAboutOlderValues() throws {
        var contents = try TinyCity.contents()
        var values = contents.authorities[0].fields.values
        values["website"] = "akimat.example.kz"
        contents.authorities[0] = try Authority(Fields(values, isStored: true))
        values = contents.organizations[0].fields.values
        values["opening_hours"] = "0900-1800"
        contents.organizations[0] = try Organization(Fields(values, isStored: true))
        var load = try GazetteerImport(into: MemoryDraft(contents))
        func read(_ name: String, _ text: String) throws {
            try load.read(try ImportFile(name: name, bytes: [UInt8](text.utf8)))
        }
        try read("authorities.csv", "id,district,organization_id,name_ru,source\nakimat-west,west,,Новое имя,list\n")
        try read("organizations.csv", "id,category,name_ru,source\ngreen,park,Новое имя,list\n")
        #expect(load.report.refusals.isEmpty)
        #expect((load.written.first as? Authority)?.website == "akimat.example.kz")
        #expect((load.written.last as? Organization)?.openingHours == "0900-1800")
        try read(
            "authorities.csv",
            "id,district,organization_id,name_ru,source,website\nakimat-west,west,,Имя,list,akimat.example.kz\n"
        )
        #expect(load.report.refusals.first?.reason.contains("website") == true)
    }
}
