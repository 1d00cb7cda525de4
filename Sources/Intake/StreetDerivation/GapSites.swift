import Geo

/// Points along the edges of blocks, from which the gaps between blocks are measured.
///
/// A block of which only the centre is known is represented by a small disc. Where an edge faces open land, a row of
/// points is placed opposite it as the far side of a street.
struct GapSites: Sendable {
    /// The distance between two points of an edge, metres.
    static let step = 6.0
    /// How far the points are set inside their block, so that blocks that touch still have a gap, metres.
    static let inset = 1.5
    /// Half the width assumed for a street along open land, metres.
    static let openHalfWidth = 9.0
    /// An edge faces open land if no other block is within this distance, metres.
    static let openDistance = 48.0

    private(set) var points: [PlanePoint] = []
    /// The block of each point: its position in the list of blocks, or `open`.
    private(set) var blocks: [Int] = []
    /// Blocks represented by discs.
    private(set) var discs: Set<Int> = []
    /// The number that stands for open land.
    let open: Int

    private var outward: [PlanePoint] = []

    init(_ facts: [StreetFacts.NamedBlock], in plane: LocalPlane) {
        open = facts.count
        let order = Self.snake(facts.map { plane.point($0.centre) })
        let overlaps = BlockOverlaps(facts)
        for block in order {
            guard let shape = facts[block].shape else { continue }
            for ring in shape.polygons.flatMap(\.rings) { add(ring, of: block, overlaps, plane) }
        }
        addDiscs(facts, order, plane)
        addOpenLand()
    }

    // Orders cells row by row in alternating directions, so that neighbours in the order are neighbours on the ground.
    private static func snake(_ centres: [PlanePoint]) -> [Int] {
        let keys = centres.enumerated().map { index, point in
            let row = Int((point.y / 600).rounded(.down))
            return (row: row, across: row.isMultiple(of: 2) ? point.x : -point.x, index: index)
        }
        return keys.sorted { ($0.row, $0.across, $0.index) < ($1.row, $1.across, $1.index) }.map(\.index)
    }

    private mutating func add(_ ring: Ring, of block: Int, _ overlaps: BlockOverlaps, _ plane: LocalPlane) {
        // Rings of a polygon have the interior on the left.
        for (a, b) in zip(ring.coordinates, ring.coordinates.dropFirst()) {
            let (from, to) = (plane.point(a), plane.point(b))
            let edge = to - from
            guard edge.length > 0 else { continue }
            let inward = edge.unit.left
            let count = max(1, Int((edge.length / Self.step).rounded()))
            for number in 0..<count {
                let share = (Double(number) + 0.5) / Double(count)
                let point = from + edge * share + inward * Self.inset
                guard !overlaps.isTaken(plane.coordinate(point), from: block) else { continue }
                append(point, block, outward: inward * -1)
            }
        }
    }

    private mutating func append(_ point: PlanePoint, _ block: Int, outward direction: PlanePoint) {
        points.append(point)
        blocks.append(block)
        outward.append(direction)
    }

    private mutating func addDiscs(_ facts: [StreetFacts.NamedBlock], _ order: [Int], _ plane: LocalPlane) {
        let edges = PlaneIndex(points, cell: 60)
        let lone = order.filter { facts[$0].shape == nil }
        let middles = lone.map { plane.point(facts[$0].centre) }
        let neighbours = PlaneIndex(middles, cell: 120)
        for (number, block) in lone.enumerated() {
            let middle = middles[number]
            let edge = edges.nearestDistance(to: middle, within: 120) { _ in true } ?? 120
            let other = neighbours.nearestDistance(to: middle, within: 240) { $0 != number } ?? 240
            let radius = min(60, edge - 12, other / 2 - 6)
            guard radius >= 4 else { continue }
            discs.insert(block)
            let count = max(8, Int(radius * 2 * .pi / Self.step / 1.5))
            for corner in PlanePoint.circle(count) { append(middle + corner * radius, block, outward: .zero) }
        }
    }

    private mutating func addOpenLand() {
        let index = PlaneIndex(points, cell: 60)
        let far = Self.openHalfWidth * 2 + Self.inset
        var placed: [PlanePoint] = []
        for (number, direction) in outward.enumerated() where direction != .zero {
            let place = points[number] + direction * far
            let own = blocks[number]
            let isOpen = index.near(place, within: Self.openDistance) { blocks[$0] != own }.isEmpty
            guard isOpen, index.near(place, within: far - 3).isEmpty else { continue }
            placed.append(place)
        }
        for place in placed { append(place, open, outward: .zero) }
    }
}

extension PlanePoint {
    /// Points evenly spaced on the unit circle, by repeated rotation.
    static func circle(_ count: Int) -> [PlanePoint] {
        // Series for sin and cos: accurate for small angles, and the same on every machine.
        let angle = 2 * Double.pi / Double(count)
        let square = angle * angle
        let sine = angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
        let cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
        var point = PlanePoint(x: 1, y: 0)
        return (0..<count).map { _ in
            defer { point = PlanePoint(x: point.x * cosine - point.y * sine, y: point.x * sine + point.y * cosine) }
            return point
        }
    }
}
