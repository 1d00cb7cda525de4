/// The grid of an `AreaIndex`: flat, immutable, read through pointers so that a lookup costs no reference counting.
final class AreaGrid: Sendable {
    /// A cell touched by borders.
    struct MixedCell {
        let referenceLongitude: Double
        let referenceLatitude: Double
        let firstEdge: Int32
        let endEdge: Int32
        let referenceCode: UInt8
    }

    /// A border edge as seen from one cell, directed so that the cell's reference point is not to its right.
    struct CellEdge {
        let startLongitude, startLatitude, endLongitude, endLatitude: Double
        let left, right: UInt8
        /// Whether the reference is strictly to the left; else it is in line with the edge, which is never crossed.
        let canBeCrossed: Bool
    }

    /// Below this a grid value is the code of a whole cell, from here on the number of a mixed cell.
    static let firstMixed = 256

    private let box: BoundingBox
    private let raster: GridRaster
    // Unsafe to the compiler alone: filled before `init` returns, never written again, freed with the object.
    private nonisolated(unsafe) let values: UnsafePointer<UInt16>
    // Unsafe to the compiler alone: filled before `init` returns, never written again, freed with the object.
    private nonisolated(unsafe) let cells: UnsafePointer<MixedCell>
    // Unsafe to the compiler alone: filled before `init` returns, never written again, freed with the object.
    private nonisolated(unsafe) let edges: UnsafePointer<CellEdge>
    /// How many cells borders touch.
    let mixedCellCount: Int
    /// Cells along each side.
    var resolution: Int { raster.resolution }

    init(raster: GridRaster, values: [UInt16], cells: [MixedCell], edges: [CellEdge]) {
        self.raster = raster
        box = raster.box
        mixedCellCount = cells.count
        self.values = UnsafePointer(copying: values)
        self.cells = UnsafePointer(copying: cells)
        self.edges = UnsafePointer(copying: edges)
    }

    deinit {
        values.deallocate()
        cells.deallocate()
        edges.deallocate()
    }

    /// Code of the area at a point; 0 outside and for NaN.
    @inline(__always)
    func code(at point: Coordinate) -> UInt8 {
        guard box.contains(point) else { return 0 }
        let value = Int(values[raster.cell(of: point)])
        return value < Self.firstMixed
            ? UInt8(truncatingIfNeeded: value)
            : code(at: point, in: cells[value - Self.firstMixed])
    }

    /// Walks from the point to the cell's reference, exchanging the code at every edge crossed.
    ///
    /// Vertices exactly on the way count as left of it, which amounts to shifting the way a hair to the right: both
    /// its ends are off all borders, so the shift changes no answer.
    private func code(at point: Coordinate, in cell: MixedCell) -> UInt8 {
        let (x, y) = (point.longitude, point.latitude)
        var code = cell.referenceCode
        var lowestTouching: UInt8 = .max
        var isOnBorder = false
        for index in Int(cell.firstEdge)..<Int(cell.endEdge) {
            let edge = edges[index]
            let side = orientation(
                edge.startLongitude,
                edge.startLatitude,
                edge.endLongitude,
                edge.endLatitude,
                x,
                y
            )
            if side > 0 { continue }
            if side == 0 {
                guard edge.spans(x, y) else { continue }
                isOnBorder = true
                lowestTouching = min(lowestTouching, edge.lowestArea)
            } else if edge.canBeCrossed, edge.straddles(from: x, y, to: cell) {
                code ^= edge.left ^ edge.right
            }
        }
        return isOnBorder ? lowestTouching : code
    }
}

extension AreaGrid.CellEdge {
    /// Whether a point known to be in line with the edge lies on it.
    @inline(__always)
    func spans(_ x: Double, _ y: Double) -> Bool {
        x >= min(startLongitude, endLongitude) && x <= max(startLongitude, endLongitude)
            && y >= min(startLatitude, endLatitude) && y <= max(startLatitude, endLatitude)
    }

    /// The lower of the two codes beside the edge which is not outside.
    var lowestArea: UInt8 {
        left == 0 ? right : (right == 0 ? left : min(left, right))
    }

    /// Whether the ends of the edge lie on different sides of the way from a point to the cell's reference.
    @inline(__always)
    func straddles(from x: Double, _ y: Double, to cell: AreaGrid.MixedCell) -> Bool {
        let (toX, toY) = (cell.referenceLongitude, cell.referenceLatitude)
        return (orientation(x, y, toX, toY, startLongitude, startLatitude) >= 0)
            != (orientation(x, y, toX, toY, endLongitude, endLatitude) >= 0)
    }
}
