import Gazetteer
import Geo
import TestSupport
import Testing

@testable import Ingest

@Suite struct GeoJSONReaderTests {
    private func features(_ text: String) throws -> [GeoJSONReader.Feature] {
        try GeoJSONReader([UInt8](text.utf8)).features()
    }

    private func feature(
        _ geometry: String,
        _ properties: String = #"{"id":"x","n":7,"list":["a","b"],"none":null}"#
    ) -> String {
        #"{"type":"Feature","properties":\#(properties),"geometry":\#(geometry)}"#
    }

    private func collection(_ features: [String]) -> String {
        "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}"
    }

    @Test func readsPointsAndTexts() throws {
        let read = try features(collection([feature(#"{"type":"Point","coordinates":[76.9,43.2,800]}"#)]))
        let fields = try #require(try? read.first?.content.get())
        #expect(fields["id"] == "x")
        #expect(fields["n"] == "7")
        #expect(fields["list"] == "a;b")
        #expect(fields["none"] == nil)
        #expect(fields.shape == .point(.init(longitude: 76.9, latitude: 43.2)))
        #expect(read.first?.line == 2)
    }

    @Test("Braces and brackets inside texts do not part features")
    func bracesInTexts() throws {
        let tricky = feature(#"{"type":"Point","coordinates":[1,2]}"#, #"{"id":"}]{\"[","name":"\\"}"#)
        #expect(try features(collection([tricky, tricky])).count == 2)
    }

    @Test("Each broken feature is refused alone, with its line and reason")
    func brokenFeatures() throws {
        let read = try features(
            collection([
                feature(#"{"type":"Point","coordinates":[1,2]}"#),
                feature(#"{"type":"Point","coordinates":["a",2]}"#),
                feature(#"{"type":"Point","coordinates":[1,95]}"#),
                feature(#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#),
                feature(#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}"#),
                #"{"type":"Feature","properties":{"id":},"geometry":null}"#,
                feature(#"{"type":"Point","coordinates":[3,4]}"#),
            ])
        )
        let good = read.map { (try? $0.content.get()) != nil }
        #expect(good == [true, false, false, false, false, false, true])
        #expect(read.map(\.line) == Array(2...8))
    }

    @Test func readsLines() throws {
        let read = try features(
            collection([
                feature(#"{"type":"LineString","coordinates":[[1,2],[3,4,800]]}"#),
                feature(#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8],[9,10]]]}"#),
            ])
        )
        let shapes = read.map { try? $0.content.get().shape }
        #expect(shapes[0] == .line(try TinyCity.line([[(1, 2), (3, 4)]])))
        #expect(shapes[1] == .line(try TinyCity.line([[(1, 2), (3, 4)], [(5, 6), (7, 8), (9, 10)]])))
    }

    @Test(
        "A broken line is refused with the reason",
        arguments: zip(
            [
                #"{"type":"LineString","coordinates":[[1,2]]}"#, #"{"type":"LineString","coordinates":[[1,2],[1,2]]}"#,
                #"{"type":"LineString","coordinates":[[1,2],[3,95]]}"#, #"{"type":"LineString","coordinates":[1,2]}"#,
                #"{"type":"LineString"}"#, #"{"type":"MultiLineString","coordinates":[]}"#,
                #"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6]]]}"#,
            ],
            ["lineTooShort", "lineWithoutLength", "degrees", "[lon, lat]", "no positions", "empty", "lineTooShort"]
        )
    )
    func brokenLines(geometry: String, reason: String) throws {
        let read = try features(collection([feature(geometry)]))
        #expect(throws: GeoJSONReader.Fault.self) { try read[0].content.get() }
        guard case .failure(let fault) = read[0].content else { return }
        #expect(fault.reason.contains(reason))
    }

    @Test(arguments: ["", "[]", "{}", #"{"features":{}}"#, #"{"features":[{"type":"Feature""#, "{\"features\":[\"abc"])
    func refusesOtherFiles(text: String) { #expect(throws: GeoJSONReader.Fault.self) { try features(text) } }
}
