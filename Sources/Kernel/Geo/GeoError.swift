/// What can be wrong with geometry handed to this module; every case carries the evidence.
public enum GeoError: Error, Hashable, Sendable {
    /// A coordinate holds NaN or an infinity.
    case notFinite(longitude: Double, latitude: Double)
    /// A longitude lies outside -180...180 degrees.
    case longitudeOutOfRange(Double)
    /// A latitude lies outside -90...90 degrees.
    case latitudeOutOfRange(Double)
    /// A box has its south above its north or its west beyond its east, in degrees.
    case invertedBox(west: Double, south: Double, east: Double, north: Double)
    /// A ring needs four points, the last repeating the first.
    case ringTooShort(points: Int)
    /// The last point of a ring differs from its first.
    case ringNotClosed(first: Coordinate, last: Coordinate)
    /// All points of a ring lie on one line, so it encloses nothing.
    case ringWithoutInterior(first: Coordinate)
    /// A line needs two points.
    case lineTooShort(points: Int)
    /// All points of a line are the same, so it leads nowhere.
    case lineWithoutLength(at: Coordinate)
    /// A geometry or collection which needs at least one part has none.
    case empty
    /// A partition holds more areas than a one-byte code can name (255).
    case tooManyAreas(Int)
    /// The areas do not form a coverage.
    case notACoverage(CoverageFault)
    /// No point off every border could be found in a grid cell, because its borders lie too close together.
    case bordersTooDense(near: Coordinate)
    /// A tile address lies outside its zoom level, or the zoom level outside 0...30.
    case tileOutOfRange(zoom: Int, column: Int, row: Int)
    /// Two parallel arrays differ in length.
    case countMismatch(expected: Int, actual: Int)
}

/// Why a set of areas is not a coverage, with the place and the areas (indices in the input) to look at.
public enum CoverageFault: Hashable, Sendable {
    /// Two areas (or two rings of one) run along the same edge in the same direction, so they overlap.
    case duplicateEdge(from: Coordinate, to: Coordinate, areas: [Int])
    /// Two edges cross at an inner point of both.
    case crossing(first: [Coordinate], second: [Coordinate], areas: [Int])
    /// A vertex lies in the middle of another area's edge, which lacks that vertex.
    case tJunction(vertex: Coordinate, edge: [Coordinate], areas: [Int])
    /// The two sides of the borders around a point contradict each other: areas overlap or are nested.
    case overlap(at: Coordinate, areas: [Int])
    /// A bounded uncovered face lies between two or more areas; `squareMetres` is its ground area.
    case gap(at: Coordinate, areas: [Int], squareMetres: Double)
}
