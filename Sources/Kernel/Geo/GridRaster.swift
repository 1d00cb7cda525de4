/// The arithmetic of a square raster of cells laid over a box in degrees.
///
/// A cell is the set of points which `cell(of:)` sends to it. The function is monotone in each coordinate, so cells are
/// rectangles; their nominal sides are blurred by rounding, and `slack` is an upper bound of that blur.
struct GridRaster {
    let box: BoundingBox
    /// Cells along each side.
    let resolution: Int
    private let cellsPerLongitude: Double
    private let cellsPerLatitude: Double
    private let lastIndex: Double
    /// Upper bound in degrees of the rounding in cell sides and in points interpolated along an edge.
    let slack: Double

    init(box: BoundingBox, resolution: Int) {
        self.box = box
        self.resolution = resolution
        lastIndex = Double(resolution - 1)
        cellsPerLongitude = Double(resolution) / box.width
        cellsPerLatitude = Double(resolution) / box.height
        let largest = max(max(abs(box.west), abs(box.east)), max(abs(box.south), abs(box.north)))
        slack = 64 * largest.ulp + 1e-9 * max(box.width, box.height) / Double(resolution)
    }

    /// Column of a longitude inside the box (or the nearest column).
    @inline(__always)
    func column(_ longitude: Double) -> Int {
        Int(max(0, min(lastIndex, (longitude - box.west) * cellsPerLongitude)))
    }

    /// Row of a latitude inside the box (or the nearest row), counted from the south.
    @inline(__always)
    func row(_ latitude: Double) -> Int {
        Int(max(0, min(lastIndex, (latitude - box.south) * cellsPerLatitude)))
    }

    /// Number of the cell which holds a point, row by row from the south-west.
    @inline(__always)
    func cell(of point: Coordinate) -> Int { row(point.latitude) * resolution + column(point.longitude) }

    /// Nominal western side of a column, in degrees.
    func west(ofColumn column: Int) -> Double { box.west + box.width * Double(column) / Double(resolution) }

    /// Nominal southern side of a row, in degrees.
    func south(ofRow row: Int) -> Double { box.south + box.height * Double(row) / Double(resolution) }

    /// Calls the body with every cell the edge touches, and perhaps a few it only comes near to.
    func forEachCell(touchedByEdgeFrom a: Coordinate, to b: Coordinate, _ body: (Int) -> Void) {
        let (low, high) = a.latitude <= b.latitude ? (a, b) : (b, a)
        let (west, east) = (min(a.longitude, b.longitude), max(a.longitude, b.longitude))
        let climb = high.latitude - low.latitude
        let run = high.longitude - low.longitude
        // Interpolation magnifies the blur of a latitude by the slope of the edge.
        let blur = climb > 0 ? slack * (1 + abs(run) / climb) : 0
        for row in row(low.latitude - slack)...row(high.latitude + slack) {
            var (from, to) = (west, east)
            if climb > 0 {
                let bottom = (south(ofRow: row) - low.latitude) / climb
                let top = (south(ofRow: row + 1) - low.latitude) / climb
                let (first, second) = (low.longitude + bottom * run, low.longitude + top * run)
                // At the outermost rows the edge may end before the row does: clamp to the edge itself.
                from = min(max(min(first, second) - blur, west), east)
                to = max(min(max(first, second) + blur, east), west)
            }
            for column in column(from - slack)...column(to + slack) { body(row * resolution + column) }
        }
    }
}
