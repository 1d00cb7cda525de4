import Geo

/// Estimates where a house number lies along a street's line beyond the known houses.
///
/// Houses of Almaty are numbered from north to south and from east to west: this holds for 84 of the 97 streets that have
/// three or more known houses and run clearly one way (docs/geocoder.md). One number takes about twenty metres of a street.
struct StreetNumbering {
    /// The median length of street per number, metres, counting both sides.
    private static let pitch = 19.0

    private let line: MultiLine
    private let ruler: Ruler
    private let isNorthSouth: Bool
    /// The latitude or longitude, in degrees, of the end where numbering begins.
    private let origin: Double
    private let length: Double
    private let sign: Double
    private let entries: [HouseNumberIndex.Entry]

    /// - Parameters:
    ///   - line: the street's axis.
    ///   - entries: its known houses, sorted by number.
    init(_ line: MultiLine, _ entries: [HouseNumberIndex.Entry]) {
        self.line = line
        self.entries = entries
        let box = line.bounds
        let ruler = Ruler(latitude: box.south)
        self.ruler = ruler
        let width = (box.east - box.west) * ruler.metresPerDegreeOfLongitude
        let height = (box.north - box.south) * ruler.metresPerDegreeOfLatitude
        isNorthSouth = height >= width
        length = max(width, height)
        let isTurned = Self.isTurned(entries, isNorthSouth: height >= width)
        sign = isTurned ? 1 : -1
        origin =
            height >= width
            ? (isTurned ? box.south : box.north) : (isTurned ? box.west : box.east)
    }

    // Whether the known numbers increase to the north or east, against the convention.
    private static func isTurned(_ entries: [HouseNumberIndex.Entry], isNorthSouth: Bool) -> Bool {
        guard let first = entries.first, let last = entries.last, last.number - first.number >= 10 else { return false }
        return isNorthSouth
            ? last.position.latitude > first.position.latitude : last.position.longitude > first.position.longitude
    }

    /// The estimated position of a house and its uncertainty; nil when the street is too short for the number.
    func estimate(of number: Int) -> HouseNumberIndex.Estimate? {
        let below = entries.last { $0.number <= number }
        let above = entries.first { $0.number >= number }
        var metres: Double
        var reach: Double
        switch (below, above) {
        case (let below?, _):
            let steps = Double(number - below.number)
            metres = along(below.position) + steps * Self.pitch
            reach = steps * Self.pitch
        case (nil, let above?):
            metres = max(0, along(above.position)) * Double(number) / Double(above.number)
            reach = along(above.position) - metres
        case (nil, nil):
            metres = Double(number) * Self.pitch
            reach = metres
        }
        guard metres < 1.5 * length + 200 else { return nil }
        metres = min(max(metres, 0), length)
        guard let point = point(at: metres) else { return nil }
        // Nine of ten held-out houses are nearer.
        let uncertainty = entries.isEmpty ? 800 + 0.8 * abs(reach) : 600 + abs(reach)
        return HouseNumberIndex.Estimate(
            position: point,
            uncertainty: uncertainty.rounded(),
            isFromHouses: !entries.isEmpty
        )
    }

    private func along(_ point: Coordinate) -> Double {
        let degrees = (isNorthSouth ? point.latitude : point.longitude) - origin
        return sign * degrees * metresPerDegree
    }

    private var metresPerDegree: Double {
        isNorthSouth ? ruler.metresPerDegreeOfLatitude : ruler.metresPerDegreeOfLongitude
    }

    // The point of the line at this distance along the main direction; in a gap of the line, the nearest end.
    private func point(at metres: Double) -> Coordinate? {
        var best: (point: Coordinate, off: Double)?
        for part in line.lines {
            for (a, b) in zip(part, part.dropFirst()) {
                let (from, to) = (along(a), along(b))
                let share = from == to ? 0 : min(1, max(0, (metres - from) / (to - from)))
                let point = a.interpolated(to: b, share: share)
                let off = abs(along(point) - metres)
                if off < best?.off ?? .infinity { best = (point, off) }
            }
        }
        return best?.point
    }
}
