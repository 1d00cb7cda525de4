import Geo

/// Finds the points of a set that are near a place, using square cells.
struct PlaneIndex: Sendable {
    private struct Cell: Hashable {
        let column: Int
        let row: Int
    }

    private let size: Double
    private let points: [PlanePoint]
    private var cells: [Cell: [Int]] = [:]

    init(_ points: [PlanePoint], cell size: Double) {
        self.size = size
        self.points = points
        for (index, point) in points.enumerated() { cells[cell(of: point), default: []].append(index) }
    }

    /// The points within `reach` metres that fulfil a condition, in the order of the set.
    func near(_ place: PlanePoint, within reach: Double, where fits: (Int) -> Bool = { _ in true }) -> [Int] {
        let (low, high) = (
            cell(of: place - PlanePoint(x: reach, y: reach)), cell(of: place + PlanePoint(x: reach, y: reach))
        )
        var found: [Int] = []
        for row in low.row...high.row {
            for column in low.column...high.column {
                for index in cells[Cell(column: column, row: row)] ?? []
                where points[index].distance(to: place) <= reach && fits(index) {
                    found.append(index)
                }
            }
        }
        return found.sorted()
    }

    /// The distance of the nearest point that fulfils a condition; nil when there is none within `reach` metres.
    func nearestDistance(to place: PlanePoint, within reach: Double, where fits: (Int) -> Bool) -> Double? {
        near(place, within: reach, where: fits).map { points[$0].distance(to: place) }.min()
    }

    private func cell(of point: PlanePoint) -> Cell {
        Cell(column: Int((point.x / size).rounded(.down)), row: Int((point.y / size).rounded(.down)))
    }
}
