import Foundation
import Gazetteer
import Geo

/// Reads the geometry of a GeoJSON feature.
enum GeoJSONGeometry {
    private typealias Fault = GeoJSONReader.Fault

    /// The shape; nil when the geometry is null or absent.
    ///
    /// - Throws: `GeoJSONReader.Fault` when it is not a geometry, or of a kind that no record has.
    static func shape(_ geometry: Any?) throws(GeoJSONReader.Fault) -> Shape? {
        if geometry == nil || geometry is NSNull { return nil }
        guard let geometry = geometry as? [String: Any] else {
            let text = (geometry as? String).map { " “\($0.prefix(40))”" } ?? ""
            throw Fault(reason: "the geometry\(text) is no GeoJSON object; such as {\"type\":\"Point\",…} is needed")
        }
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

    private static func line(_ lines: [Any]) throws(GeoJSONReader.Fault) -> MultiLine {
        var parts: [[Coordinate]] = []
        for line in lines {
            guard let line = line as? [Any] else { throw Fault(reason: "a line has no positions") }
            parts.append(try vertices(line))
        }
        do {
            return try MultiLine(parts)
        } catch {
            throw Fault(reason: "the line is not valid: \(error.reason)")
        }
    }

    private static func area(_ polygons: [Any]) throws(GeoJSONReader.Fault) -> MultiPolygon {
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
                throw Fault(reason: "a polygon is not valid: \(error.reason)")
            }
        }
        do {
            return try MultiPolygon(parts)
        } catch {
            throw Fault(reason: "the area is not valid: \(error.reason)")
        }
    }

    private static func vertices(_ ring: [Any]) throws(GeoJSONReader.Fault) -> [Coordinate] {
        var vertices: [Coordinate] = []
        vertices.reserveCapacity(ring.count)
        for vertex in ring { vertices.append(try position(vertex)) }
        return vertices
    }

    private static func position(_ value: Any?) throws(GeoJSONReader.Fault) -> Coordinate {
        guard let numbers = value as? [NSNumber], numbers.count >= 2, !numbers[0].isBoolean, !numbers[1].isBoolean
        else {
            throw Fault(reason: "a position is not [lon, lat]")
        }
        do {
            return try Coordinate(validatingLongitude: numbers[0].doubleValue, latitude: numbers[1].doubleValue)
        } catch {
            throw Fault(reason: "a position is no lon, lat in degrees: \(numbers[0]), \(numbers[1])")
        }
    }
}
