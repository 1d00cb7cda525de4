/// A region of one or more polygons, WGS 84 degrees; the shape of a district with detached parts.
public struct MultiPolygon: Hashable, Sendable {
    /// The parts, at least one.
    public let polygons: [Polygon]
    /// The smallest box around all parts, in degrees.
    public let boundingBox: BoundingBox

    /// Makes a region from its parts.
    ///
    /// - Throws: `GeoError.empty` when there is none.
    public init(_ polygons: [Polygon]) throws(GeoError) {
        guard let first = polygons.first else { throw .empty }
        self.polygons = polygons
        self.boundingBox = polygons.dropFirst().reduce(first.boundingBox) { $0.union($1.boundingBox) }
    }

    /// Makes a region of one part.
    public init(_ polygon: Polygon) {
        polygons = [polygon]
        boundingBox = polygon.boundingBox
    }

    /// Whether the point is inside a part or exactly on a boundary.
    public func covers(_ coordinate: Coordinate) -> Bool {
        boundingBox.contains(coordinate) && polygons.contains { $0.covers(coordinate) }
    }

    /// Ground area in square metres, the sum over the parts.
    public var area: Double { polygons.reduce(0) { $0 + $1.area } }

    /// Centroid of the parts together, weighted by planar area as in `Polygon.centroid`.
    ///
    /// It may lie outside.
    public var centroid: Coordinate { Moments(of: polygons.flatMap(\.rings)).centroid }

    /// A point guaranteed inside, taken from the part with the largest area.
    public var pointOnSurface: Coordinate {
        var (best, bestArea) = (polygons[0], -Double.infinity)
        for polygon in polygons {
            let area = polygon.area
            if area > bestArea { (best, bestArea) = (polygon, area) }
        }
        return best.pointOnSurface
    }
}
