import Foundation
import Gazetteer
import Geo

/// Takes the features of a GeoJSON FeatureCollection (RFC 7946) one by one, with the line each begins in.
///
/// The features are parted by their braces before they are parsed, so that a broken one is refused alone.
struct GeoJSONReader {
    /// One feature, or why it cannot be read.
    struct Feature {
        let line: Int
        let content: Result<Fields, Fault>
    }

    /// What is wrong with a feature.
    struct Fault: Error {
        let reason: String
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The features in order.
    ///
    /// - Throws: `Fault` when the file is no FeatureCollection.
    func features() throws(Fault) -> [Feature] {
        guard let start = featuresArray() else {
            throw Fault(reason: "not a GeoJSON FeatureCollection: no “features” array was found")
        }
        var features: [Feature] = []
        var line = 1
        var counted = 0
        for range in try elements(from: start) {
            line += bytes[counted..<range.lowerBound].count(where: { $0 == UInt8(ascii: "\n") })
            counted = range.lowerBound
            features.append(Feature(line: line, content: Self.feature(Data(bytes[range]))))
        }
        return features
    }

    // The offset just after the bracket that opens the outermost "features" array.
    private func featuresArray() -> Int? {
        var scanner = Scanner(bytes)
        while let byte = scanner.next() {
            guard byte == UInt8(ascii: "\""), scanner.depth == 1, let name = scanner.string() else { continue }
            guard name == "features", scanner.skip(UInt8(ascii: ":")), scanner.skip(UInt8(ascii: "[")) else { continue }
            return scanner.offset
        }
        return nil
    }

    private func elements(from start: Int) throws(Fault) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var scanner = Scanner(bytes, offset: start)
        var first: Int?
        while let byte = scanner.next() {
            if byte == UInt8(ascii: "\"") {
                guard scanner.string() != nil else { break }
            } else if byte == UInt8(ascii: "{"), scanner.depth == 1 {
                first = scanner.offset - 1
            } else if byte == UInt8(ascii: "}"), scanner.depth == 0, let begin = first {
                ranges.append(begin..<scanner.offset)
                first = nil
            } else if byte == UInt8(ascii: "]"), scanner.depth < 0 {
                return ranges
            }
        }
        throw Fault(reason: "the “features” array is never closed; the file looks cut off")
    }

    private static func feature(_ data: Data) -> Result<Fields, Fault> {
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            return .failure(Fault(reason: "the feature is not valid JSON"))
        }
        guard object["type"] as? String == "Feature" else {
            return .failure(Fault(reason: "the “type” is not Feature"))
        }
        var values = texts(object["properties"] as? [String: Any] ?? [:])
        if values["id"] == nil, let id = text(object["id"] as Any) { values["id"] = id }
        do {
            return .success(Fields(values, shape: try shape(object["geometry"])))
        } catch {
            return .failure(error)
        }
    }

    private static func texts(_ properties: [String: Any]) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in properties { texts[name] = text(value) }
        return texts
    }

    private static func text(_ value: Any) -> String? {
        switch value {
        case let text as String: text
        case let list as [Any]: list.compactMap { text($0) }.joined(separator: ";")
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    private static func shape(_ geometry: Any?) throws(Fault) -> Shape? {
        guard let geometry = geometry as? [String: Any] else { return nil }
        let coordinates = geometry["coordinates"]
        switch geometry["type"] as? String {
        case "Point": return .point(try position(coordinates))
        case "LineString": return .line(try line([coordinates as Any]))
        case "MultiLineString": return .line(try line(coordinates as? [Any] ?? []))
        case "Polygon": return .area(try area([coordinates as Any]))
        case "MultiPolygon": return .area(try area(coordinates as? [Any] ?? []))
        case let type:
            let known = "Point, LineString, MultiLineString, Polygon or MultiPolygon"
            throw Fault(reason: "the geometry is \(type ?? "nothing"); \(known) is needed")
        }
    }

    private static func line(_ lines: [Any]) throws(Fault) -> MultiLine {
        var parts: [[Coordinate]] = []
        for line in lines {
            guard let line = line as? [Any] else { throw Fault(reason: "a line has no positions") }
            parts.append(try vertices(line))
        }
        do {
            return try MultiLine(parts)
        } catch {
            throw Fault(reason: "the line is not valid: \(error)")
        }
    }

    private static func area(_ polygons: [Any]) throws(Fault) -> MultiPolygon {
        var parts: [Polygon] = []
        for polygon in polygons {
            guard let rings = polygon as? [[Any]], let first = rings.first else {
                throw Fault(reason: "a polygon has no rings")
            }
            var holes: [[Coordinate]] = []
            for ring in rings.dropFirst() { holes.append(try vertices(ring)) }
            let exterior = try vertices(first)
            do {
                parts.append(try Polygon(exterior: exterior, holes: holes))
            } catch {
                throw Fault(reason: "a polygon is not valid: \(error)")
            }
        }
        do {
            return try MultiPolygon(parts)
        } catch {
            throw Fault(reason: "the area is not valid: \(error)")
        }
    }

    private static func vertices(_ ring: [Any]) throws(Fault) -> [Coordinate] {
        var vertices: [Coordinate] = []
        vertices.reserveCapacity(ring.count)
        for vertex in ring { vertices.append(try position(vertex)) }
        return vertices
    }

    private static func position(_ value: Any?) throws(Fault) -> Coordinate {
        guard let numbers = value as? [NSNumber], numbers.count >= 2 else {
            throw Fault(reason: "a position is not [lon, lat]")
        }
        do {
            return try Coordinate(validatingLongitude: numbers[0].doubleValue, latitude: numbers[1].doubleValue)
        } catch {
            throw Fault(reason: "a position is no lon, lat in degrees: \(numbers[0]), \(numbers[1])")
        }
    }
}

// Walks JSON text by its braces, stepping over strings.
private struct Scanner {
    let bytes: [UInt8]
    var offset: Int
    var depth = 0

    init(_ bytes: [UInt8], offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    mutating func next() -> UInt8? {
        guard offset < bytes.count else { return nil }
        let byte = bytes[offset]
        offset += 1
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
        return byte
    }

    // Called after the opening quote; nil when it is never closed.
    mutating func string() -> String? {
        let start = offset
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "\\") {
                offset += 2
            } else if bytes[offset] == UInt8(ascii: "\"") {
                defer { offset += 1 }
                return String(decoding: bytes[start..<offset], as: UTF8.self)
            } else {
                offset += 1
            }
        }
        return nil
    }

    mutating func skip(_ wanted: UInt8) -> Bool {
        var look = offset
        while look < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[look]) { look += 1 }
        guard look < bytes.count, bytes[look] == wanted else { return false }
        offset = look + 1
        return true
    }
}
