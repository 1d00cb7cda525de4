/// Finds the points nearest to a place, with a filter on attributes inside the search.
///
/// Points are sorted into the square cells of a grid over a plane tangent to the ellipsoid; each cell keeps the union
/// of its points' attribute bits, so that cells without a wanted bit are passed over. Answers are input positions.
public struct PointIndex: Sendable {
    let grid: PointGrid
    /// Separate grids for attributes that few points have, by bit; nil for the others.
    private let rareGrids: [PointGrid?]
    private let frame: TangentFrame

    /// Number of points indexed.
    public var count: Int { grid.count }

    /// Builds the index; O(n log n) at most.
    ///
    /// - Parameters:
    ///   - coordinates: The points, WGS 84 degrees, in any order; duplicates are allowed.
    ///   - masks: 64 attribute bits for each point, in the same order.
    /// - Throws: `countMismatch`, or the errors of `Coordinate.validate()`.
    public init(_ coordinates: [Coordinate], masks: [UInt64]) throws(GeoError) {
        guard coordinates.count == masks.count else {
            throw .countMismatch(expected: coordinates.count, actual: masks.count)
        }
        for coordinate in coordinates { try coordinate.validate() }
        let centre = BoundingBox(around: coordinates)?.center ?? Coordinate(longitude: 0, latitude: 0)
        frame = TangentFrame(at: centre)
        let positions = coordinates.map { [frame] in frame.position(of: $0) }
        let points = PointGridBuilder.Points(coordinates: coordinates, masks: masks, positions: positions)
        grid = PointGridBuilder.grid(over: points)
        rareGrids = (0..<64).map { Self.rareGrid(ofBit: $0, in: points) }
    }

    /// An attribute is rare enough for a grid of its own if at most one point in this many has it.
    private static let rarity = 6

    /// A grid over the points with an attribute, when they are few; nil when there are many or none.
    private static func rareGrid(ofBit bit: Int, in points: PointGridBuilder.Points) -> PointGrid? {
        let members = points.masks.indices.lazy.filter { points.masks[$0] >> UInt64(bit) & 1 == 1 }.map { Int32($0) }
        let count = members.reduce(0) { sum, _ in sum + 1 }
        guard count > 0, count * rarity <= points.masks.count else { return nil }
        return PointGridBuilder.grid(over: points, members: Array(members))
    }

    /// The smallest grid which holds every point with all bits of a mask, and the bits still to be tested.
    private func smallestGrid(for mask: UInt64) -> (PointGrid, UInt64) {
        var (best, left) = (grid, mask)
        var bits = mask
        while bits != 0 {
            let bit = bits.trailingZeroBitCount
            bits &= bits - 1
            if let rare = rareGrids[bit], rare.count < best.count { (best, left) = (rare, mask & ~(1 << UInt64(bit))) }
        }
        return (best, left)
    }

    /// The points nearest to a place in order of ground distance, equal distances in order of the input.
    ///
    /// Up to 50 km the distance is the chord between the two points corrected to an arc of the local mean radius,
    /// within 5e-8 of the geodesic; farther it is `Coordinate.distance(to:)`. The place may lie anywhere on earth.
    ///
    /// - Parameters:
    ///   - place: Where to measure from, WGS 84 degrees; NaN finds nothing.
    ///   - limit: How many points at most.
    ///   - maxMetres: Points farther than this are left out.
    ///   - mask: Attribute bits which a point must all have.
    ///   - isAccepted: A further condition on a point's position in the input; called only for points that
    ///     are among the best so far, possibly for more points than are returned.
    public func nearest(
        to place: Coordinate,
        count limit: Int,
        within maxMetres: Double = .infinity,
        requiring mask: UInt64 = 0,
        where isAccepted: ((Int) -> Bool)? = nil
    ) -> [Neighbour] {
        guard count > 0, limit > 0, maxMetres >= 0, place.longitude.isFinite, place.latitude.isFinite else { return [] }
        let (grid, mask) = smallestGrid(for: mask)
        guard grid.unionMask & mask == mask else { return [] }
        return withUnsafeTemporaryAllocation(of: NearestList.Entry.self, capacity: min(limit, grid.count)) { memory in
            var search = PointSearch(
                grid: grid,
                place: place,
                frame: frame,
                mask: mask,
                best: NearestList(in: memory, threshold: maxMetres * maxMetres)
            )
            search.run(isAccepted)
            return search.best.drain { $0.squareRoot() }
        }
    }

    /// Positions in the input of all points inside or on the sides of a box in degrees, ascending.
    ///
    /// - Parameters:
    ///   - box: The closed box.
    ///   - mask: Attribute bits which a point must all have.
    public func search(_ box: BoundingBox, requiring mask: UInt64 = 0) -> [Int] {
        var found: [Int] = []
        let (grid, mask) = smallestGrid(for: mask)
        grid.forEach(in: box, requiring: mask) { found.append($0) }
        return found.sorted()
    }
}
