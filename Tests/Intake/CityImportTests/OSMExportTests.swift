import Civic
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import CityImport

@Suite struct OSMExportTests {
    private static let options = OSMExport.Options(generator: "test", attribution: "A & B")

    private static func text(_ contents: GazetteerContents, _ options: OSMExport.Options = options) throws -> String {
        var text = ""
        try OSMExport(contents, options: options).write { text += $0 }
        return text
    }

    // The city with a second street across the avenue, crossing it at the given point.
    private static func crossed(at point: (Double, Double)) throws -> GazetteerContents {
        var contents = try TinyCity.contents()
        var fields = TinyCity.record([
            "id": "line-satpaev", "street_id": "satpaev", "kind": "street", "rank": "4", "length_m": "100",
        ])
        fields.shape = .line(try TinyCity.line([[(1.2, 0.4), (1.2, 0.6)]]))
        contents.streetLines.append(try StreetLine(fields))
        let crossing = TinyCity.record(["id": "c", "street_a": "abay", "street_b": "satpaev"], at: point)
        contents.crossings = [try Crossing(crossing)]
        return contents
    }

    private static func document(of contents: GazetteerContents) -> OSMDocument {
        var document = OSMDocument()
        _ = OSMStreets(contents).add(to: &document, naming: OSMNaming(language: .ru))
        return document
    }

    @Test("A street has a way for each part, with its names in full and its old names as they are recorded")
    func streets() throws {
        let document = Self.document(of: try TinyCity.contents())
        let parts = document.ways.filter { $0.tags["ref:openalmaty"] == "abay" }
        #expect(parts.count == 2)
        let tags = try #require(parts.first).tags
        #expect(tags["highway"] == "primary")
        #expect(tags["name"] == "проспект Абая")
        #expect(tags["name:kk"] == "Абай даңғылы")
        #expect(tags["name:en"] == "Abay Avenue")
        #expect(tags["old_name"] == "Арычная")
        let river = document.ways.first { $0.tags["waterway"] == "river" }
        #expect(river?.tags["name:ru"] == "Есентай")
        #expect(river?.tags["name:en"] == nil)
    }

    @Test("Streets share the node of their crossing when both pass it, and only then")
    func crossings() throws {
        let near = (1.2, 0.500_05)
        let document = Self.document(of: try Self.crossed(at: near))
        let position = OSMDocument.Position(Coordinate(longitude: near.0, latitude: near.1))
        let node = try #require(document.nodes.firstIndex { $0.position == position }) + 1
        #expect(document.ways.filter { $0.nodes.contains(node) }.count == 2)
        let avenue = try #require(document.ways.first { $0.nodes.contains(node) })
        #expect(avenue.nodes.firstIndex(of: node) == 1)

        let far = Self.document(of: try Self.crossed(at: (1.2, 0.501)))
        let used = far.ways.flatMap(\.nodes)
        #expect(Set(used).count == used.count)
    }

    @Test("A crossing just beyond a street's end becomes its end")
    func crossingsAtEnds() throws {
        let beyond = (1.2, 0.600_05)
        var contents = try Self.crossed(at: beyond)
        var avenue = try #require(contents.streetLines.first).fields
        avenue.shape = .line(try TinyCity.line([[(1.1, 0.600_05), (1.3, 0.600_05)]]))
        contents.streetLines[0] = try StreetLine(avenue)
        let document = Self.document(of: contents)
        let position = OSMDocument.Position(Coordinate(longitude: beyond.0, latitude: beyond.1))
        let node = try #require(document.nodes.firstIndex { $0.position == position }) + 1
        let street = try #require(document.ways.first { $0.tags["ref:openalmaty"] == "satpaev" })
        #expect(street.nodes.last == node)
        #expect(street.nodes.count == 3)
    }

