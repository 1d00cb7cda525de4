import Geo

/// Clips shapes in units to the box of a tile.
struct TileClip {
    private let box: TileBox
    private let column: Int32
    private let row: Int32

    /// A tile of a level.
    init(column: Int, row: Int) {
        box = TileBox(column: column, row: row)
        self.column = Int32(column) * TileGrid.extent
        self.row = Int32(row) * TileGrid.extent
    }

    /// The parts of lines inside the tile, in units from its corner.
    func lines(_ lines: [[TilePoint]], bounds: TileBox) -> [[TilePoint]] {
        if box.contains(bounds) { return lines.map { $0.map(local) } }
        return lines.flatMap { line in
            plane.clip(line: line.map { coordinate(local($0)) }).map { $0.map(unit).withoutRepeats }
        }
        .filter { $0.count > 1 }
    }

    /// The parts of polygons inside the tile, in units from its corner.
    func area(_ polygons: [[[TilePoint]]], bounds: TileBox) -> [[[TilePoint]]] {
        if box.contains(bounds) { return polygons.map { $0.map { $0.map(local) } } }
        return polygons.flatMap { rings -> [[[TilePoint]]] in
            let rings = rings.map { $0.map(local) }
            guard let own = TileBox(around: rings[0]), meets(own) else { return [] }
            if own.west >= -TileGrid.buffer, own.north >= -TileGrid.buffer,
                own.east <= TileGrid.extent + TileGrid.buffer, own.south <= TileGrid.extent + TileGrid.buffer
            {
                return [rings]
            }
            return clipped(rings)
        }
    }

    private func clipped(_ rings: [[TilePoint]]) -> [[[TilePoint]]] {
        let closed = rings.compactMap { ring in try? Ring(ring.map(coordinate) + ring.prefix(1).map(coordinate)) }
        guard let exterior = closed.first, closed.count == rings.count else { return [] }
        return plane.clip(Polygon(exterior: exterior, holes: Array(closed.dropFirst()))).flatMap { part in
            RingRepair.polygons(part.rings.map { $0.coordinates.dropLast().map(unit) })
        }
    }

    private func meets(_ own: TileBox) -> Bool {
        own.west <= TileGrid.extent + TileGrid.buffer && own.east >= -TileGrid.buffer
            && own.north <= TileGrid.extent + TileGrid.buffer && own.south >= -TileGrid.buffer
    }

    private func local(_ point: TilePoint) -> TilePoint { TilePoint(x: point.x - column, y: point.y - row) }

    // Clipping in Geo works on degrees with north up. Dividing a level's units by a power of two brings them into that
    // range without loss.
    private static let scale = Double(sign: .plus, exponent: 22, significand: 1)

    private var plane: BoundingBox {
        let (low, high) = (Double(-TileGrid.buffer), Double(TileGrid.extent + TileGrid.buffer))
        return BoundingBox(
            west: low / Self.scale,
            south: -high / Self.scale,
            east: high / Self.scale,
            north: -low / Self.scale
        )
    }

    private func coordinate(_ point: TilePoint) -> Coordinate {
        Coordinate(longitude: Double(point.x) / Self.scale, latitude: -Double(point.y) / Self.scale)
    }

    private func unit(_ coordinate: Coordinate) -> TilePoint {
        TilePoint(
            x: Int32((coordinate.longitude * Self.scale).rounded()),
            y: Int32((-coordinate.latitude * Self.scale).rounded())
        )
    }
}
