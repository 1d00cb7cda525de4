/// Sorts points into the cells of a `PointGrid`, choosing the size of the cells by how crowded they get.
struct PointGridBuilder {
    private let coordinates: [Coordinate]
    private let masks: [UInt64]
    private let positions: [TangentFrame.Position]

    init(_ coordinates: [Coordinate], masks: [UInt64], frame: TangentFrame) {
        self.coordinates = coordinates
        self.masks = masks
        positions = coordinates.map { frame.position(of: $0) }
    }

    func build() -> PointGrid {
        let layout = bestLayout()
        let (cells, starts) = bucket(layout)
        var next = starts
        var order = [Int32](repeating: 0, count: positions.count)
        for (index, cell) in cells.enumerated() {
            order[Int(next[Int(cell)])] = Int32(index)
            next[Int(cell)] += 1
        }
        let records = order.map { index in
            let position = positions[Int(index)]
            return PointGrid.Record(x: position.x, y: position.y, z: position.z, mask: masks[Int(index)])
        }
        return PointGrid(
            layout: layout,
            records: records,
            coordinates: order.map { coordinates[Int($0)] },
            indices: order,
            starts: starts
        )
    }

    /// Cell number of every point, and the first place of every cell in cell order.
    private func bucket(_ layout: PointGridLayout) -> (cells: [Int32], starts: [Int32]) {
        let cells = positions.map { Int32(layout.row($0.y) * layout.columns + layout.column($0.x)) }
        var starts = [Int32](repeating: 0, count: layout.cellCount + 1)
        for cell in cells { starts[Int(cell) + 1] += 1 }
        for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
        return (cells, starts)
    }

    /// Points a cell holds on average over the rectangle before crowding is looked at.
    private static let averagePerCell = 3.0
    /// Companions a point may have in its cell before smaller cells are tried.
    private static let tolerableCrowd = 12.0

    /// Starts from evenly spread points and halves the cells while that thins out real crowds.
    private func bestLayout() -> PointGridLayout {
        let count = Double(max(1, positions.count))
        var (minX, minY, maxX, maxY) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
        for position in positions {
            (minX, maxX) = (min(minX, position.x), max(maxX, position.x))
            (minY, maxY) = (min(minY, position.y), max(maxY, position.y))
        }
        if positions.isEmpty { (minX, minY, maxX, maxY) = (0, 0, 0, 0) }
        let (width, height) = (maxX - minX, maxY - minY)
        let share = Self.averagePerCell / count
        // The second term rules for points on one line, the last for points in one place.
        var size = max((width * height * share).squareRoot(), max(width, height) * share, 1e-3)
        var layout = PointGridLayout(minX: minX, minY: minY, maxX: maxX, maxY: maxY, cellSize: size)
        var crowd = crowding(layout)
        while crowd > Self.tolerableCrowd, size > 1 {
            size /= 2
            let finer = PointGridLayout(minX: minX, minY: minY, maxX: maxX, maxY: maxY, cellSize: size)
            // Empty cells cost memory and search time: at most eight a point.
            guard finer.cellCount <= 8 * positions.count + 64 else { break }
            let finerCrowd = crowding(finer)
            // Points in the very same place cannot be thinned out.
            guard finerCrowd < 0.7 * crowd else { break }
            (layout, crowd) = (finer, finerCrowd)
        }
        return layout
    }

    /// How many points share a cell with a point, averaged over points.
    private func crowding(_ layout: PointGridLayout) -> Double {
        let (_, starts) = bucket(layout)
        var pairs = 0.0
        for cell in 0..<layout.cellCount {
            let members = Double(starts[cell + 1] - starts[cell])
            pairs += members * members
        }
        return pairs / Double(max(1, positions.count))
    }
}
