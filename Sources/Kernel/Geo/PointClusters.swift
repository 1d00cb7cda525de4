/// Points gathered into clusters, level by level from the deepest zoom up, so that zooming in only ever splits them.
///
/// On each level the nodes of the level below are visited in the order of their keys, so that a new point changes
/// little elsewhere. Each node that is still free absorbs the free nodes within the radius around it, and the cluster
/// is placed at their weighted mean. Source: greedy hierarchical clustering as V. Agafonkin describes it in "Clustering
/// millions of points on a map with Supercluster" (2016).
public struct PointClusters: Sendable {
    /// A cluster, or a single point with no other close enough on its level.
    public struct Cluster: Sendable, Hashable {
        /// Position in the unit square of Web Mercator, x east and y south.
        public let x: Double
        /// Position in the unit square of Web Mercator, x east and y south.
        public let y: Double
        /// Its points, as a range of `order`.
        public let leaves: Range<Int>
        /// The first zoom at which it splits; for a single point one more than the deepest clustered zoom.
        public let expansionZoom: Int
        /// An identifier that stays the same as long as the point with the least key and the zoom do; below 2^53.
        public let id: UInt64

        /// How many points it holds.
        public var count: Int { leaves.count }
    }

    /// The points' positions in the input, ordered so that every cluster's points are contiguous.
    public let order: [Int]
    /// The clusters of each zoom, from 0 to the deepest clustered one, in the order of their points.
    public let levels: [[Cluster]]

    /// Clusters points.
    ///
    /// - Parameters:
    ///   - points: WGS 84 degrees.
    ///   - keys: a permanent number for each point, from which cluster ids are made.
    ///   - deepestZoom: the last zoom that has clusters.
    ///   - radius: how far a cluster reaches, as a share of a tile's side.
    public init(_ points: [Coordinate], keys: [UInt64], deepestZoom: Int, radius: Double) {
        var nodes = Self.singles(points, keys, zoom: deepestZoom + 1)
        var levels: [[Node]] = [nodes]
        for zoom in stride(from: deepestZoom, through: 0, by: -1) {
            nodes = Self.gathered(nodes, zoom: zoom, radius: radius / TileCoordinate.side(zoom))
            levels.append(nodes)
        }
        (order, self.levels) = Self.arranged(levels)
    }

    /// The clusters of a deeper zoom that make up a cluster.
    public func parts(of cluster: Cluster, zoom: Int) -> ArraySlice<Cluster> {
        let level = levels[zoom]
        let start = level.firstIndex(notBefore: cluster.leaves.lowerBound)
        return level[start..<level.firstIndex(notBefore: cluster.leaves.upperBound)]
    }

    private struct Node {
        var x: Double
        var y: Double
        var count: Int
        var children: [Int]
        var expansionZoom: Int
        var key: UInt64
        var point: Int
    }

    private static func singles(_ points: [Coordinate], _ keys: [UInt64], zoom: Int) -> [Node] {
        let placed = points.enumerated().map { position, point in
            let (x, y) = WebMercator.unitSquare(point)
            return Node(
                x: x,
                y: y,
                count: 1,
                children: [],
                expansionZoom: zoom,
                key: keys[position] & 0x7FFF_FFFF_FFFF,
                point: position
            )
        }
        return placed.sorted { ($0.key, $0.point) < ($1.key, $1.point) }
    }

    private static func gathered(_ nodes: [Node], zoom: Int, radius: Double) -> [Node] {
        let grid = NodeGrid(nodes.map { ($0.x, $0.y) }, cell: radius)
        var isTaken = [Bool](repeating: false, count: nodes.count)
        var gathered: [Node] = []
        for index in nodes.indices where !isTaken[index] {
            var members: [Int] = []
            grid.forEach(near: nodes[index].x, nodes[index].y, within: radius) { other in
                if !isTaken[other] { members.append(other) }
            }
            members.sort()
            for member in members { isTaken[member] = true }
            gathered.append(joined(nodes, members, zoom: zoom))
        }
        return gathered
    }

    private static func joined(_ nodes: [Node], _ members: [Int], zoom: Int) -> Node {
        var node = nodes[members[0]]
        if members.count > 1 {
            let total = members.reduce(0) { $0 + nodes[$1].count }
            node.x = members.reduce(0.0) { $0 + nodes[$1].x * Double(nodes[$1].count) } / Double(total)
            node.y = members.reduce(0.0) { $0 + nodes[$1].y * Double(nodes[$1].count) } / Double(total)
            node.count = total
            node.key = members.reduce(node.key) { min($0, nodes[$1].key) }
            node.expansionZoom = zoom + 1
        }
        node.children = members
        return node
    }

    /// Walks down from the widest level, assigning to every node the range of its points.
    private static func arranged(_ levels: [[Node]]) -> (order: [Int], levels: [[Cluster]]) {
        var order: [Int] = []
        var arranged = levels.map { [Cluster?](repeating: nil, count: $0.count) }
        func visit(_ level: Int, _ index: Int) {
            let node = levels[level][index]
            let start = order.count
            if level == 0 { order.append(node.point) } else { for child in node.children { visit(level - 1, child) } }
            let zoom = UInt64(levels.count - 1 - level)
            arranged[level][index] = Cluster(
                x: node.x,
                y: node.y,
                leaves: start..<order.count,
                expansionZoom: node.expansionZoom,
                id: node.key << 5 | zoom
            )
        }
        if let widest = levels.last { for index in widest.indices { visit(levels.count - 1, index) } }
        let clusters = arranged.dropFirst().reversed().map { level in
            level.compactMap { $0 }.sorted { $0.leaves.lowerBound < $1.leaves.lowerBound }
        }
        return (order, clusters)
    }
}

extension [PointClusters.Cluster] {
    /// The position of the first cluster whose points begin at the given place or later.
    fileprivate func firstIndex(notBefore place: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].leaves.lowerBound < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Nodes by square cells of their positions.
private struct NodeGrid {
    private struct Cell: Hashable {
        let column: Int
        let row: Int
    }

    private let positions: [(x: Double, y: Double)]
    private let size: Double
    private var cells: [Cell: [Int]] = [:]

    init(_ positions: [(Double, Double)], cell: Double) {
        self.positions = positions.map { (x: $0.0, y: $0.1) }
        size = cell
        for (index, position) in positions.enumerated() {
            cells[Cell(column: Int(position.0 / cell), row: Int(position.1 / cell)), default: []].append(index)
        }
    }

    func forEach(near x: Double, _ y: Double, within radius: Double, _ body: (Int) -> Void) {
        let (column, row) = (Int(x / size), Int(y / size))
        for cell in (row - 1...row + 1).flatMap({ r in (column - 1...column + 1).map { Cell(column: $0, row: r) } }) {
            for index in cells[cell] ?? [] {
                let (dx, dy) = (positions[index].x - x, positions[index].y - y)
                if dx * dx + dy * dy <= radius * radius { body(index) }
            }
        }
    }
}
