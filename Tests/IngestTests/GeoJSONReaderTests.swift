import Gazetteer
import Geo
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
                feature(#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#),
                feature(#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}"#),
                #"{"type":"Feature","properties":{"id":},"geometry":null}"#,
                feature(#"{"type":"Point","coordinates":[3,4]}"#),
            ])
        )
        let good = read.map { (try? $0.content.get()) != nil }
        #expect(good == [true, false, false, false, false, false, true])
        #expect(read.map(\.line) == Array(2...8))
    }

    @Test(arguments: ["", "[]", "{}", #"{"features":{}}"#, #"{"features":[{"type":"Feature""#, "{\"features\":[\"abc"])
    func refusesOtherFiles(text: String) { #expect(throws: GeoJSONReader.Fault.self) { try features(text) } }
}
