/// The border edges as a planar graph of directed half-edges, sorted around each vertex.
///
/// Half-edge 2i runs along edge i from start to end and 2i+1 runs back, so `half ^ 1` is the twin.
struct HalfEdgeGraph {
    let edges: [AreaPartition.Edge]
    /// Half-edges leaving each vertex, counter-clockwise, from just past the western direction.
    let outgoing: [Coordinate: [Int]]

    init(_ edges: [AreaPartition.Edge]) {
        self.edges = edges
        var outgoing: [Coordinate: [Int]] = [:]
        for index in edges.indices {
            outgoing[edges[index].start, default: []].append(2 * index)
            outgoing[edges[index].end, default: []].append(2 * index + 1)
        }
        self.outgoing = outgoing.reduce(into: [:]) { result, entry in
            result[entry.key] = entry.value.sorted { first, second in
                Self.turnsBefore(Self.head(of: first, edges), Self.head(of: second, edges), around: entry.key)
            }
        }
    }

    /// The vertex a half-edge leaves.
    func tail(of half: Int) -> Coordinate { Self.head(of: half ^ 1, edges) }

    /// The vertex a half-edge runs to.
    func head(of half: Int) -> Coordinate { Self.head(of: half, edges) }

    private static func head(of half: Int, _ edges: [AreaPartition.Edge]) -> Coordinate {
        half & 1 == 0 ? edges[half >> 1].end : edges[half >> 1].start
    }

    /// Code of the area to the left of a half-edge.
    func left(of half: Int) -> UInt8 { half & 1 == 0 ? edges[half >> 1].left : edges[half >> 1].right }

    /// Code of the area to the right of a half-edge.
    func right(of half: Int) -> UInt8 { left(of: half ^ 1) }

    /// Exact angular order of two neighbours around a vertex, from just past west through south, east and north.
    private static func turnsBefore(_ a: Coordinate, _ b: Coordinate, around vertex: Coordinate) -> Bool {
        // Neighbours before the vertex in west-south order lie west of it or due south; north-west comes last.
        let (first, second) = (sector(of: a, around: vertex), sector(of: b, around: vertex))
        return first == second ? orientation(vertex, a, b) > 0 : first < second
    }

    private static func sector(of neighbour: Coordinate, around vertex: Coordinate) -> Int {
        if neighbour.latitude < vertex.latitude { return 0 }
        if neighbour.latitude > vertex.latitude { return 2 }
        return neighbour.longitude > vertex.longitude ? 1 : 3
    }
}

extension HalfEdgeGraph {
    /// Checks that the codes beside the edges come from one consistent colouring of the faces.
    func verify(allowsGaps: Bool) throws(GeoError) {
        try verifyVertices()
        try verifyParts()
        if !allowsGaps { try verifyFaces() }
    }

    /// The face between two consecutive half-edges around a vertex must have one code.
    private func verifyVertices() throws(GeoError) {
        for vertex in outgoing.keys.sorted(by: Coordinate.precedes) {
            guard let spokes = outgoing[vertex] else { continue }
            for (index, spoke) in spokes.enumerated() {
                let next = spokes[(index + 1) % spokes.count]
                guard left(of: spoke) == right(of: next) else {
                    throw .notACoverage(.overlap(at: vertex, areas: Self.areas([left(of: spoke), right(of: next)])))
                }
            }
        }
    }

    /// Each connected part must lie in a face of the others which has the code found just outside the part.
    private func verifyParts() throws(GeoError) {
        let parts = connectedParts()
        let tree = PackedRTree(edges.map(\.boundingBox))
        var extremes: [Int: Coordinate] = [:]
        for (vertex, part) in parts {
            if let known = extremes[part], Coordinate.precedes(known, vertex) { continue }
            extremes[part] = vertex
        }
        guard let extent = tree.boundingBox, extremes.count > 1 else { return }
        for (part, vertex) in extremes.sorted(by: { Coordinate.precedes($0.value, $1.value) }) {
            guard let lastSpoke = outgoing[vertex]?.last else { continue }
            var code: UInt8 = 0
            let ray = BoundingBox(
                west: extent.west,
                south: vertex.latitude,
                east: vertex.longitude,
                north: vertex.latitude
            )
            tree.forEach(in: ray) { index in
                let edge = edges[index]
                guard parts[edge.start] != part, Self.isWestOf(vertex, edge) else { return }
                code ^= edge.left ^ edge.right
            }
            // Nothing lies west of the part's first vertex, so the wedge past its last spoke faces outwards.
            guard code == left(of: lastSpoke) else {
                let codes = [code, left(of: lastSpoke), right(of: lastSpoke)]
                throw .notACoverage(.overlap(at: vertex, areas: Self.areas(codes)))
            }
        }
    }

    /// Whether a westward ray from the point crosses the edge; vertices on the ray count as below it.
    private static func isWestOf(_ point: Coordinate, _ edge: AreaPartition.Edge) -> Bool {
        guard (edge.start.latitude > point.latitude) != (edge.end.latitude > point.latitude) else { return false }
        let side = orientation(edge.start, edge.end, point)
        return (side < 0) == (edge.end.latitude > edge.start.latitude)
    }

    /// Labels every vertex with its connected part, by flood fill.
    private func connectedParts() -> [Coordinate: Int] {
        var parts: [Coordinate: Int] = [:]
        var part = 0
        for edge in edges where parts[edge.start] == nil {
            var pending = [edge.start]
            parts[edge.start] = part
            while let vertex = pending.popLast() {
                for spoke in outgoing[vertex] ?? [] where parts[head(of: spoke)] == nil {
                    parts[head(of: spoke)] = part
                    pending.append(head(of: spoke))
                }
            }
            part += 1
        }
        return parts
    }

    /// Positions in the input for the distinct codes which are not outside.
    private static func areas(_ codes: [UInt8]) -> [Int] {
        Set(codes).filter { $0 > 0 }.map { Int($0) - 1 }.sorted()
    }
}

extension HalfEdgeGraph {
    /// Walks the boundary of every uncovered face and refuses bounded ones between several areas.
    private func verifyFaces() throws(GeoError) {
        var isVisited = [Bool](repeating: false, count: 2 * edges.count)
        for half in isVisited.indices where left(of: half) == 0 && !isVisited[half] {
            let walk = boundary(from: half)
            for step in walk { isVisited[step] = true }
            let neighbours = Self.areas(walk.map { right(of: $0) })
            guard neighbours.count > 1 else { continue }
            let points = walk.map { tail(of: $0) } + [tail(of: half)]
            // A clockwise walk goes round the outside of a part and does not bound the face.
            guard let ring = try? Ring(points), ring.signedArea > 0 else { continue }
            throw .notACoverage(.gap(at: tail(of: half), areas: neighbours, squareMetres: ring.signedArea))
        }
    }

    /// The half-edges around the face to the left of one of them, in order.
    private func boundary(from half: Int) -> [Int] {
        var walk = [half]
        while let last = walk.last {
            let next = following(last)
            if next == half { break }
            walk.append(next)
        }
        return walk
    }

    /// The next half-edge around the face to the left: the one just clockwise of the twin.
    private func following(_ half: Int) -> Int {
        guard let spokes = outgoing[head(of: half)], let position = spokes.firstIndex(of: half ^ 1) else { return half }
        return spokes[(position + spokes.count - 1) % spokes.count]
    }
}
