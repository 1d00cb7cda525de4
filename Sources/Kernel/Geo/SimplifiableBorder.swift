/// The border graph of a partition while vertices are being dropped from it.
struct SimplifiableBorder {
    private let points: [Coordinate]
    private let numbers: [Coordinate: Int]
    private let tolerance: Double
    private let ruler: Ruler
    /// Neighbours of every vertex of degree two; a node where more edges meet has none listed.
    private var neighbours: [(previous: Int, next: Int)?]
    private var isDropped: [Bool]
    private var currentEdges: Set<Int>
    /// The dropped vertices behind each current edge.
    private var replaced: [Int: [Int]] = [:]
    private let vertices: VertexRaster

    init(_ areas: [MultiPolygon], tolerance: Double) {
        self.tolerance = tolerance
        var (numbers, points): ([Coordinate: Int], [Coordinate]) = ([:], [])
        func number(_ point: Coordinate) -> Int {
            if let known = numbers[point] { return known }
            numbers[point] = points.count
            points.append(point)
            return points.count - 1
        }
        // Edges between two parts of one area are not a border, but their ends must stay as well.
        var currentEdges: Set<Int> = []
        for ring in areas.lazy.flatMap(\.polygons).flatMap(\.rings) {
            for (a, b) in zip(ring.coordinates, ring.coordinates.dropFirst()) where a != b {
                currentEdges.insert(Self.key(number(a), number(b)))
            }
        }
        self.numbers = numbers
        self.points = points
        self.currentEdges = currentEdges
        neighbours = Self.neighbours(along: currentEdges, count: points.count)
        isDropped = Array(repeating: false, count: points.count)
        vertices = VertexRaster(points)
        ruler = Ruler(latitude: BoundingBox(around: points)?.center.latitude ?? 0)
    }

    private static func neighbours(along edges: Set<Int>, count: Int) -> [(previous: Int, next: Int)?] {
        var adjacent = [[Int]](repeating: [], count: count)
        for edge in edges {
            adjacent[edge >> 32].append(edge & 0xFFFF_FFFF)
            adjacent[edge & 0xFFFF_FFFF].append(edge >> 32)
        }
        return adjacent.map { $0.count == 2 ? ($0[0], $0[1]) : nil }
    }

    /// Whether a vertex of the original border is still there.
    func keeps(_ point: Coordinate) -> Bool { numbers[point].map { !isDropped[$0] } ?? true }

    /// One number for an undirected edge.
    private static func key(_ a: Int, _ b: Int) -> Int { min(a, b) << 32 | max(a, b) }

    /// Drops vertices, smallest triangle first, until no more may be dropped.
    mutating func simplify() {
        guard tolerance > 0 else { return }
        var queue = VertexQueue()
        for vertex in points.indices where neighbours[vertex] != nil { queue.push(vertex, weight: weight(of: vertex)) }
        while let (vertex, weight) = queue.pop() {
            guard !isDropped[vertex], let (previous, next) = neighbours[vertex] else { continue }
            // A stale entry: the triangle has changed since, and its new weight is already queued.
            guard weight == self.weight(of: vertex), mayDrop(vertex, between: previous, and: next) else { continue }
            drop(vertex, between: previous, and: next)
            for neighbour in [previous, next] where neighbours[neighbour] != nil {
                queue.push(neighbour, weight: self.weight(of: neighbour))
            }
        }
    }

    /// Ground area in square metres of the triangle a vertex makes with its neighbours.
    private func weight(of vertex: Int) -> Double {
        guard let (previous, next) = neighbours[vertex] else { return .infinity }
        let (east1, north1) = ruler.offset(from: points[vertex], to: points[previous])
        let (east2, north2) = ruler.offset(from: points[vertex], to: points[next])
        return abs(east1 * north2 - east2 * north1) / 2
    }

