import Geo

/// Builds the network of gaps from points along the blocks' edges.
struct GapNetworkBuilder {
    /// Half the width of the widest gap that can be a street, metres.
    static let reach = 50.0
    /// The same for a block of which only the centre is known.
    static let reachOfDiscs = 75.0

    private let sites: GapSites
    private let mesh: DelaunayTriangulation
    private var centres: [PlanePoint] = []
    private var radii: [Double] = []
    // 0 = not part of a gap, 2 = between two blocks, 3 = where three meet.
    private var kinds: [Int8] = []
    private var nodeOfTriangle: [Int: Int] = [:]
    private var visited: Set<Int> = []
    private var network = GapNetwork(nodes: [], edges: [])

    static func network(of sites: GapSites) -> GapNetwork {
        var builder = GapNetworkBuilder(sites)
        builder.walkFromJunctions()
        builder.walkTheRest()
        return builder.network
    }

    private init(_ sites: GapSites) {
        self.sites = sites
        // The triangulation works in whole centimetres.
        mesh = DelaunayTriangulation(
            sites.points.map { GridPoint(x: Int(($0.x * 100).rounded()), y: Int(($0.y * 100).rounded())) }
        )
        for triangle in 0..<mesh.count { measure(triangle) }
    }

    private func block(_ triangle: Int, _ corner: Int) -> Int { sites.blocks[mesh.corners[triangle * 3 + corner]] }

    private mutating func measure(_ triangle: Int) {
        let corners = (0..<3).map { mesh.corners[triangle * 3 + $0] }
        guard corners.allSatisfy({ $0 < mesh.frame }),
            let (centre, radius) = Self.circle(
                sites.points[corners[0]],
                sites.points[corners[1]],
                sites.points[corners[2]]
            )
        else {
            centres.append(.zero)
            radii.append(.infinity)
            kinds.append(0)
            return
        }
        let blocks = Set(corners.map { sites.blocks[$0] })
        let limit = blocks.isDisjoint(with: sites.discs) ? Self.reach : Self.reachOfDiscs
        centres.append(centre)
        radii.append(radius)
        kinds.append(radius <= limit + GapSites.inset && blocks.count > 1 ? Int8(blocks.count) : 0)
    }

    private static func circle(_ a: PlanePoint, _ b: PlanePoint, _ c: PlanePoint) -> (PlanePoint, Double)? {
        let (u, v) = (b - a, c - a)
        let twice = 2 * u.cross(v)
        guard abs(twice) > 1e-6 else { return nil }
        let (uu, vv) = (u.dot(u), v.dot(v))
        let centre = PlanePoint(x: (v.y * uu - u.y * vv) / twice, y: (u.x * vv - v.x * uu) / twice)
        return (a + centre, centre.length)
    }

    private mutating func walkFromJunctions() {
        for triangle in 0..<mesh.count where kinds[triangle] == 3 {
            nodeOfTriangle[triangle] = network.nodes.count
            network.nodes.append(centres[triangle])
        }
        for triangle in 0..<mesh.count where kinds[triangle] == 3 {
            for side in 0..<3 { walk(from: triangle, through: side) }
        }
    }

    // Gaps that end in open land at both ends, or form a ring.
    private mutating func walkTheRest() {
        for triangle in 0..<mesh.count where kinds[triangle] == 2 && !visited.contains(triangle) {
            let sides = crossedSides(of: triangle)
            guard sides.count == 2 else { continue }
            visited.insert(triangle)
            let back = path(from: triangle, through: sides[0])
            let forth = path(from: triangle, through: sides[1])
            let triangles = back.triangles.reversed() + [triangle] + forth.triangles
            add(triangles, from: back.last, to: forth.last)
        }
    }

    private mutating func walk(from triangle: Int, through side: Int) {
        let next = mesh.neighbours[triangle * 3 + side]
        guard next >= 0, kinds[next] > 0 else { return }
        if kinds[next] == 3 {
            // The gap is found from both ends; the lower number adds it.
            if triangle < next { add([triangle, next], from: triangle, to: next) }
            return
        }
        guard !visited.contains(next) else { return }
        let found = path(from: triangle, through: side)
        add([triangle] + found.triangles + (found.last.map { [$0] } ?? []), from: triangle, to: found.last)
    }

    private mutating func path(from triangle: Int, through side: Int) -> (triangles: [Int], last: Int?) {
        var triangles: [Int] = []
        var (current, side) = (triangle, side)
        while true {
            let next = mesh.neighbours[current * 3 + side]
            guard next >= 0, kinds[next] > 0 else { return (triangles, nil) }
            if kinds[next] == 3 { return (triangles, next) }
            guard visited.insert(next).inserted else { return (triangles, nil) }
            triangles.append(next)
            guard let exit = crossedSides(of: next).first(where: { mesh.neighbours[next * 3 + $0] != current }) else {
                return (triangles, nil)
            }
            (current, side) = (next, exit)
        }
    }

    private func crossedSides(of triangle: Int) -> [Int] {
        (0..<3).filter { block(triangle, ($0 + 1) % 3) != block(triangle, ($0 + 2) % 3) }
    }

    private mutating func add(_ triangles: [Int], from first: Int?, to last: Int?) {
        guard triangles.count > 1, let pair = blocks(along: triangles) else { return }
        let points = triangles.map { centres[$0] }
        let line = PlaneLine(points: points)
        network.edges.append(
            GapNetwork.Edge(
                blocks: pair,
                line: line,
                widths: triangles.map { max(0, (radii[$0] - GapSites.inset) * 2) },
                start: node(first, at: points[0]),
                end: node(last, at: points[points.count - 1]),
                length: line.length
            )
        )
    }

    private mutating func node(_ triangle: Int?, at place: PlanePoint) -> Int {
        if let triangle, let known = nodeOfTriangle[triangle] { return known }
        network.nodes.append(place)
        return network.nodes.count - 1
    }

    private func blocks(along triangles: [Int]) -> (Int, Int)? {
        let sets = triangles.map { triangle in Set((0..<3).map { block(triangle, $0) }) }
        let common = sets.dropFirst().reduce(sets[0]) { $0.intersection($1) }.sorted()
        // Adjacent junctions share two blocks; they share more only if the same three blocks meet twice.
        return common.count >= 2 ? (common[0], common[1]) : nil
    }
}
