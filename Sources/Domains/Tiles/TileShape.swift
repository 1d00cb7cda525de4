import Geo

/// A feature's shape on one zoom level, in whole units.
enum TileShape: Sendable {
    /// A position.
    case point(TilePoint)
    /// Lines, each of at least two different points.
    case lines([[TilePoint]])
    /// Polygons of open rings, the exterior first, counter-clockwise with north up, holes clockwise.
    case area([[[TilePoint]]])

    /// The points of all parts.
    var points: [TilePoint] {
        switch self {
        case .point(let point): [point]
        case .lines(let lines): lines.flatMap { $0 }
        case .area(let polygons): polygons.flatMap { $0.flatMap { $0 } }
        }
    }

    var digest: UInt64 {
        var digest = TileDigest()
        switch self {
        case .point(let point): digest.add(point)
        case .lines(let lines):
            for line in lines {
                digest.add(UInt64(line.count))
                for point in line { digest.add(point) }
            }
        case .area(let polygons):
            for ring in polygons.joined() {
                digest.add(UInt64(ring.count))
                for point in ring { digest.add(point) }
            }
        }
        return digest.value
    }
}

/// How shapes are converted to a zoom level.
struct ShapeScale {
    let zoom: Int
    /// The greatest distance of a dropped point from the drawn line, in units.
    let tolerance: Double
    /// Areas smaller than this are left out, in square units.
    let smallest: Double

    /// The shape in units, simplified; nil when it is too small to be seen.
    func shape(_ shape: TileFeature.Shape) -> TileShape? {
        switch shape {
        case .point(let position): .point(TileGrid.point(position, zoom: zoom))
        case .lines(let lines): self.lines(lines, tolerance: tolerance)
        case .area(let area): self.area(area, isSimplified: false)
        }
    }

    /// The shape of an area whose borders are already simplified.
    func coverage(_ area: MultiPolygon) -> TileShape? { self.area(area, isSimplified: true) }

    /// The shape of lines that are already simplified.
    func exact(_ lines: [[Coordinate]]) -> TileShape? { self.lines(lines, tolerance: 0) }

    private func lines(_ lines: [[Coordinate]], tolerance: Double) -> TileShape? {
        let drawn = lines.map { line in
            var points = line.map { plane($0) }
            if tolerance > 0 { points = LineSimplification.kept(points, tolerance: tolerance).map { points[$0] } }
            return points.map(Self.unit).withoutRepeats
        }
        .filter { $0.count > 1 }
        return drawn.isEmpty ? nil : .lines(drawn)
    }

    private func area(_ area: MultiPolygon, isSimplified: Bool) -> TileShape? {
        let polygons = area.polygons.flatMap { polygon -> [[[TilePoint]]] in
            let rings = polygon.rings.map { ring -> [TilePoint] in
                var points = ring.coordinates.dropLast().map { plane($0) }
                if tolerance > 0, !isSimplified {
                    points = LineSimplification.kept(ring: points, tolerance: tolerance).map { points[$0] }
                }
                return points.map(Self.unit)
            }
            return RingRepair.polygons(rings)
        }
        .filter { $0[0].doubledArea != 0 && Double($0[0].doubledArea.magnitude) >= 2 * smallest }
        return polygons.isEmpty ? nil : .area(polygons)
    }

    private func plane(_ coordinate: Coordinate) -> SIMD2<Double> {
        let (x, y) = WebMercator.unitSquare(coordinate)
        return SIMD2(x, y) * TileGrid.side(zoom)
    }

    private static func unit(_ point: SIMD2<Double>) -> TilePoint {
        TilePoint(x: Int32(point.x.rounded()), y: Int32(point.y.rounded()))
    }
}

extension [TilePoint] {
    /// The points without consecutive duplicates.
    var withoutRepeats: [TilePoint] {
        var points: [TilePoint] = []
        for point in self where points.last != point { points.append(point) }
        return points
    }

    /// Twice the area in square units: positive when the ring runs counter-clockwise with north up.
    var doubledArea: Int {
        var sum = 0
        guard var before = last else { return 0 }
        for point in self {
            sum += Int(before.x) * -Int(point.y) - Int(point.x) * -Int(before.y)
            before = point
        }
        return sum
    }
}
