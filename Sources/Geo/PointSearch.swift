/// One nearest-neighbour search over a `PointGrid`: square rings of cells round the place, nearest ring first.
///
/// It stops when everything outside the rings is provably farther than the worst answer kept. The proof is planar: a
/// distance in the frame's x-y plane is never longer than the chord, nor that than the way over the ground.
struct PointSearch {
    /// Chords above this are measured by the geodesic instead of the arc of mean radius, in metres.
    private static let longestArc = 50_000.0

    private let grid: PointGrid
    private let place: Coordinate
    private let position: TangentFrame.Position
    private let mask: UInt64
    /// A twelfth of the squared mean curvature at the place: s² = c² + c⁴/(12 R²) + …, R² = M N.
    private let arcFactor: Double
    var best: NearestList

    init(grid: PointGrid, place: Coordinate, position: TangentFrame.Position, mask: UInt64, best: NearestList) {
        self.grid = grid
        self.place = place
        self.position = position
        self.mask = mask
        self.best = best
        // 1/(M N) = (1 - e² sin²φ)² / (a² (1 - e²)).
        let s = sine(place.latitude.radians)
        let w2 = 1 - Ellipsoid.squaredEccentricity * s * s
        arcFactor = w2 * w2 / (12 * Ellipsoid.equatorialRadius * Ellipsoid.smallestRadius)
    }

    /// Runs the search to its end.
    mutating func run(_ isAccepted: ((Int) -> Bool)?) {
        let layout = grid.layout
        let (column, row) = (layout.column(position.x), layout.row(position.y))
        var ring = 1
        scan(rows: max(0, row - 1)...min(layout.rows - 1, row + 1), around: column, reach: 1, isAccepted)
        while true {
            let outside = squaredDistanceOutside(ring, column: column, row: row)
            guard outside < .infinity, outside <= best.threshold else { return }
            ring += 1
            let columns = max(0, column - ring)...min(layout.columns - 1, column + ring)
            if row - ring >= 0 { scan(row: row - ring, columns: columns, isAccepted) }
            if row + ring < layout.rows { scan(row: row + ring, columns: columns, isAccepted) }
            let between = max(0, row - ring + 1)...min(layout.rows - 1, row + ring - 1)
            if column - ring >= 0 { scan(column: column - ring, rows: between, isAccepted) }
            if column + ring < layout.columns { scan(column: column + ring, rows: between, isAccepted) }
        }
    }

    /// A lower bound of the squared distance to any point beyond a block of rings; infinite when nothing is left.
    private func squaredDistanceOutside(_ ring: Int, column: Int, row: Int) -> Double {
        let layout = grid.layout
        // How far the place itself lies outside the grid.
        let gapX = max(0, max(layout.minX - position.x, position.x - layout.maxX))
        let gapY = max(0, max(layout.minY - position.y, position.y - layout.maxY))
        var (x, y) = (Double.infinity, Double.infinity)
        if column - ring > 0 { x = position.x - (layout.minX + Double(column - ring) * layout.cellSize) }
        if column + ring + 1 < layout.columns {
            x = min(x, layout.minX + Double(column + ring + 1) * layout.cellSize - position.x)
        }
        if row - ring > 0 { y = position.y - (layout.minY + Double(row - ring) * layout.cellSize) }
        if row + ring + 1 < layout.rows {
            y = min(y, layout.minY + Double(row + ring + 1) * layout.cellSize - position.y)
        }
        x = max(0, x - layout.slack)
        y = max(0, y - layout.slack)
        return min(x * x + gapY * gapY, y * y + gapX * gapX)
    }

    private mutating func scan(
        rows: ClosedRange<Int>,
        around column: Int,
        reach: Int,
        _ isAccepted: ((Int) -> Bool)?
    ) {
        let columns = max(0, column - reach)...min(grid.layout.columns - 1, column + reach)
        for row in rows { scan(row: row, columns: columns, isAccepted) }
    }

    /// Scans neighbouring cells of one row, which are one run of points when no attribute is asked for.
    private mutating func scan(row: Int, columns: ClosedRange<Int>, _ isAccepted: ((Int) -> Bool)?) {
        let base = row * grid.layout.columns
        if mask == 0 {
            let (first, end) = (base + columns.lowerBound, base + columns.upperBound + 1)
            scan(from: grid.starts[first], to: grid.starts[end], isAccepted)
            return
        }
        let blockBase = (row >> PointGrid.blockShift) * grid.layout.blockColumns
        var column = columns.lowerBound
        while column <= columns.upperBound {
            let block = column >> PointGrid.blockShift
            let end = min(columns.upperBound, (block + 1) << PointGrid.blockShift - 1)
            if grid.blockMasks[blockBase + block] & mask == mask {
                for cell in (base + column)...(base + end) where grid.cellMasks[cell] & mask == mask {
                    scan(from: grid.starts[cell], to: grid.starts[cell + 1], isAccepted)
                }
            }
            column = end + 1
        }
    }

    /// Scans neighbouring cells of one column.
    private mutating func scan(column: Int, rows: ClosedRange<Int>, _ isAccepted: ((Int) -> Bool)?) {
        var row = rows.lowerBound
        while row <= rows.upperBound {
            let block = row >> PointGrid.blockShift
            let end = min(rows.upperBound, (block + 1) << PointGrid.blockShift - 1)
            let blockColumn = column >> PointGrid.blockShift
            if grid.blockMasks[block * grid.layout.blockColumns + blockColumn] & mask == mask {
                for row in row...end {
                    let cell = row * grid.layout.columns + column
                    guard grid.cellMasks[cell] & mask == mask else { continue }
                    scan(from: grid.starts[cell], to: grid.starts[cell + 1], isAccepted)
                }
            }
            row = end + 1
        }
    }

    /// Measures a run of points and offers those which may be among the best.
    @inline(__always)
    private mutating func scan(from first: Int32, to end: Int32, _ isAccepted: ((Int) -> Bool)?) {
        for point in Int(first)..<Int(end) {
            let record = grid.records[point]
            let (dx, dy, dz) = (record.x - position.x, record.y - position.y, record.z - position.z)
            let squaredChord = dx * dx + dy * dy + dz * dz
            // The ground distance is never below the chord.
            if squaredChord > best.threshold || record.mask & mask != mask { continue }
            offer(point, squaredChord, isAccepted)
        }
    }

    private mutating func offer(_ point: Int, _ squaredChord: Double, _ isAccepted: ((Int) -> Bool)?) {
        let key = squaredDistance(to: point, squaredChord)
        guard key <= best.threshold else { return }
        let index = Int(grid.indices[point])
        if let isAccepted, !isAccepted(index) { return }
        best.offer(NearestList.Entry(key: key, index: index))
    }

    /// Squared ground distance from the chord, or by the geodesic when far and possibly among the best.
    private func squaredDistance(to point: Int, _ squaredChord: Double) -> Double {
        if squaredChord <= Self.longestArc * Self.longestArc {
            return squaredChord + squaredChord * squaredChord * arcFactor
        }
        let radius = Ellipsoid.largestRadius
        let lowest = 2 * radius * arcSine(min(1, squaredChord.squareRoot() / (2 * radius))) * (1 - 1e-4)
        guard lowest * lowest <= best.threshold else { return .infinity }
        let metres = place.distance(to: grid.coordinates[point])
        return metres * metres
    }
}
