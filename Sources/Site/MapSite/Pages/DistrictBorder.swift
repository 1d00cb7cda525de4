import Gazetteer
import Geo
import SiteKit

/// A part of a district's border that separates the same districts along its whole length.
///
/// Neighbours share their borders exactly, point for point, so a shared part is kept only once: if it were drawn twice, the
/// dashes of one line would fill the gaps of the other.
struct DistrictBorder: Sendable {
    /// The points of the line.
    let line: [Coordinate]
    /// The indexes of the districts on both sides; only one at the border of the city.
    let districts: [Int]
    let box: BoundingBox

    private init?(_ line: [Coordinate], _ districts: [Int]) {
        guard line.count > 1, let box = BoundingBox(around: line) else { return nil }
        (self.line, self.districts, self.box) = (line, districts, box)
    }

    /// Splits the borders of all districts.
    static func all(of districts: [District]) -> [DistrictBorder] {
        var owners: [Edge: [Int]] = [:]
        for (index, district) in districts.enumerated() {
            for edge in district.shape.polygons.flatMap(\.rings).flatMap(edges) {
                owners[edge, default: []].append(index)
            }
        }
        return districts.enumerated().flatMap { index, district in
            district.shape.polygons.flatMap(\.rings).flatMap { stretches($0, of: index, owners) }
        }
    }

    /// The parts of one ring that belong to no earlier district.
    private static func stretches(_ ring: Ring, of district: Int, _ owners: [Edge: [Int]]) -> [DistrictBorder] {
        var found: [DistrictBorder?] = []
        var (line, meeting): ([Coordinate], [Int]) = ([], [])
        for (start, end) in zip(ring.coordinates, ring.coordinates.dropFirst()) {
            let edgeOwners = owners[Edge(start, end)] ?? []
            let isFirst = edgeOwners.first == district
            if !isFirst || edgeOwners != meeting {
                found.append(DistrictBorder(line, meeting))
                (line, meeting) = (isFirst ? [start] : [], isFirst ? edgeOwners : [])
            }
            if isFirst { line.append(end) }
        }
        return (found + [DistrictBorder(line, meeting)]).compactMap { $0 }
    }

    private static func edges(of ring: Ring) -> [Edge] {
        zip(ring.coordinates, ring.coordinates.dropFirst()).map(Edge.init)
    }

    /// An edge regardless of its direction.
    private struct Edge: Hashable {
        let ends: Set<Coordinate>

        init(_ start: Coordinate, _ end: Coordinate) { ends = [start, end] }
    }
}
