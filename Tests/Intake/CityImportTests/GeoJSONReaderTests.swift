import Gazetteer
import Geo
import TestSupport
import Testing

@testable import CityImport

@Suite struct GeoJSONReaderTests {
    private func features(_ text: String) throws -> [GeoJSONReader.Feature] {
        var reader = GeoJSONReader([UInt8](text.utf8))
        var features: [GeoJSONReader.Feature] = []
        while let feature = try reader.next() { features.append(feature) }
        return features
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
        let fields = try #require(try? read.first?.content.get()).fields
        #expect(fields["id"] == "x")
        #expect(fields["n"] == "7")
        #expect(fields["list"] == "a;b")
        #expect(fields["none"] == nil)
        #expect(fields.shape == .point(.init(longitude: 76.9, latitude: 43.2)))
        #expect(read.first?.line == 2)
    }

    @Test("Braces and brackets inside strings do not separate features")
    func bracesInTexts() throws {
        let tricky = feature(#"{"type":"Point","coordinates":[1,2]}"#, #"{"id":"}]{\"[","name":"\\"}"#)
        #expect(try features(collection([tricky, tricky])).count == 2)
    }

    @Test("Only the broken features are refused, each with its line and reason")
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
        let shapes = read.map { try? $0.content.get().fields.shape }
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
            ["1 points", "are at [1.0, 2.0]", "degrees", "[lon, lat]", "no positions", "empty", "1 points"]
        )
    )
    func brokenLines(geometry: String, reason: String) throws {
        let read = try features(collection([feature(geometry)]))
        #expect(throws: GeoJSONReader.Fault.self) { try read[0].content.get() }
        guard case .failure(let fault) = read[0].content else { return }
        #expect(fault.reason.contains(reason))
    }

    @Test(
        "A value that is not a feature, or cannot be stored, is refused with the reason",
        arguments: zip(
            [
                #"{"type":"Feature","properties":{"id":"x"},"geometry":"POINT(1 2)"}"#,
                #"{"type":"Feature","properties":{"id":"x"},"geometry":[1,2]}"#,
                #"{"type":"Feature","properties":"x","geometry":null}"#,
                #"{"type":"Feature","properties":{"id":"x","id":"y"},"geometry":null}"#,
                #"{"type":"Feature","properties":{"id":"x"},"geometry":null,"properties":{"id":"y"}}"#,
                #"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[true,false]}}"#,
                #"{"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[]}}"#,
                #"{"type":"Point","coordinates":[1,2]}"#, "7", "null", "\"text, with ] and }\"", "[[1,2],[3,{}]]",
            ],
            [
                "POINT(1 2)", "no GeoJSON object", "no object", "“id” occurs twice", "“properties” occurs twice",
                "[lon, lat]", "GeometryCollection", "not Feature", "no Feature", "no Feature", "no Feature",
                "no Feature",
            ]
        )
    )
    func refusals(element: String, reason: String) throws {
        let good = feature(#"{"type":"Point","coordinates":[1,2]}"#)
        let read = try features(collection([good, element, good]))
        #expect(read.map(\.line) == [2, 3, 4])
        #expect(read.map { (try? $0.content.get()) != nil } == [true, false, true])
        guard read.count == 3, case .failure(let fault) = read[1].content else { return }
        #expect(fault.reason.contains(reason))
    }

    @Test("Long names that differ only at their ends are different")
    func longNames() throws {
        let name = String(repeating: "наименование ", count: 20)
        let properties = "{\"id\":\"x\",\"\(name)ru\":\"a\",\"\(name)kk\":\"b\"}"
        let read = try features(collection([feature("null", properties)]))
        #expect(throws: Never.self) { try read[0].content.get() }
    }

    @Test("A file with unbalanced brackets is refused as a whole, because later features cannot be separated")
    func unmatchedBrackets() throws {
        let good = feature(#"{"type":"Point","coordinates":[1,2]}"#)
        #expect(throws: GeoJSONReader.Fault.self) { try features(collection([good, "{]}", good])) }
    }

    @Test("Values that are not text are reported, and null differs from an absent property")
    func unreadable() throws {
        let read = try features(
            collection([
                feature("null", #"{"id":"x","flag":true,"tags":{"a":1},"parts":[{}],"none":null,"list":["a",null,2]}"#)
            ])
        )
        let row = try #require(try read.first?.content.get())
        #expect(row.unreadable.keys.sorted() == ["flag", "parts", "tags"])
        #expect(row.fields.values == ["id": "x", "list": "a;2"])
        #expect(row.columns == ["id", "flag", "tags", "parts", "none", "list", "geometry"])
    }

    @Test("A feature larger than the limit is refused, and the next one is read")
    func longFeature() throws {
        let good = feature("null")
        let long = feature("null", "{\"id\":\"\(String(repeating: "x", count: GeoJSONReader.longestFeature))\"}")
        let read = try features(collection([good, long, good]))
        #expect(read.map { (try? $0.content.get()) != nil } == [true, false, true])
        #expect(read.map(\.line) == [2, 3, 4])
    }

    @Test(
        "A file that is not a FeatureCollection is refused with what it is",
        arguments: zip(
            [
                #"{"type":"GeometryCollection","geometries":[]}"#, #"{"type":"Feature","properties":{}}"#,
                #"{"type":"Topology","objects":{"features":[]}}"#, "[1]",
            ],
            ["is a GeometryCollection", "is a Feature", "is a Topology", "not a GeoJSON"]
        )
    )
    func otherTypes(text: String, reason: String) {
        do {
            _ = try features(text)
            Issue.record("\(text) was read")
        } catch let fault as GeoJSONReader.Fault {
            #expect(fault.reason.contains(reason))
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test(arguments: ["", "[]", "{}", #"{"features":{}}"#, #"{"features":[{"type":"Feature""#, "{\"features\":[\"abc"])
    func refusesOtherFiles(text: String) { #expect(throws: GeoJSONReader.Fault.self) { try features(text) } }
}
