/// Sorts points into the cells of a `PointGrid`, choosing the size of the cells by how crowded they get.
struct PointGridBuilder {
    /// The points of an index with what every grid over some of them needs.
    struct Points {
        let coordinates: [Coordinate]
        let masks: [UInt64]
        let positions: [TangentFrame.Position]
    }

    private let points: Points
    /// The points to sort, as positions in the input.
    private let members: [Int32]

    /// The grid over the named points, or over all of them.
    static func grid(over points: Points, members: [Int32]? = nil) -> PointGrid {
        PointGridBuilder(points: points, members: members ?? points.coordinates.indices.map { Int32($0) }).build()
    }

    private func build() -> PointGrid {
        let layout = bestLayout()
        let (cells, starts) = bucket(layout)
        var next = starts
        var order = members
        for (index, cell) in zip(members, cells) {
            order[Int(next[Int(cell)])] = index
            next[Int(cell)] += 1
        }
        let records = order.map { index in
            let position = points.positions[Int(index)]
            return PointGrid.Record(x: position.x, y: position.y, z: position.z, mask: points.masks[Int(index)])
        }
        let coordinates = order.map { points.coordinates[Int($0)] }
        return PointGrid(layout: layout, records: records, coordinates: coordinates, indices: order, starts: starts)
    }

    /// Cell number of every point, and the first place of every cell in cell order.
    private func bucket(_ layout: PointGridLayout) -> (cells: [Int32], starts: [Int32]) {
        let cells = members.map { index in
            let position = points.positions[Int(index)]
            return Int32(layout.row(position.y) * layout.columns + layout.column(position.x))
        }
        var starts = [Int32](repeating: 0, count: layout.cellCount + 1)
        for cell in cells { starts[Int(cell) + 1] += 1 }
        for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
        return (cells, starts)
    }

    /// The average number of points in a cell of the rectangle before crowding is considered.
    private static let averagePerCell = 3.0
    /// How many points may share a cell with a point, on average, before smaller cells are tried.
    private static let tolerableCrowd = 10.0

    /// Starts with the cell size for evenly spread points and shrinks it as long as that relieves real crowding.
    private func bestLayout() -> PointGridLayout {
        let all = members.lazy.map { points.positions[Int($0)] }
        let (x, y) = (FrameInterval.holding(all.map(\.x)), FrameInterval.holding(all.map(\.y)))
        let (width, height) = (x.bulk.upperBound - x.bulk.lowerBound, y.bulk.upperBound - y.bulk.lowerBound)
        let share = Self.averagePerCell / Double(max(1, members.count))
        // The second term decides for points on one line, the last for points in one place.
        var size = max((width * height * share).squareRoot(), max(width, height) * share, 1e-3)
        var layout = PointGridLayout(x: x, y: y, cellSize: size)
        var crowd = crowding(layout)
        while crowd > Self.tolerableCrowd, size > 1 {
            size /= 2.squareRoot()
            let finer = PointGridLayout(x: x, y: y, cellSize: size)
            // Empty cells cost memory and search time: at most eight per point.
            guard finer.cellCount <= 8 * members.count + 64 else { break }
            let finerCrowd = crowding(finer)
            // Points at exactly the same place cannot be separated by smaller cells.
            guard finerCrowd < 0.85 * crowd else { break }
            (layout, crowd) = (finer, finerCrowd)
        }
        return layout
    }

    /// How many points share a cell with a point, averaged over all points.
    private func crowding(_ layout: PointGridLayout) -> Double {
        let (_, starts) = bucket(layout)
        var pairs = 0.0
        for cell in 0..<layout.cellCount {
            let members = Double(starts[cell + 1] - starts[cell])
            pairs += members * members
        }
        return pairs / Double(max(1, members.count))
    }
}
