import Geo
import Testing

@testable import CityImport

@Suite struct OSMDocumentTests {
    @Test("Characters that XML does not allow are left out; the rest can be read back")
    func escaping() {
        #expect(OSMXMLWriter.escaped("a<b>&\"c\"\u{0}\u{1F}\u{FFFE}") == "a&lt;b&gt;&amp;&quot;c&quot;")
        #expect(OSMXMLWriter.escaped("x\n\ty") == "x&#10;&#9;y")
        #expect(OSMXMLWriter.escaped("Қ «ү» 😀") == "Қ «ү» 😀")
    }

    @Test(arguments: [
        (769_164_440, "76.9164440"), (-5, "-0.0000005"), (0, "0.0000000"), (-1_800_000_000, "-180.0000000"),
    ])
    func degrees(units: Int, text: String) {
        #expect(OSMXMLWriter.degrees(units) == text)
    }

    @Test("A value is cut at 255 Unicode scalars, a list at its last whole item")
    func longValues() {
        var tags = OSMTags([("name", String(repeating: "ә", count: 300)), ("empty", "")])
        #expect(tags["name"]?.unicodeScalars.count == 255)
        #expect(tags["empty"] == nil)
        let item = String(repeating: "x", count: 100)
        tags.set([item, item, item + "y", item + "z"], for: "alt_name")
        #expect(tags["alt_name"] == "\(item);\(item)y")
        tags["name"] = nil
        #expect(tags.all.map(\.key) == ["alt_name"])
    }

    @Test("A line with more nodes than a way may have becomes several ways that share their ends")
    func longWays() {
        var document = OSMDocument()
        let points = (0..<4_500).map { Coordinate(longitude: 70 + Double($0) * 0.001, latitude: 43) }
        let ways = document.addWays(along: points, OSMTags())
        #expect(ways == [1, 2, 3])
        #expect(document.ways.map(\.nodes.count) == [2_000, 2_000, 502])
        #expect(document.ways[0].nodes.last == document.ways[1].nodes.first)
        #expect(document.nodes.count == 4_500)
    }

    @Test("A line that never leaves its position makes no way")
    func shortLines() {
        var document = OSMDocument()
        let point = Coordinate(longitude: 77, latitude: 43)
        #expect(document.addWays(along: [point, point], OSMTags()) == [])
        #expect(document.addWays(along: [], OSMTags()) == [])
        #expect(document.ways.isEmpty)
    }
}
