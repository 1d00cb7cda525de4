import Geo

/// Where the streets run: a point to show for each, the districts it runs through and its line.
struct StreetPlaces: Sendable {
    /// A point on or near each street; nil where nothing tells.
    let positions: [Coordinate?]
    /// The districts that each street runs through or has houses in, by the districts' places.
    let districts: [[Int]]
    /// The line of each street, where one is known.
    let lines: [MultiLine?]

    /// How much each street matters, 0 to 1: by the rank and length of its line and by its houses.
    let weights: [Double]

    /// So far apart a line is asked for its district, metres.
    private static let step = 60.0

    init(_ contents: GazetteerContents, indices: [Street.ID: Int], houses: [HouseLadder], districts map: DistrictMap) {
        var lines = [MultiLine?](repeating: nil, count: contents.streets.count)
        for line in contents.streetLines {
            if let street = line.street.flatMap({ indices[$0] }) { lines[street] = line.line }
        }
        var weights = houses.map { min(0.2, 0.01 * Double($0.rungs.count)) }
        for line in contents.streetLines {
            guard let street = line.street.flatMap({ indices[$0] }) else { continue }
            weights[street] += 0.1 * Double(6 - line.rank) + min(0.3, line.length / 30_000)
        }
        self.weights = weights.map { min(1, $0) }
        var crossings = [Coordinate?](repeating: nil, count: contents.streets.count)
        for crossing in contents.crossings {
            for street in [crossing.firstStreet, crossing.secondStreet] {
                if let index = indices[street] { crossings[index] = crossing.position }
            }
        }
        self.lines = lines
        positions = contents.streets.indices.map { index in
            lines[index].map(Self.middle) ?? contents.streets[index].position
                ?? houses[index].rungs.first?.position ?? crossings[index]
        }
        districts = contents.streets.indices.map { index in
            var points = houses[index].rungs.map(\.position)
            if let line = lines[index] { points += Self.points(along: line) }
            if points.isEmpty, let point = contents.streets[index].position ?? crossings[index] { points = [point] }
            return Set(points.compactMap { map.index(at: $0) }).sorted()
        }
    }

    private static func middle(of line: MultiLine) -> Coordinate {
        let measured = line.lines.map { (points: $0, length: StreetAxis.length($0)) }
        let longest = measured.max { $0.length < $1.length } ?? (line.lines[0], 0)
        return StreetAxis.middle(longest.points, length: longest.length)
    }

    private static func points(along line: MultiLine) -> [Coordinate] {
        line.lines.flatMap { part in
            zip(part, part.dropFirst()).flatMap { a, b in
                let steps = max(1, Int(Ruler(latitude: a.latitude).distance(from: a, to: b) / step))
                return (0...steps).map { a.interpolated(to: b, share: Double($0) / Double(steps)) }
            }
        }
    }
}
