/// A verified coverage: areas which share borders without overlapping, every border edge stored once.
///
/// Areas are named by their position in the input; an area's code is that position plus one, and code 0 is outside.
/// Edges are straight in degrees. Vertices along a common border must be the same numbers on both sides.
public struct AreaPartition: Sendable {
    /// One edge of the border graph with the codes of the areas on its two sides, which differ.
    @frozen
    public struct Edge: Hashable, Sendable {
        /// The western end, or the southern one of a meridional edge.
        public let start: Coordinate
        /// The eastern end, or the northern one of a meridional edge.
        public let end: Coordinate
        /// Code of the area to the left looking from start to end; 0 is outside.
        public let left: UInt8
        /// Code of the area to the right looking from start to end; 0 is outside.
        public let right: UInt8

        /// The smallest box around the edge, in degrees.
        public var boundingBox: BoundingBox { .spanned(by: start, end) }

        /// Positions in the input of the one or two areas beside the edge, ascending.
        public var areas: [Int] {
            [min(left, right), max(left, right)].filter { $0 > 0 }.map { Int($0) - 1 }
        }
    }

    /// The areas as given.
    public let areas: [MultiPolygon]
    /// Every border edge once, in west-south order of the start.
    public let edges: [Edge]
    /// The smallest box around all areas, in degrees.
    public let boundingBox: BoundingBox

    /// Collects the border edges of the areas and checks that they form a coverage.
    ///
    /// Checked exactly: no edge is used twice in one direction, no two edges cross or touch except at common vertices,
    /// and the codes around every vertex and of every detached part agree. An uncovered face enclosed by one area is a
    /// hole and allowed; one between several areas is a gap.
    ///
    /// - Parameters:
    ///   - areas: 1 to 255 areas.
    ///   - allowsGaps: Whether enclosed uncovered faces between several areas are accepted.
    /// - Throws: `empty`, `tooManyAreas`, or `notACoverage` with the first fault found.
    public init(_ areas: [MultiPolygon], allowsGaps: Bool = false) throws(GeoError) {
        guard let first = areas.first else { throw .empty }
        guard areas.count <= 255 else { throw .tooManyAreas(areas.count) }
        self.areas = areas
        boundingBox = areas.dropFirst().reduce(first.boundingBox) { $0.union($1.boundingBox) }
        edges = try Self.collectEdges(of: areas)
        try BorderCrossings(edges).verify()
        try HalfEdgeGraph(edges).verify(allowsGaps: allowsGaps)
    }

    /// Merges the directed edges of all rings; both directions of one edge become one entry.
    private static func collectEdges(of areas: [MultiPolygon]) throws(GeoError) -> [Edge] {
        var sides: [EdgeKey: (left: UInt8, right: UInt8)] = [:]
        for (position, area) in areas.enumerated() {
            let code = UInt8(position + 1)
            for ring in area.polygons.lazy.flatMap(\.rings) {
                for (a, b) in zip(ring.coordinates, ring.coordinates.dropFirst()) where a != b {
                    let isForward = Coordinate.precedes(a, b)
                    let key = isForward ? EdgeKey(start: a, end: b) : EdgeKey(start: b, end: a)
                    var pair = sides[key] ?? (0, 0)
                    let taken = isForward ? pair.left : pair.right
                    guard taken == 0 else {
                        let rivals = Set([Int(taken) - 1, position]).sorted()
                        throw .notACoverage(.duplicateEdge(from: a, to: b, areas: rivals))
                    }
                    if isForward { pair.left = code } else { pair.right = code }
                    sides[key] = pair
                }
            }
        }
        // An edge between two parts of one area is not a border.
        return sides.lazy.filter { $0.value.left != $0.value.right }
            .map { Edge(start: $0.key.start, end: $0.key.end, left: $0.value.left, right: $0.value.right) }
            .sorted(by: precedes)
    }

    private static func precedes(_ a: Edge, _ b: Edge) -> Bool {
        a.start == b.start ? Coordinate.precedes(a.end, b.end) : Coordinate.precedes(a.start, b.start)
    }

    private struct EdgeKey: Hashable {
        let start: Coordinate
        let end: Coordinate
    }
}
