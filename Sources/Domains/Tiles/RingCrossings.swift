/// Finds where edges of rings on an integer grid meet, other than at the corner that two successive edges share.
enum RingCrossings {
    /// A place at which an edge meets another.
    struct Node {
        /// The ring and the edge in it, counted from the edge's first point.
        let ring: Int
        let edge: Int
        /// The meeting place, rounded to the grid.
        let point: TilePoint
        /// Whether the edge already has a corner there.
        let isCorner: Bool
    }

    private struct Edge {
        let ring: Int
        let index: Int
        let a: TilePoint
        let b: TilePoint
        /// The number of edges in its ring.
        let count: Int

        func isNeighbour(of other: Edge) -> Bool {
            (index + 1) % count == other.index || (other.index + 1) % count == index
        }

        var west: Int32 { min(a.x, b.x) }
        var east: Int32 { max(a.x, b.x) }
        var north: Int32 { min(a.y, b.y) }
        var south: Int32 { max(a.y, b.y) }
    }

    /// All nodes; none for valid rings.
    ///
    /// Edges are swept from west to east.
    static func nodes(of rings: [[TilePoint]]) -> [Node] {
        var edges: [Edge] = []
        for (number, ring) in rings.enumerated() {
            for (index, a) in ring.enumerated() {
                let b = ring[(index + 1) % ring.count]
                edges.append(Edge(ring: number, index: index, a: a, b: b, count: ring.count))
            }
        }
        edges.sort { $0.west < $1.west }
        var nodes: [Node] = []
        var active: [Edge] = []
        for edge in edges {
            active.removeAll { $0.east < edge.west }
            for other in active where other.north <= edge.south && edge.north <= other.south {
                meet(edge, other, &nodes)
            }
            active.append(edge)
        }
        return nodes
    }

    private static func meet(_ first: Edge, _ second: Edge, _ nodes: inout [Node]) {
        if first.ring == second.ring, first.isNeighbour(of: second) { return }
        func note(_ point: TilePoint) {
            for edge in [first, second] {
                nodes.append(
                    Node(
                        ring: edge.ring,
                        edge: edge.index,
                        point: point,
                        isCorner: point == edge.a || point == edge.b
                    )
                )
            }
        }
        let sides = (
            side(first, second.a), side(first, second.b), side(second, first.a), side(second, first.b)
        )
        if sides.0.signum() * sides.1.signum() < 0, sides.2.signum() * sides.3.signum() < 0 {
            let share = Double(sides.2) / Double(sides.2 - sides.3)
            note(
                TilePoint(
                    x: Int32((Double(first.a.x) + share * Double(Int(first.b.x) - Int(first.a.x))).rounded()),
                    y: Int32((Double(first.a.y) + share * Double(Int(first.b.y) - Int(first.a.y))).rounded())
                )
            )
            return
        }
        if sides.0 == 0, spans(first, second.a) { note(second.a) }
        if sides.1 == 0, spans(first, second.b) { note(second.b) }
        if sides.2 == 0, spans(second, first.a) { note(first.a) }
        if sides.3 == 0, spans(second, first.b) { note(first.b) }
    }

    /// Twice the signed area of the triangle of an edge and a point; zero on the edge's line.
    private static func side(_ edge: Edge, _ point: TilePoint) -> Int {
        (Int(edge.b.x) - Int(edge.a.x)) * (Int(point.y) - Int(edge.a.y))
            - (Int(edge.b.y) - Int(edge.a.y)) * (Int(point.x) - Int(edge.a.x))
    }

    private static func spans(_ edge: Edge, _ point: TilePoint) -> Bool {
        edge.west <= point.x && point.x <= edge.east && edge.north <= point.y && point.y <= edge.south
    }
}
