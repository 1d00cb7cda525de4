import Geo

/// A set of numbers joined into groups, each represented by its lowest number.
struct Groups {
    private var parents: [Int]

    init(_ count: Int) { parents = Array(0..<count) }

    mutating func leader(of number: Int) -> Int {
        var leader = number
        while parents[leader] != leader { leader = parents[leader] }
        var next = number
        while parents[next] != leader { (parents[next], next) = (leader, parents[next]) }
        return leader
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (a, b) = (leader(of: a), leader(of: b))
        parents[max(a, b)] = min(a, b)
    }
}

extension GapNetwork {
    /// The network with every crossing as one node.
    ///
    /// Where four blocks meet at a corner, the middle lines meet in two nodes close together, because in general only
    /// three lines meet in a point.
    func withJoinedCrossings() -> GapNetwork {
        var groups = Groups(nodes.count)
        var joined: Set<Int> = []
        for (index, edge) in edges.enumerated() where edge.isInsideCrossing {
            groups.join(edge.start, edge.end)
            joined.insert(index)
        }
        let leaders = nodes.indices.map { groups.leader(of: $0) }
        var sums: [Int: (PlanePoint, Double)] = [:]
        for (node, leader) in leaders.enumerated() {
            let (sum, count) = sums[leader] ?? (.zero, 0)
            sums[leader] = (sum + nodes[node], count + 1)
        }
        let middles = leaders.map { leader in sums[leader].map { $0.0 * (1 / $0.1) } ?? nodes[leader] }
        var result = GapNetwork(nodes: middles, edges: [])
        for (index, edge) in edges.enumerated() where !joined.contains(index) {
            var moved = edge
            (moved.start, moved.end) = (leaders[edge.start], leaders[edge.end])
            guard moved.start != moved.end || edge.length > 200 else { continue }
            moved.line.points = [middles[moved.start]] + edge.line.points.dropFirst().dropLast() + [middles[moved.end]]
            result.edges.append(moved)
        }
        return result
    }
}

extension GapNetwork.Edge {
    // Inside a crossing the two blocks face each other corner to corner: the gap is wide compared with the length of
    // the line.
    fileprivate var isInsideCrossing: Bool { start != end && length <= 60 && length <= max(8, width * 0.75) }
}
