/// One nearest-neighbour search over a `PointGrid`: square rings of cells round the place, nearest ring first.
///
/// It stops when everything outside the rings is provably farther than the worst answer kept. The proof is planar: a
/// distance in the frame's x-y plane is never longer than the chord, and the chord is never longer than the ground
/// distance.
struct PointSearch {
    /// Chords above this are measured by the geodesic instead of the arc of mean radius, in metres.
    private static let longestArc = 50_000.0

    private let grid: PointGrid
    private let place: Coordinate
    private let position: TangentFrame.Position
    private let mask: UInt64
    private let arcFactor: Double
    var best: NearestList

    init(
        grid: PointGrid,
        place: Coordinate,
        frame: TangentFrame,
        mask: UInt64,
        best: NearestList
    ) {
        self.grid = grid
        self.place = place
        position = frame.position(of: place)
        arcFactor = frame.arcFactor
        self.mask = mask
        self.best = best
    }

    /// Runs the search to its end.
    mutating func run(_ isAccepted: ((Int) -> Bool)?) {
        let layout = grid.layout
        let (column, row) = (layout.column(position.x), layout.row(position.y))
        var ring = 0
        scan(row: row, columns: column...column, isAccepted)
        while true {
            let beyond = squaredDistances(beyond: ring, column: column, row: row)
            let nearest = min(min(beyond.west, beyond.east), min(beyond.south, beyond.north))
            guard nearest < .infinity, nearest <= best.threshold else { return }
            ring += 1
            let columns = max(0, column - ring)...min(layout.columns - 1, column + ring)
            let rows = max(0, row - ring + 1)...min(layout.rows - 1, row + ring - 1)
            if row >= ring, beyond.south <= best.threshold { scan(row: row - ring, columns: columns, isAccepted) }
            if row + ring < layout.rows, beyond.north <= best.threshold {
                scan(row: row + ring, columns: columns, isAccepted)
            }
            if column >= ring, beyond.west <= best.threshold { scan(column: column - ring, rows: rows, isAccepted) }
            if column + ring < layout.columns, beyond.east <= best.threshold {
                scan(column: column + ring, rows: rows, isAccepted)
            }
        }
    }

    /// Lower bounds of the squared distance to any point beyond each side of a block of rings; infinite at the end of
    /// the grid.
    private func squaredDistances(
        beyond ring: Int,
        column: Int,
        row: Int
    ) -> (west: Double, east: Double, south: Double, north: Double) {
        let layout = grid.layout
        // How far the place itself lies from the range of the points.
        let gapX = max(0, max(layout.fullX.lowerBound - position.x, position.x - layout.fullX.upperBound))
        let gapY = max(0, max(layout.fullY.lowerBound - position.y, position.y - layout.fullY.upperBound))
        func squared(_ distance: Double, _ gap: Double, isEnd: Bool) -> Double {
            let safe = max(0, distance - layout.slack)
            return isEnd ? .infinity : safe * safe + gap * gap
        }
        let west = position.x - (layout.minX + Double(column - ring) * layout.cellSize)
        let east = layout.minX + Double(column + ring + 1) * layout.cellSize - position.x
        let south = position.y - (layout.minY + Double(row - ring) * layout.cellSize)
        let north = layout.minY + Double(row + ring + 1) * layout.cellSize - position.y
        return (
            squared(west, gapY, isEnd: column <= ring), squared(east, gapY, isEnd: column + ring + 1 >= layout.columns),
            squared(south, gapX, isEnd: row <= ring), squared(north, gapX, isEnd: row + ring + 1 >= layout.rows)
        )
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
        if mask == 0 {
            for row in rows {
                let cell = row * grid.layout.columns + column
                scan(from: grid.starts[cell], to: grid.starts[cell + 1], isAccepted)
            }
            return
        }
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
        // Local copies keep the loop in registers: the compiler cannot assume that `offer` leaves the properties
        // unchanged.
        let (records, mask, position) = (grid.records, mask, position)
        var threshold = best.threshold
        for point in Int(first)..<Int(end) {
            let record = records[point]
            let (dx, dy, dz) = (record.x - position.x, record.y - position.y, record.z - position.z)
            let squaredChord = dx * dx + dy * dy + dz * dz
            // The ground distance is never shorter than the chord.
            if squaredChord > threshold || record.mask & mask != mask { continue }
            offer(point, squaredChord, isAccepted)
            threshold = best.threshold
        }
    }

    private mutating func offer(_ point: Int, _ squaredChord: Double, _ isAccepted: ((Int) -> Bool)?) {
        let key = squaredDistance(to: point, squaredChord)
        guard key <= best.threshold else { return }
        let index = Int(grid.indices[point])
        if let isAccepted, !isAccepted(index) { return }
        best.offer(NearestList.Entry(key: key, index: index))
    }

    /// Squared ground distance from the chord, or by the geodesic if it is long and the point may be among the best.
    private func squaredDistance(to point: Int, _ squaredChord: Double) -> Double {
        if squaredChord <= Self.longestArc * Self.longestArc {
            return squaredChord + squaredChord * squaredChord * arcFactor
        }
        // The arc of the largest radius over the chord is shorter than the geodesic; confirmed with pyproj for six
        // million pairs.
        let diameter = 2 * Ellipsoid.largestRadius
        let lowest = diameter * arcSine(min(1, squaredChord.squareRoot() / diameter)) * (1 - 1e-9)
        guard lowest * lowest <= best.threshold else { return .infinity }
        let metres = place.distance(to: grid.coordinates[point])
        return metres * metres
    }
}
