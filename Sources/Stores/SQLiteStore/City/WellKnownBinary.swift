import Foundation
import Gazetteer
import Geo

/// Geometry as OGC well-known binary (OGC 06-103r4 §8.2), used for exchange with SpatiaLite.
enum WellKnownBinary {
    private enum Kind: UInt32 {
        case point = 1
        case line = 2
        case polygon = 3
        case multiLine = 5
        case multiPolygon = 6
    }

    /// Writes a shape, little-endian, longitude before latitude; lines always as a MultiLineString, an area as a
    /// MultiPolygon.
    static func data(_ shape: Shape) -> Data {
        var data = Data()
        switch shape {
        case .point(let point):
            header(.point, &data)
            append(point, &data)
        case .line(let line):
            header(.multiLine, &data)
            append(UInt32(line.lines.count), &data)
            for part in line.lines {
                header(.line, &data)
                append(part, &data)
            }
        case .area(let area):
            header(.multiPolygon, &data)
            append(UInt32(area.polygons.count), &data)
            for polygon in area.polygons {
                header(.polygon, &data)
                let rings = [polygon.exterior] + polygon.holes
                append(UInt32(rings.count), &data)
                for ring in rings { append(ring, &data) }
            }
        }
        return data
    }

    /// Reads a shape; nil when the bytes are not of a kind that `data(_:)` writes.
    static func shape(_ data: Data) -> Shape? {
        var reader = Reader(bytes: [UInt8](data))
        return reader.shape()
    }

    private static func header(_ kind: Kind, _ data: inout Data) {
        data.append(1)
        append(kind.rawValue, &data)
    }

    private static func append(_ points: [Coordinate], _ data: inout Data) {
        append(UInt32(points.count), &data)
        for point in points { append(point, &data) }
    }

    private static func append(_ point: Coordinate, _ data: inout Data) {
        append(point.longitude.bitPattern, &data)
        append(point.latitude.bitPattern, &data)
    }

    private static func append(_ value: some FixedWidthInteger, _ data: inout Data) {
        withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset = 0

        mutating func shape() -> Shape? {
            switch kind() {
            case .point: return point().map { .point($0) }
            case .line: return points().flatMap { try? .line(MultiLine([$0])) }
            case .multiLine:
                guard let count = integer(UInt32.self) else { return nil }
                var lines: [[Coordinate]] = []
                for _ in 0..<count {
                    guard kind() == .line, let line = points() else { return nil }
                    lines.append(line)
                }
                return try? .line(MultiLine(lines))
            case .polygon: return polygon().flatMap { try? .area(MultiPolygon([$0])) }
            case .multiPolygon:
                guard let count = integer(UInt32.self) else { return nil }
                var polygons: [Polygon] = []
                for _ in 0..<count {
                    guard kind() == .polygon, let polygon = polygon() else { return nil }
                    polygons.append(polygon)
                }
                return try? .area(MultiPolygon(polygons))
            case nil: return nil
            }
        }

        private mutating func kind() -> Kind? {
            guard offset < bytes.count, bytes[offset] == 1 else { return nil }
            offset += 1
            return integer(UInt32.self).flatMap(Kind.init(rawValue:))
        }

        private mutating func polygon() -> Polygon? {
            guard let count = integer(UInt32.self), count >= 1 else { return nil }
            var rings: [[Coordinate]] = []
            for _ in 0..<count {
                guard let ring = points() else { return nil }
                rings.append(ring)
            }
            return try? Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
        }

        private mutating func points() -> [Coordinate]? {
            guard let size = integer(UInt32.self), Int(size) * 16 <= bytes.count - offset else { return nil }
            var points: [Coordinate] = []
            points.reserveCapacity(Int(size))
            for _ in 0..<size {
                guard let point = point() else { return nil }
                points.append(point)
            }
            return points
        }

        private mutating func point() -> Coordinate? {
            guard let longitude = integer(UInt64.self), let latitude = integer(UInt64.self) else { return nil }
            return Coordinate(
                longitude: Double(bitPattern: longitude),
                latitude: Double(bitPattern: latitude)
            )
        }

        private mutating func integer<Value: FixedWidthInteger>(_: Value.Type) -> Value? {
            let size = MemoryLayout<Value>.size
            guard offset + size <= bytes.count else { return nil }
            var value: Value = 0
            for index in (0..<size).reversed() { value = value << 8 | Value(bytes[offset + index]) }
            offset += size
            return value
        }
    }
}
