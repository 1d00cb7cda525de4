import Foundation
import Gazetteer
import TestSupport
import Testing

@testable import CityImport

/// Files that cannot be used at all: the error says what each is and what to do.
@Suite struct UnusableFileTests {
    private func error(_ bytes: [UInt8], _ name: String = "organizations.csv") throws -> String {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        do {
            try load.read(try ImportFile(name: name, bytes: bytes))
            Issue.record("\(name) was read")
            return ""
        } catch let error as CityImportError {
            #expect(load.report.files.isEmpty)
            return error.description
        }
    }

    private func error(_ text: String, _ name: String = "organizations.csv") throws -> String {
        try error([UInt8](text.utf8), name)
    }

    @Test(
        "A separator other than the comma is reported",
        arguments: [
            ("id;category;name_ru;source\nx;park;Парк;test\n", "semicolons"),
            ("\"id\";\"category\";\"name_ru\"\n\"x\";\"park\";\"Парк\"\n", "semicolons"),
            ("\u{FEFF}id\tcategory\tname_ru\nx\tpark\tПарк\n", "tabs"), ("id|category|name_ru\n", "bars"),
            ("\n\nid;category\n", "semicolons"),
        ]
    )
    func separators(text: String, name: String) throws {
        for file in ["organizations.csv", "places.csv"] { #expect(try error(text, file).contains(name)) }
    }

    @Test("A column that occurs twice is reported, even with spaces around it")
    func repeatedColumns() throws {
        #expect(try error("id,category,name_ru,lon,name_ru\n").contains("“name_ru” occurs twice"))
        #expect(try error("id,category,name_ru, id\n").contains("“id” occurs twice"))
    }

    @Test("Geometry as text is reported")
    func geometryAsText() throws {
        #expect(try error("id,category,name_ru,source,geometry\nx,park,П,test,POINT(0.5 0.5)\n").contains("geometry"))
        #expect(try error("id,category,name_ru,source,WKT\n").contains("WKT"))
    }

    @Test("Text in another encoding, archives and workbooks are recognised")
    func encodings() throws {
        let text = "id,category,name_ru,source\nx,park,Парк,test\n"
        let encodings: [(String.Encoding, [UInt8], String)] = [
            (.utf16LittleEndian, [0xFF, 0xFE], "UTF-16"), (.utf16BigEndian, [0xFE, 0xFF], "UTF-16"),
            (.utf16LittleEndian, [], "UTF-16"), (.utf16BigEndian, [], "UTF-16"),
            (.utf32LittleEndian, [0xFF, 0xFE, 0, 0], "UTF-32"),
        ]
        for (encoding, mark, name) in encodings {
            let bytes = mark + [UInt8](try #require(text.data(using: encoding)))
            for file in ["organizations.csv", "organizations.geojson"] {
                #expect(try error(bytes, file).contains(name))
            }
        }
        #expect(try error([0x50, 0x4B, 0x03, 0x04, 0x14, 0]).contains("workbook"))
        #expect(try error([0x1F, 0x8B, 0x08, 0]).contains("compressed"))
        #expect(try error([UInt8]("id,category,name_ru,".utf8) + [0xCF, 0xE0, 0x0A]).contains("UTF-8"))
        #expect(try error("").contains("empty"))
    }

    @Test("GeoJSON without a readable feature is refused with the reason, not with missing columns")
    func noReadableFeature() throws {
        let geometry = #"{"type":"GeometryCollection","geometries":[]}"#
        let text = """
            {"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"id":"x","category":"park","name_ru":"П","source":"t"},"geometry":\(geometry)}]}
            """
        #expect(try error(text, "places.geojson").contains("line 2: the geometry is GeometryCollection"))
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()))
        try load.read(try ImportFile(name: "organizations.geojson", bytes: [UInt8](text.utf8)))
        #expect(load.report.files[0].refused == 1)
        #expect(load.report.refusals[0].line == 2 && load.report.refusals[0].reason.contains("GeometryCollection"))
        #expect(try error(geometry, "organizations.geojson").contains("is a GeometryCollection"))
    }

    @Test("Reading stops at the limit of refusals and reports their number")
    func manyRefusals() throws {
        var load = try GazetteerImport(into: MemoryDraft(try TinyCity.contents()), maxRefusals: 100)
        let rows = (0..<500).map { "x\($0),casino,Казино,test\n" }.joined()
        let file = try ImportFile(
            name: "organizations.csv",
            bytes: [UInt8]("id,category,name_ru,source\ngood,park,Парк,test\n\(rows)".utf8)
        )
        #expect(throws: CityImportError.tooManyRefusals(file: "organizations.csv", line: 102, count: 100)) {
            try load.read(file)
        }
        #expect(load.report.refusals.count == 100)
        #expect(load.report.files.isEmpty)
    }

    @Test("A file that disappears, a folder and a file that is too large are reported")
    func onDisk() throws {
        let folder = URL.temporaryDirectory.appending(path: "import-\(UUID().uuidString).csv")
        #expect(throws: CityImportError.unreadable(file: folder.lastPathComponent)) { try ImportFile(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: CityImportError.unreadable(file: folder.lastPathComponent)) { try ImportFile(at: folder) }
        let large = folder.appending(path: "large.csv")
        #expect(FileManager.default.createFile(atPath: large.path, contents: nil))
        try FileHandle(forWritingTo: large).truncate(atOffset: UInt64(ImportFile.largest) + 1)
        #expect(throws: CityImportError.tooLarge(file: "large.csv", limit: ImportFile.largest)) {
            try ImportFile(at: large)
        }
    }
}