    @Test("Houses belong to their street or microdistrict, by the name it has in the file")
    func houses() throws {
        let text = try Self.text(try TinyCity.contents())
        #expect(
            text.contains("<tag k=\"addr:housenumber\" v=\"107/5\"/>\n<tag k=\"addr:street\" v=\"проспект Абая\"/>")
        )
        #expect(text.contains("<tag k=\"addr:place\" v=\"микрорайон Самал-2\"/>"))
        #expect(text.contains("<tag k=\"place\" v=\"suburb\"/>\n<tag k=\"name\" v=\"микрорайон Самал-2\"/>"))
        var kazakh = Self.options
        kazakh.language = .kk
        #expect(try Self.text(try TinyCity.contents(), kazakh).contains("addr:street\" v=\"Абай даңғылы\""))
    }

    @Test("A house with an approximate position is included only on request, and is then marked as such")
    func approximateHouses() throws {
        var contents = try TinyCity.contents()
        var fields = try #require(contents.addresses.first).fields
        fields["precision"] = "approximate"
        contents.addresses = [try Address(fields)]
        contents.organizations = []
        #expect(try !Self.text(contents).contains("addr:housenumber"))
        var options = Self.options
        options.includesApproximate = true
        let text = try Self.text(contents, options)
        #expect(text.contains("<tag k=\"addr:housenumber\" v=\"10\"/>"))
        #expect(text.contains("<tag k=\"fixme\" v=\"position\"/>\n<tag k=\"ref:openalmaty\" v=\"a1\"/>"))
    }

    @Test("An institution has the OpenStreetMap tags of its category; one without a position is left out")
    func organizations() throws {
        var contents = try TinyCity.contents()
        contents.organizations = try contents.organizations.map { organization in
            var fields = organization.fields
            fields["precision"] = organization.position == nil ? "none" : "exact"
            fields["phones"] = "+77270000000;1308"
            return try Organization(fields)
        }
        let text = try Self.text(contents)
        let clinic = try #require(
            text.split(separator: "</node>").first { $0.contains("v=\"clinic\"/>\n<tag k=\"source\"") }
        )
        #expect(clinic.contains("<tag k=\"amenity\" v=\"clinic\"/>\n<tag k=\"name\" v=\"Поликлиника №5\"/>"))
        #expect(clinic.contains("<tag k=\"phone\" v=\"+77270000000;1308\"/>"))
        #expect(clinic.contains("<tag k=\"opening_hours\" v=\"Mo-Fr 09:00-18:00\"/>"))
        #expect(!text.contains("clinic-25"))
    }

    @Test("Neighbours share the way of their border; the city's outline is made of ways with one owner")
    func borders() throws {
        var document = OSMDocument()
        let districts = try TinyCity.contents().districts
        let count = OSMBorders(districts).add(to: &document, naming: OSMNaming(language: .ru))
        #expect(count == 2)
        #expect(document.ways.count == 3)
        #expect(document.relations.map(\.members.count) == [2, 2, 2])
        let ways = document.relations.map { Set($0.members.map(\.way)) }
        #expect(ways[0].intersection(ways[1]).count == 1)
        #expect(ways[2] == ways[0].symmetricDifference(ways[1]))
        #expect(document.relations.last?.tags["name"] == "Алматы")
        #expect(document.relations.first?.tags["admin_level"] == "6")
    }

    @Test("A hole and the district that fills it share one closed way")
    func enclaves() throws {
        let square = try TinyCity.square(west: 0.25, south: 0.25, size: 0.5).polygons[0]
        let around = try TinyCity.square(west: 0, south: 0, size: 1).polygons[0]
        var fields = TinyCity.record(["slug": "around", "id": "1", "name_ru": "Вокруг"])
        // The ring of the hole begins at a different corner from the ring that fills it.
        let hole = Array((square.exterior.dropLast() + square.exterior)[2..<7])
        fields.shape = .area(MultiPolygon(try Polygon(exterior: around.exterior, holes: [hole])))
        let outer = try District(fields)
        fields = TinyCity.record(["slug": "inside", "id": "2", "name_ru": "Внутри"])
        fields.shape = .area(MultiPolygon(square))
        var document = OSMDocument()
        _ = OSMBorders([outer, try District(fields)]).add(to: &document, naming: OSMNaming(language: .ru))
        #expect(document.ways.count == 2)
        #expect(document.relations.map { $0.members.map(\.role) } == [[.outer, .inner], [.outer], [.outer]])
    }

    @Test("The same records give the same file, which states its licence")
    func file() throws {
        let text = try Self.text(try TinyCity.contents())
        #expect(try Self.text(try TinyCity.contents()) == text)
        let head = text.split(separator: "\n")[1]
        #expect(head.contains("copyright=\"A &amp; B\""))
        #expect(head.contains("license=\"https://opendatacommons.org/licenses/odbl/1-0/\""))
        #expect(head.contains("upload=\"never\""))
        let kinds = text.split(separator: "\n").compactMap { line in
            ["<node ", "<way ", "<relation "].firstIndex { line.hasPrefix($0) }
        }
        #expect(kinds == kinds.sorted())
    }

    @Test func emptyCity() throws {
        let text = try Self.text(GazetteerContents())
        #expect(text.hasSuffix("upload=\"never\">\n</osm>\n"))
    }
}
