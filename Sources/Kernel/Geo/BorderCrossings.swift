/// Finds edges which cross, overlap or touch away from their common ends.
struct BorderCrossings {
    private let edges: [AreaPartition.Edge]
    private let tree: PackedRTree

    init(_ edges: [AreaPartition.Edge]) {
        self.edges = edges
        tree = PackedRTree(edges.map(\.boundingBox))
    }

    /// Checks every pair of edges whose boxes meet; throws the first fault in edge order.
    func verify() throws(GeoError) {
        for (index, edge) in edges.enumerated() {
            for other in tree.search(edge.boundingBox) where other > index {
                if let fault = Self.fault(between: edge, and: edges[other]) { throw .notACoverage(fault) }
            }
        }
    }

    /// How two border edges violate planarity, if they do.
    private static func fault(between a: AreaPartition.Edge, and b: AreaPartition.Edge) -> CoverageFault? {
        let areas = Set(a.areas + b.areas).sorted()
        for vertex in [b.start, b.end] where lies(vertex, within: a) {
            return .tJunction(vertex: vertex, edge: [a.start, a.end], areas: areas)
        }
        for vertex in [a.start, a.end] where lies(vertex, within: b) {
            return .tJunction(vertex: vertex, edge: [b.start, b.end], areas: areas)
        }
        let startSide = orientation(a.start, a.end, b.start) * orientation(a.start, a.end, b.end)
        let endSide = orientation(b.start, b.end, a.start) * orientation(b.start, b.end, a.end)
        guard startSide < 0, endSide < 0 else { return nil }
        return .crossing(first: [a.start, a.end], second: [b.start, b.end], areas: areas)
    }

    /// Whether the point lies on the edge but is not one of its ends.
    private static func lies(_ point: Coordinate, within edge: AreaPartition.Edge) -> Bool {
        point != edge.start && point != edge.end && edge.boundingBox.contains(point)
            && orientation(edge.start, edge.end, point) == 0
    }
}
