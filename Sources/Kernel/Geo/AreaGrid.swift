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
        /// Whether the reference point is strictly to the left; otherwise it is collinear with the edge, which is then
        /// never crossed.
        let canBeCrossed: Bool
    }

    /// Grid values below this are the area codes of whole cells; from here on they are the numbers of mixed cells.
    static let firstMixed = 256

    private let box: BoundingBox
    private let raster: GridRaster
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    private nonisolated(unsafe) let values: UnsafePointer<UInt16>
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    private nonisolated(unsafe) let cells: UnsafePointer<MixedCell>
    // Unsafe only in the compiler's view: filled before `init` returns, never written again, freed with the object.
    private nonisolated(unsafe) let edges: UnsafePointer<CellEdge>
    /// The number of cells that borders touch.
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

    /// Walks from the point to the cell's reference point, switching the code at every edge crossed.
    ///
    /// Vertices exactly on the path count as left of it, which amounts to shifting the path slightly to the right:
    /// neither of its ends is on a border, so the shift does not change the result.
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
    /// Whether a point known to be collinear with the edge lies on it.
    @inline(__always)
    func spans(_ x: Double, _ y: Double) -> Bool {
        x >= min(startLongitude, endLongitude) && x <= max(startLongitude, endLongitude)
            && y >= min(startLatitude, endLatitude) && y <= max(startLatitude, endLatitude)
    }

    /// The lower of the two codes beside the edge, outside excepted.
    var lowestArea: UInt8 {
        left == 0 ? right : (right == 0 ? left : min(left, right))
    }

    /// Whether the ends of the edge lie on different sides of the path from a point to the cell's reference point.
    @inline(__always)
    func straddles(from x: Double, _ y: Double, to cell: AreaGrid.MixedCell) -> Bool {
        let (toX, toY) = (cell.referenceLongitude, cell.referenceLatitude)
        return (orientation(x, y, toX, toY, startLongitude, startLatitude) >= 0)
            != (orientation(x, y, toX, toY, endLongitude, endLatitude) >= 0)
    }
}
