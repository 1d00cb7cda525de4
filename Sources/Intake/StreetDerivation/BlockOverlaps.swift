import Geo

/// Assigns land on which blocks of the source overlap to the smaller block.
struct BlockOverlaps: Sendable {
    private let shapes: [(block: Int, shape: MultiPolygon, area: Double)]
    private let tree: PackedRTree

    init(_ blocks: [StreetFacts.NamedBlock]) {
        shapes = blocks.enumerated().compactMap { index, block in
            block.shape.map { (index, $0, $0.area) }
        }
        tree = PackedRTree(shapes.map(\.shape.boundingBox))
    }

    /// Whether a point on the edge of a block lies inside a smaller one.
    func isTaken(_ point: Coordinate, from block: Int) -> Bool {
        var taken = false
        var own = Double.infinity
        var others: [(Int, Double)] = []
        tree.forEach(in: BoundingBox(point)) { number in
            let (other, shape, area) = shapes[number]
            if other == block {
                own = area
            } else if shape.covers(point) {
                others.append((other, area))
            }
        }
        for (other, area) in others where (area, other) < (own, block) { taken = true }
        return taken
    }

    /// Whether a point lies inside any block.
    func covers(_ point: Coordinate) -> Bool {
        var covered = false
        tree.forEach(in: BoundingBox(point)) { number in
            covered = covered || shapes[number].shape.covers(point)
        }
        return covered
    }
}
