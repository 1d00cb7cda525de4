import Foundation
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import CityImport

@Suite struct GazetteerImportTests {
    private func csv(_ text: String, _ name: String = "organizations.csv") throws -> ImportFile {
        try ImportFile(name: name, bytes: [UInt8](text.utf8))
    }

    private let header = "id,category,name_ru,lon,lat,source,opening_hours\n"

    private func load(_ rows: String) throws -> GazetteerImport {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try csv(header + rows))
        return load
    }

    @Test("Two districts cannot have one number; the row is refused and says whose number it is")
    func numbersOfDistricts() throws {
        let square = "[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]"
        let text = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"slug":"west","id":2,"name_ru":"Западный район","source":"test"},\
            "geometry":{"type":"MultiPolygon","coordinates":\(square)}}
            ]}
            """
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try csv(text, "districts.geojson"))
        #expect(load.report.files.first?.refused == 1 && load.written.isEmpty)
        let reason = try #require(load.report.refusals.first?.reason)
        #expect(reason.contains("id is “2”") && reason.contains("east"), "\(reason)")
    }

    @Test("A whole city needs a usable record of every layer")
    func everyLayer() throws {
        let load = try load("new,park,Новый парк,0.5,0.5,test,\n")
        let missing = Layer.allCases.filter { $0 != .organizations }
        #expect(throws: CityImportError.missingLayers(missing)) { try load.requireEveryLayer() }
        let nothing = try self.load("new,casino,Новый парк,0.5,0.5,test,\n")
        #expect(throws: CityImportError.missingLayers(Layer.allCases)) { try nothing.requireEveryLayer() }
    }

    @Test("Files of one name are told apart by their folders, and a file that is given twice by a number")
    func namesOfFiles() throws {
        #expect(ImportFile.names(of: ["a/stops.csv", "b/streets.csv"]) == ["stops.csv", "streets.csv"])
        #expect(ImportFile.names(of: ["a/stops.csv", "stops.csv"]) == ["a/stops.csv", "stops.csv"])
        #expect(ImportFile.names(of: ["a/x.csv", "a/x.csv", "y.csv"]) == ["a/x.csv", "a/x.csv (2)", "y.csv"])
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "stops.csv")
        try Data("id,name_ru,district,lon,lat,source\nx,Рынок,,9,9,test\n".utf8).write(to: url)
        let file = try ImportFile(at: url, named: "more/organizations.txt")
        #expect(file.namedLayer == .stops, "the name in reports says nothing about what the file holds")
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(file)
        #expect(load.report.refusals.map(\.file) == ["more/organizations.txt"])
    }

    @Test func distinguishesNewChangedAndUnchanged() throws {
        var load = try load("new,park,Новый парк,0.5,0.5,test,\n")
        #expect(load.report.files[0].taken == 1)
        try load.read(try csv(header + "new,park,Новый парк,0.5,0.5,test,\n"))
        #expect(load.report.files[1].unchanged == 1)
        try load.read(try csv(header + "new,park,Другой парк,0.5,0.5,test,\n"))
        #expect(load.report.files[2].changed == 1)
        #expect(load.written.count == 2)
    }

    @Test("Records that a file lists are deleted, unless others refer to them or they do not exist")
    func deletions() throws {
        let draft = MemoryDraft(try TinyCity.contents())
        var load = try GazetteerImport(into: draft)
        try load.delete(try csv("id\nclinic\nnowhere\n"))
        try load.delete(try csv("id\nabay\n", "streets.csv"))
        #expect(load.report.files.map(\.deleted) == [1, 0])
        #expect(load.report.refusals.map(\.line) == [3, 2])
        #expect(load.report.refusals[0].reason.contains("no record nowhere"))
        #expect(load.report.refusals[1].reason.contains("abay is named by"))
        #expect(!draft.contains("clinic", in: .organizations) && draft.contains("abay", in: .streets))
    }

    @Test("When a district is deleted, the others must still form a whole")
    func deletedDistrict() throws {
        let draft = MemoryDraft()
        for (slug, number) in [("west", 0.0), ("middle", 1.0), ("east", 2.0)] {
            let square = Shape.area(try TinyCity.square(west: number, south: 0, size: 1))
            let values = ["slug": slug, "id": "\(Int(number) + 1)", "name_ru": slug, "source": "test"]
            draft.write(try District(Fields(values, shape: square)))
        }
        var load = try GazetteerImport(into: draft)
        try load.delete(try csv("slug\neast\n", "districts.csv"))
        #expect(load.report.files[0].deleted == 1)
        try load.read(try csv(header + "new,park,Парк,2.5,0.5,test,\n"))
        #expect(load.report.refusals.last?.reason.contains("outside the city") == true)
    }

    @Test("The position determines the district")
    func district() throws {
        let record = try load("new,park,Парк,1.5,0.5,test,\n").written[0]
        #expect((record as? Organization)?.district == "east")
    }

    @Test("Each bad row is refused with its line and reason; the rest are accepted")
    func refusals() throws {
        let report = try load(
            """
            ok1,park,Парк,0.5,0.5,test,
            far,park,Парк,5.5,0.5,test,
            swapped,park,Парк,0.5,1.5,test,
            nocat,casino,Казино,0.5,0.5,test,
            text,park,Парк,abc,0.5,test,
            ,park,Парк,0.5,0.5,test,
            ok1,park,Парк,0.5,0.5,test,
            hours,park,Парк,0.5,0.5,test,с девяти до шести
            short,park
            half,park,Парк,0.5,,test,
            ok2,park,Парк,,,test,24/7

            """
        ).report
        #expect(report.files[0].taken == 2)
        #expect(report.files[0].refused == 9)
        #expect(report.refusals.map(\.line) == Array(3...11))
        let reasons = report.refusals.map(\.reason)
        #expect(reasons[0].contains("outside the city"))
        #expect(reasons[1].contains("swapped"))
        #expect(reasons[2].contains("casino"))
        #expect(reasons[3].contains("lon"))
        #expect(reasons[4].contains("id"))
        #expect(reasons[5].contains("line 2"))
        #expect(reasons[6].contains("opening_hours"))
        #expect(reasons[7].contains("2 columns"))
        #expect(reasons[8].contains("lat"))
    }

    @Test func aFileIsKnownByItsNameOrItsColumns() throws {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try csv(header + "new,park,Парк,0.5,0.5,test,\n", "my places.csv"))
        #expect(load.report.files[0].layer == .organizations)
        let unknown = try csv("a,b\n1,2\n", "what.csv")
        #expect(throws: CityImportError.unknownLayer(file: "what.csv", columns: ["a", "b"])) { try load.read(unknown) }
        #expect(throws: CityImportError.unknownFormat(file: "city.pdf")) { try ImportFile(name: "city.pdf", bytes: []) }
    }

    @Test func missingColumnsAreNamed() throws {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        let file = try csv("id,name_ru\nx,Y\n")
        #expect(
            throws: CityImportError.missingColumns(
                file: "organizations.csv",
                layer: .organizations,
                columns: ["category"]
            )
        ) {
            try load.read(file)
        }
    }

    @Test func unknownColumnsAreReported() throws {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try csv("id,category,name_ru,colour,source\nx,park,Парк,green,test\n"))
        #expect(load.report.notes.first?.contains("colour") == true)
    }

    private func lines(_ features: [(properties: String, coordinates: String)]) throws -> GazetteerImport {
        let texts = features.map { feature in
            """
            {"type":"Feature","properties":{"length_m":100,"rank":3,"source":"test",\(feature.properties)},\
            "geometry":{"type":"LineString","coordinates":\(feature.coordinates)}}
            """
        }
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\n\(texts.joined(separator: ",\n"))\n]}"
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try ImportFile(name: "street_lines.geojson", bytes: [UInt8](text.utf8)))
        return load
    }

    @Test("A street line is accepted when it touches the city and its street exists")
    func streetLines() throws {
        let report = try lines([
            (#""id":"a","street_id":"satpaev","kind":"street""#, "[[1.2,0.1],[1.2,0.9]]"),
            (#""id":"b","street_id":"abay","kind":"avenue""#, "[[-0.5,0.5],[0.5,0.5]]"),
            (#""id":"c","kind":"river","name_ru":"Река""#, "[[0.3,-1],[0.3,2]]"),
            (#""id":"far","street_id":"abay","kind":"avenue""#, "[[3,0.5],[4,0.5]]"),
            (#""id":"past","street_id":"abay","kind":"avenue""#, "[[-0.5,0.2],[0.2,-0.5]]"),
            (#""id":"swapped","street_id":"abay","kind":"avenue""#, "[[0.5,1.5],[0.6,1.6]]"),
            (#""id":"nowhere","street_id":"nowhere","kind":"street""#, "[[1.2,0.1],[1.2,0.9]]"),
            (#""id":"dot","street_id":"abay","kind":"avenue""#, "[[1.2,0.1],[1.2,0.1]]"),
        ]).report
        #expect(report.files[0].layer == .streetLines)
        #expect(report.files[0].taken == 3)
        #expect(report.refusals.map(\.line) == Array(5...9))
        let reasons = report.refusals.map(\.reason)
        #expect(reasons[0].contains("outside the city"))
        #expect(reasons[1].contains("outside the city"))
        #expect(reasons[2].contains("swapped"))
        #expect(reasons[3].contains("street_id names “nowhere”"))
        #expect(reasons[4].contains("not valid") && reasons[4].contains("are at [1.2, 0.1]"))
        #expect(report.notes == [])
    }

    @Test("A crossing is refused without its streets, a house range with an end outside the city")
    func crossingsAndRanges() throws {
        let crossings = """
            id,street_a,street_b,lon,lat,precision_m,source,date,confidence
            ok,abay,satpaev,1.2,0.5,10,test,2026,medium
            half,abay,nowhere,1.2,0.5,10,test,2026,medium
            far,abay,satpaev,7,0.5,10,test,2026,medium

            """
        let ranges = """
            id,street_id,side,parity,first,last,houses,first_lon,first_lat,last_lon,last_lat,precision_m,source
            ok,abay,left,odd,1,9,3,0.2,0.5,0.4,0.5,20,test
            none,nowhere,left,odd,1,9,3,0.2,0.5,0.4,0.5,20,test
            far,abay,left,odd,1,9,3,0.2,0.5,0.4,5,20,test
            swapped,abay,left,odd,1,9,3,0.2,0.5,0.5,1.5,20,test

            """
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try csv(crossings, "meetings.csv"))
        try load.read(try csv(ranges, "numbers.csv"))
        #expect(load.report.files.map(\.layer) == [.crossings, .houseRanges])
        #expect(load.report.files.map(\.taken) == [1, 1])
        let reasons = load.report.refusals.map(\.reason)
        #expect(load.report.refusals.map(\.line) == [3, 4, 3, 4, 5])
        #expect(reasons[0].contains("street_b names “nowhere”"))
        #expect(reasons[1].contains("outside the city"))
        #expect(reasons[2].contains("street_id names “nowhere”"))
        #expect(reasons[3].contains("outside the city"))
        #expect(reasons[4].contains("swapped"))
    }

    @Test("Districts that overlap are refused as a whole")
    func overlappingDistricts() throws {
        func square(_ slug: String, _ id: Int, _ west: Double) -> String {
            let ring = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
            return """
                {"type":"Feature","properties":{"slug":"\(slug)","id":\(id),"name_ru":"\(slug)","source":"test"},\
                "geometry":{"type":"Polygon","coordinates":[\(ring)]}}
                """
        }
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\(square("west", 1, 0)),\(square("east", 2, 0.5))]}"
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        let file = try ImportFile(name: "districts.geojson", bytes: [UInt8](text.utf8))
        #expect(throws: CityImportError.self) { try load.read(file) }
        #expect(load.report.files.isEmpty)
    }
}

extension GazetteerImport {
    /// The records that were written to a draft in memory.
    var written: [any GazetteerRecord] { (draft as? MemoryDraft)?.written ?? [] }
}
