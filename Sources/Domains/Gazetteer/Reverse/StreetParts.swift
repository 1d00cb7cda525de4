import Geo

/// The parts of a street's line, each oriented so that the house numbers increase along it.
struct StreetParts {
    /// The parts, WGS 84 degrees.
    let rising: [[Coordinate]]

    /// - Parameters:
    ///   - line: the street's line, with parts in any direction.
    ///   - houses: the street's known houses.
    ///   - heading: the direction in which the numbers of the whole street increase.
    init(_ line: MultiLine, _ houses: [HouseNumberIndex.Entry], _ heading: NumberingDirection) {
        let ofParts = Self.houses(houses, nearest: line.lines)
        rising = line.lines.enumerated().map { index, part in
            guard let first = part.first, let last = part.last, let box = BoundingBox(around: part) else { return part }
            // A part that runs across the street's main direction is oriented by its own houses, or by convention.
            let own = NumberingDirection(box, ofParts[index], else: heading)
            return own.along(last) < own.along(first) ? part.reversed() : part
        }
    }

    private static func houses(
        _ houses: [HouseNumberIndex.Entry],
        nearest parts: [[Coordinate]]
    ) -> [[HouseNumberIndex.Entry]] {
        if parts.count == 1 { return [houses] }
        var found = [[HouseNumberIndex.Entry]](repeating: [], count: parts.count)
        for house in houses {
            let ruler = Ruler(latitude: house.position.latitude)
            let distances = parts.map { part in
                zip(part, part.dropFirst()).reduce(Double.infinity) {
                    min($0, ruler.nearest(to: house.position, onEdgeFrom: $1.0, to: $1.1).1)
                }
            }
            if let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }) {
                found[nearest].append(house)
            }
        }
        return found
    }
}
