import Geo

/// A position in whole units of a zoom level: 4,096 per tile, x east and y south from the corner of the world.
struct TilePoint: Hashable, Sendable {
    var x: Int32
    var y: Int32
}

/// Dimensions that all tiles share.
enum TileGrid {
    /// Units along a tile's side.
    static let extent: Int32 = 4_096
    /// Units around a tile that are drawn as well, so that lines and icons are not cut off at its sides.
    static let buffer: Int32 = 64
    /// Units per pixel, with 512 pixels per tile.
    static let pixel = 8.0

    /// The side of a whole level in units; beyond zoom 18 it does not fit `Int32`.
    static func side(_ zoom: Int) -> Double { Double(extent) * Double(sign: .plus, exponent: zoom, significand: 1) }

    /// The position in units, rounded to the nearest.
    static func point(_ coordinate: Coordinate, zoom: Int) -> TilePoint {
        let (x, y) = WebMercator.unitSquare(coordinate)
        return point(x: x, y: y, zoom: zoom)
    }

    /// The same for a position in the unit square.
    static func point(x: Double, y: Double, zoom: Int) -> TilePoint {
        let side = side(zoom)
        return TilePoint(x: Int32((x * side).rounded()), y: Int32((y * side).rounded()))
    }
}

/// A tile of a level.
///
/// The numbers are not packed into one, because optimised code of Swift 6.3 loses the row when it is shifted into a
/// 64-bit number in a nested loop.
struct TilePlace: Hashable, Comparable, Sendable {
    let column: Int32
    let row: Int32

    init(column: Int, row: Int) { (self.column, self.row) = (Int32(column), Int32(row)) }

    init(_ tile: TileCoordinate) { self.init(column: tile.column, row: tile.row) }

    /// Compares row by row.
    static func < (left: TilePlace, right: TilePlace) -> Bool {
        left.row == right.row ? left.column < right.column : left.row < right.row
    }
}

/// A closed box in units.
struct TileBox: Hashable, Sendable {
    var west: Int32
    var north: Int32
    var east: Int32
    var south: Int32

    init?(around points: some Sequence<TilePoint>) {
        var iterator = points.makeIterator()
        guard let first = iterator.next() else { return nil }
        (west, north, east, south) = (first.x, first.y, first.x, first.y)
        while let point = iterator.next() {
            west = min(west, point.x)
            east = max(east, point.x)
            north = min(north, point.y)
            south = max(south, point.y)
        }
    }

    /// The box of a tile with its buffer.
    init(column: Int, row: Int) {
        west = Int32(column) * TileGrid.extent - TileGrid.buffer
        north = Int32(row) * TileGrid.extent - TileGrid.buffer
        east = west + TileGrid.extent + 2 * TileGrid.buffer
        south = north + TileGrid.extent + 2 * TileGrid.buffer
    }

    func contains(_ other: TileBox) -> Bool {
        west <= other.west && north <= other.north && east >= other.east && south >= other.south
    }

    /// The columns and rows of the tiles whose buffered box meets this one, within the level.
    func tiles(zoom: Int) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        let last = (1 << zoom) - 1
        func span(_ low: Int32, _ high: Int32) -> ClosedRange<Int>? {
            let first = max(0, Int((low - TileGrid.buffer) >> 12))
            let end = min(last, Int((high + TileGrid.buffer) >> 12))
            return first <= end ? first...end : nil
        }
        guard let columns = span(west, east), let rows = span(north, south) else { return nil }
        return (columns, rows)
    }
}
