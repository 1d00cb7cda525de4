/// One nearby border edge for every part of the map: an upper bound from which a search for the nearest can start.
struct BorderHints: Sendable {
    private static let side = 32

    private let box: BoundingBox
    private let edges: [Int32]

    /// - Parameters:
    ///   - box: The box to cover, degrees; points outside use the hint of the nearest cell.
    ///   - nearestEdge: Gives the position of the edge nearest to a point; called once per cell.
    init(box: BoundingBox, nearestEdge: (Coordinate) -> Int?) {
        self.box = box
        edges = (0..<Self.side * Self.side).map { cell in
            let (row, column) = cell.quotientAndRemainder(dividingBy: Self.side)
            let middle = Coordinate(
                longitude: box.west + box.width * (Double(column) + 0.5) / Double(Self.side),
                latitude: box.south + box.height * (Double(row) + 0.5) / Double(Self.side)
            )
            return Int32(nearestEdge(middle) ?? -1)
        }
    }

    /// The position of an edge near the point; nil when there is none.
    func edge(near point: Coordinate) -> Int? {
        func index(_ value: Double, from start: Double, over length: Double) -> Int {
            let share = (value - start) / length
            return share > 0 ? min(Self.side - 1, Int(min(share, 1) * Double(Self.side))) : 0
        }
        let row = index(point.latitude, from: box.south, over: box.height)
        let edge = edges[row * Self.side + index(point.longitude, from: box.west, over: box.width)]
        return edge < 0 ? nil : Int(edge)
    }
}
