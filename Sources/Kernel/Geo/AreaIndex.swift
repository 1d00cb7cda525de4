/// Finds the area of a partition that contains a point, exactly, in tens of nanoseconds.
///
/// For a cell that no border touches, a grid over the partition gives the area directly. Any other cell lists its
/// border edges and one reference point of known area; the edges crossed on the way from the query to the reference
/// point turn one code into the other. The rule for borders: a point exactly on border edges belongs to the first of
/// the areas beside them, in input order, and never to the outside.
public struct AreaIndex: Sendable {
    /// The verified coverage the index was built from.
    public let partition: AreaPartition
    let grid: AreaGrid
    let edgeTree: PackedRTree
    let borderHints: BorderHints

    /// Builds the index.
    ///
    /// - Parameters:
    ///   - partition: The coverage to search.
    ///   - resolution: Grid cells along each side, 1...1024; halved as long as borders touch too many cells.
    /// - Throws: `bordersTooDense` when a cell has no usable reference point.
    public init(_ partition: AreaPartition, resolution: Int = 1024) throws(GeoError) {
        self.partition = partition
        let tree = PackedRTree(partition.edges.map(\.boundingBox))
        edgeTree = tree
        borderHints = BorderHints(box: partition.boundingBox) { point in
            let ruler = Ruler(latitude: point.latitude)
            return tree.nearest(to: point, count: 1) { index in
                ruler.nearest(to: point, onEdgeFrom: partition.edges[index].start, to: partition.edges[index].end).1
            }.first?.index
        }
        grid = try AreaGridBuilder.grid(for: partition, resolution: resolution)
    }

    /// Position in the input of the area which covers the point, nil outside and for NaN.
    public func area(at coordinate: Coordinate) -> Int? {
        let code = grid.code(at: coordinate)
        return code == 0 ? nil : Int(code) - 1
    }

    /// The answers of `area(at:)` for many points, in their order.
    public func areas(at coordinates: [Coordinate]) -> [Int?] { coordinates.map { area(at: $0) } }

    /// Code of the area which covers the point: its position in the input plus one, or 0 outside.
    public func code(at coordinate: Coordinate) -> UInt8 { grid.code(at: coordinate) }

    /// The answers of `code(at:)` for many points, in their order, one byte each.
    public func codes(at coordinates: [Coordinate]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: coordinates.count) { buffer, count in
            for (position, coordinate) in coordinates.enumerated() {
                buffer.initializeElement(at: position, to: grid.code(at: coordinate))
            }
            count = coordinates.count
        }
    }
}