    private func mayDrop(_ vertex: Int, between previous: Int, and next: Int) -> Bool {
        guard previous != next, !currentEdges.contains(Self.key(previous, next)) else { return false }
        let (a, b) = (points[previous], points[next])
        let moved = [vertex] + (replaced[Self.key(previous, vertex)] ?? []) + (replaced[Self.key(vertex, next)] ?? [])
        for original in moved where ruler.nearest(to: points[original], onEdgeFrom: a, to: b).1 > tolerance {
            return false
        }
        return !hasVertex(inTriangle: a, points[vertex], b, except: [previous, vertex, next])
    }

    /// Whether a remaining vertex lies in a closed triangle; without one, no edge can cross the new side.
    private func hasVertex(
        inTriangle a: Coordinate,
        _ b: Coordinate,
        _ c: Coordinate,
        except corners: [Int]
    ) -> Bool {
        let box = BoundingBox.spanned(by: a, c).union(BoundingBox(b))
        return vertices.contains(in: box) { other in
            guard !isDropped[other], !corners.contains(other) else { return false }
            let p = points[other]
            let sides = [orientation(a, b, p), orientation(b, c, p), orientation(c, a, p)]
            return !(sides.contains(1) && sides.contains(-1))
        }
    }

    private mutating func drop(_ vertex: Int, between previous: Int, and next: Int) {
        let (first, second) = (Self.key(previous, vertex), Self.key(vertex, next))
        let before = replaced.removeValue(forKey: first) ?? []
        let after = replaced.removeValue(forKey: second) ?? []
        currentEdges.remove(first)
        currentEdges.remove(second)
        currentEdges.insert(Self.key(previous, next))
        replaced[Self.key(previous, next)] = before + [vertex] + after
        isDropped[vertex] = true
        for (end, other) in [(previous, next), (next, previous)] {
            guard let pair = neighbours[end] else { continue }
            neighbours[end] = pair.previous == vertex ? (other, pair.next) : (pair.previous, other)
        }
    }
}

/// Border vertices by the cells of a coarse raster, to find those in a box.
private struct VertexRaster {
    private let points: [Coordinate]
    private let raster: GridRaster?
    private let cells: [[Int]]

    init(_ points: [Coordinate]) {
        self.points = points
        guard let box = BoundingBox(around: points), box.width > 0, box.height > 0 else {
            (raster, cells) = (nil, [])
            return
        }
        let raster = GridRaster(box: box, resolution: max(1, min(512, Int(Double(points.count).squareRoot()))))
        var cells = [[Int]](repeating: [], count: raster.resolution * raster.resolution)
        for (index, point) in points.enumerated() { cells[raster.cell(of: point)].append(index) }
        self.cells = cells
        self.raster = raster
    }

    /// Whether any vertex in the closed box meets the condition.
    func contains(in box: BoundingBox, where condition: (Int) -> Bool) -> Bool {
        guard let raster else { return false }
        for row in raster.row(box.south)...raster.row(box.north) {
            for column in raster.column(box.west)...raster.column(box.east) {
                for index in cells[row * raster.resolution + column]
                where box.contains(points[index]) && condition(index) {
                    return true
                }
            }
        }
        return false
    }
}

/// A heap of vertices, lightest triangle first, ties by number so that the result is deterministic.
private struct VertexQueue {
    private var entries: [(vertex: Int, weight: Double)] = []

    private static func precedes(_ a: (vertex: Int, weight: Double), _ b: (vertex: Int, weight: Double)) -> Bool {
        a.weight < b.weight || (a.weight == b.weight && a.vertex < b.vertex)
    }

    mutating func push(_ vertex: Int, weight: Double) {
        entries.append((vertex, weight))
        var index = entries.count - 1
        while index > 0, Self.precedes(entries[index], entries[(index - 1) / 2]) {
            entries.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func pop() -> (vertex: Int, weight: Double)? {
        guard let top = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return top }
        entries[0] = last
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < entries.count else { return top }
            if child + 1 < entries.count, Self.precedes(entries[child + 1], entries[child]) { child += 1 }
            guard Self.precedes(entries[child], entries[index]) else { return top }
            entries.swapAt(index, child)
            index = child
        }
    }
}
