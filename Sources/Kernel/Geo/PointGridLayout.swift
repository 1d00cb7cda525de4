/// The arithmetic of a `PointGrid`: square cells over a rectangle of frame metres, eight by eight to a block.
///
/// The outermost cells also hold the stragglers beyond the rectangle, so they have no outer side.
struct PointGridLayout {
    /// South-western corner of the cells, in frame metres.
    let minX, minY: Double
    /// The true extent of the points, including stragglers.
    let fullX, fullY: ClosedRange<Double>
    /// Side of a cell in metres.
    let cellSize: Double
    let columns, rows: Int
    let blockColumns, blockRows: Int
    private let cellsPerMetre: Double
    /// Metres by which rounding may move a point across the nominal side of a cell.
    let slack: Double

    init(x: FrameInterval, y: FrameInterval, cellSize: Double) {
        (minX, minY) = (x.bulk.lowerBound, y.bulk.lowerBound)
        (fullX, fullY) = (x.full, y.full)
        self.cellSize = cellSize
        cellsPerMetre = 1 / cellSize
        let (width, height) = (x.bulk.upperBound - minX, y.bulk.upperBound - minY)
        columns = Int(width / cellSize) + 1
        rows = Int(height / cellSize) + 1
        let side = 1 << PointGrid.blockShift
        blockColumns = (columns + side - 1) / side
        blockRows = (rows + side - 1) / side
        slack = 1e-9 + 1e-12 * max(width, height)
    }

    var cellCount: Int { columns * rows }
    var blockCount: Int { blockColumns * blockRows }

    /// Column of a position, or the nearest one.
    @inline(__always)
    func column(_ x: Double) -> Int { Int(max(0, min(Double(columns - 1), (x - minX) * cellsPerMetre))) }

    /// Row of a position, or the nearest one, counted from the south.
    @inline(__always)
    func row(_ y: Double) -> Int { Int(max(0, min(Double(rows - 1), (y - minY) * cellsPerMetre))) }

    /// Number of the block which holds a cell.
    func block(ofCell cell: Int) -> Int {
        ((cell / columns) >> PointGrid.blockShift) * blockColumns + ((cell % columns) >> PointGrid.blockShift)
    }

    /// The first and last cell of every row of a block.
    func cellRuns(ofBlock block: Int) -> [(Int, Int)] {
        let side = 1 << PointGrid.blockShift
        let (firstRow, firstColumn) = (block / blockColumns * side, block % blockColumns * side)
        let lastColumn = min(firstColumn + side, columns) - 1
        return (firstRow..<min(firstRow + side, rows)).map { ($0 * columns + firstColumn, $0 * columns + lastColumn) }
    }
}
