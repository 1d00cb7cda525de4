/// The address of a map tile in the XYZ scheme: zoom level, column from the west, row from the north.
public struct TileCoordinate: Hashable, Sendable {
    /// The deepest zoom level addressed.
    public static let deepestZoom = 30

    /// Zoom level, 0...30; the world is 2^zoom tiles wide and high.
    public let zoom: Int
    /// Column (x), 0 at the antimeridian, growing eastwards.
    public let column: Int
    /// Row (y), 0 at the northern edge of the projection, growing southwards.
    public let row: Int

    /// Makes an address from untrusted numbers.
    ///
    /// - Throws: `tileOutOfRange` when the zoom is not 0...30 or the tile is not in its level.
    public init(zoom: Int, column: Int, row: Int) throws(GeoError) {
        guard 0...Self.deepestZoom ~= zoom, 0..<(1 << zoom) ~= column, 0..<(1 << zoom) ~= row else {
            throw .tileOutOfRange(zoom: zoom, column: column, row: row)
        }
        self.init(trustedZoom: zoom, column: column, row: row)
    }

    /// Makes the address of the tile which holds a coordinate in degrees; latitudes are clamped.
    ///
    /// - Throws: `tileOutOfRange` when the zoom is not 0...30, or the errors of `Coordinate.validate()`.
    public init(containing coordinate: Coordinate, zoom: Int) throws(GeoError) {
        try coordinate.validate()
        guard 0...Self.deepestZoom ~= zoom else { throw .tileOutOfRange(zoom: zoom, column: 0, row: 0) }
        let (x, y) = WebMercator.unitSquare(coordinate)
        let last = Self.side(zoom) - 1
        self.init(
            trustedZoom: zoom,
            column: Int(min(last, max(0, (x * Self.side(zoom)).rounded(.down)))),
            row: Int(min(last, max(0, (y * Self.side(zoom)).rounded(.down))))
        )
    }

    private init(trustedZoom zoom: Int, column: Int, row: Int) {
        self.zoom = zoom
        self.column = column
        self.row = row
    }

    /// Number of tiles along one side of a zoom level.
    static func side(_ zoom: Int) -> Double { Double(sign: .plus, exponent: zoom, significand: 1) }

    /// The tile in degrees.
    public var bounds: BoundingBox { bounds(buffer: 0) }

    /// The tile grown on each side by a share of its width (0.1 is a tenth), in degrees, cut at the world's edge.
    public func bounds(buffer: Double) -> BoundingBox {
        let side = Self.side(zoom)
        let (x, y) = (Double(column), Double(row))
        let northWest = WebMercator.coordinate(
            unitX: max(0, (x - buffer) / side),
            unitY: max(0, (y - buffer) / side)
        )
        let southEast = WebMercator.coordinate(
            unitX: min(1, (x + 1 + buffer) / side),
            unitY: min(1, (y + 1 + buffer) / side)
        )
        return BoundingBox(
            west: northWest.longitude,
            south: southEast.latitude,
            east: southEast.longitude,
            north: northWest.latitude
        )
    }

    /// Position of a coordinate within the tile in units of 1/extent of its side, x right and y down; may lie outside.
    public func position(of coordinate: Coordinate, extent: Double = 4096) -> (x: Double, y: Double) {
        let (x, y) = WebMercator.unitSquare(coordinate)
        return ((x * Self.side(zoom) - Double(column)) * extent, (y * Self.side(zoom) - Double(row)) * extent)
    }

    /// The coordinate in degrees at a position within the tile, the inverse of `position(of:extent:)`.
    public func coordinate(x: Double, y: Double, extent: Double = 4096) -> Coordinate {
        WebMercator.coordinate(
            unitX: (x / extent + Double(column)) / Self.side(zoom),
            unitY: (y / extent + Double(row)) / Self.side(zoom)
        )
    }

    /// The tile one level up which holds this one; nil for the whole world.
    public var parent: TileCoordinate? {
        zoom == 0 ? nil : TileCoordinate(trustedZoom: zoom - 1, column: column / 2, row: row / 2)
    }

    /// The four tiles one level down, or none at the deepest level: north-west, north-east, south-west, south-east.
    public var children: [TileCoordinate] {
        guard zoom < Self.deepestZoom else { return [] }
        return [(0, 0), (1, 0), (0, 1), (1, 1)].map {
            TileCoordinate(trustedZoom: zoom + 1, column: 2 * column + $0.0, row: 2 * row + $0.1)
        }
    }

    /// All tiles of a zoom level which share a point with a box in degrees, row by row from the north-west.
    ///
    /// - Throws: `tileOutOfRange` when the zoom is not 0...30, or the errors of `Coordinate.validate()`.
    public static func covering(_ box: BoundingBox, zoom: Int) throws(GeoError) -> [TileCoordinate] {
        let first = try TileCoordinate(
            containing: Coordinate(longitude: box.west, latitude: box.north),
            zoom: zoom
        )
        let last = try TileCoordinate(
            containing: Coordinate(longitude: box.east, latitude: box.south),
            zoom: zoom
        )
        guard first.row <= last.row, first.column <= last.column else {
            throw .invertedBox(west: box.west, south: box.south, east: box.east, north: box.north)
        }
        return (first.row...last.row).flatMap { row in
            (first.column...last.column).map { TileCoordinate(trustedZoom: zoom, column: $0, row: row) }
        }
    }
}

extension TileCoordinate: CustomStringConvertible {
    /// The address as `zoom/column/row`.
    public var description: String { "\(zoom)/\(column)/\(row)" }
}
