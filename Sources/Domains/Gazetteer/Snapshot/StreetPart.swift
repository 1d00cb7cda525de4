import Geo

/// One of the places that share a street's record: streets of the same name in several villages have one record.
struct StreetPart: Sendable {
    /// Its line, where one is known.
    let line: MultiLine?
    /// The houses on it, without those that lie far from it.
    let houses: HouseNumberIndex
    /// A point on or near it; nil when none can be determined.
    let position: Coordinate?
    /// The districts that it runs through or has houses in, by index.
    let districts: [Int]
}

extension StreetPart {
    /// The sampling distance along a line, metres.
    private static let step = 60.0

    /// - Parameters:
    ///   - part: its lines and houses.
    ///   - whole: the street's houses by number, when all of them belong to this part.
    ///   - fallback: points of the street's record and of one of its crossings, used for a part without lines.
    ///   - map: determines the districts.
    init(
        _ part: StreetPartition.Part,
        _ whole: HouseNumberIndex?,
        else fallback: (record: Coordinate?, crossing: Coordinate?),
        _ map: DistrictMap
    ) {
        let houseNumbers = whole ?? HouseNumberIndex(part.houses, isStreet: true)
        line = part.lines.isEmpty ? nil : try? MultiLine(part.lines)
        houses = houseNumbers
        position =
            part.lines.isEmpty
            ? fallback.record.flatMap { part.houses.isEmpty || whole != nil ? $0 : nil }
                ?? houseNumbers.entries.first?.position ?? fallback.crossing
            : Self.middle(of: part.lines)
        var points = houseNumbers.entries.map(\.position) + part.lines.flatMap(Self.steps)
        if points.isEmpty, let point = fallback.record ?? fallback.crossing { points = [point] }
        districts = Set(points.compactMap { map.index(at: $0) }).sorted()
    }

    private static func middle(of lines: [[Coordinate]]) -> Coordinate {
        let measured = lines.map { (points: $0, length: StreetAxis.length($0)) }
        let longest = measured.max { $0.length < $1.length } ?? (lines[0], 0)
        return StreetAxis.middle(longest.points, length: longest.length)
    }

    private static func steps(along line: [Coordinate]) -> [Coordinate] {
        zip(line, line.dropFirst()).flatMap { a, b in
            let steps = max(1, Int(Ruler(latitude: a.latitude).distance(from: a, to: b) / step))
            return (0...steps).map { a.interpolated(to: b, share: Double($0) / Double(steps)) }
        }
    }
}
