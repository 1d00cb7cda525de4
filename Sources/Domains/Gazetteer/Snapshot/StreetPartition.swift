import Geo

/// Splits a street's record into the places it stands for.
///
/// Lines farther apart than 3 km count as different streets of one name: the widest gaps within streets that are certainly
/// one are 2.9 km (улица Жамбыла) and 2.7 km (проспект Суюнбая). A house belongs to the line near it. Houses near one
/// another and far from every line form a part without a line. A single such house is a stray: it is misplaced, or the only
/// known house of a street elsewhere, so its number says nothing about where other houses lie.
struct StreetPartition: Sendable {
    /// Lines farther apart are different streets, metres.
    static let widestGap = 3_000.0
    /// A house farther than this from a line, or from other houses that are far from all lines, does not belong to it,
    /// metres.
    static let farthestHouse = 1_500.0
    /// A part without houses that is shorter than this share of all lines is treated as a mistake in the derived lines.
    private static let leastShare = 0.1

    /// One part.
    struct Part: Sendable {
        fileprivate(set) var lines: [[Coordinate]] = []
        fileprivate(set) var houses: [HouseNumberIndex.Entry] = []

        var length: Double { lines.reduce(0) { $0 + StreetAxis.length($1) } }
    }

    /// The parts, most houses first, then longest first.
    let parts: [Part]
    /// The houses that lie far from all parts.
    let strays: [HouseNumberIndex.Entry]
    /// The number of groups of lines far from one another, including those treated as mistakes.
    let lineGroupCount: Int

    init(_ line: MultiLine?, _ houses: [HouseNumberIndex.Entry]) {
        guard let lines = line?.lines else {
            // Without a line the extent of the street is unknown.
            parts = houses.isEmpty ? [] : [Part(lines: [], houses: houses)]
            (strays, lineGroupCount) = ([], 0)
            return
        }
        let groups = Self.groups(of: lines.indices) { Self.areNear(lines[$0], lines[$1]) }
        var parts = groups.map { Part(lines: $0.map { lines[$0] }, houses: []) }
        var rest: [HouseNumberIndex.Entry] = []
        for house in houses {
            if let part = Self.nearest(to: house.position, of: parts) {
                parts[part].houses.append(house)
            } else {
                rest.append(house)
            }
        }
        let clusters = Self.groups(of: rest.indices) { one, other in
            Ruler(latitude: rest[one].position.latitude)
                .distance(from: rest[one].position, to: rest[other].position) <= Self.farthestHouse
        }.map { $0.map { rest[$0] } }
        parts += clusters.filter { $0.count > 1 }.map { Part(lines: [], houses: $0) }
        strays = clusters.filter { $0.count == 1 }.flatMap { $0 }
        lineGroupCount = groups.count
        let whole = parts.reduce(0) { $0 + $1.length }
        let measured = parts.map { (part: $0, length: $0.length) }
        self.parts = measured.filter { !$0.part.houses.isEmpty || $0.length >= Self.leastShare * whole }
            .sorted { ($0.part.houses.count, $0.length) > ($1.part.houses.count, $1.length) }.map(\.part)
    }

    // Connected groups: each member is near at least one other member.
    private static func groups(of members: Range<Int>, _ areNear: (Int, Int) -> Bool) -> [[Int]] {
        var left = Array(members)
        var groups: [[Int]] = []
        while let first = left.first {
            left.removeFirst()
            var group = [first]
            var next = 0
            while next < group.count {
                let near = left.filter { areNear(group[next], $0) }
                left.removeAll { near.contains($0) }
                group += near
                next += 1
            }
            groups.append(group.sorted())
        }
        return groups
    }

    private static func areNear(_ one: [Coordinate], _ other: [Coordinate]) -> Bool {
        // Most parts continue one another, so compare the ends first.
        if let a = one.last, let b = other.first, Ruler(latitude: a.latitude).distance(from: a, to: b) <= widestGap {
            return true
        }
        return ClosestApproach.between([one], [other], reach: widestGap) != nil
    }

    private static func nearest(to place: Coordinate, of parts: [Part]) -> Int? {
        let ruler = Ruler(latitude: place.latitude)
        var best: (part: Int, metres: Double)?
        for (index, part) in parts.enumerated() {
            for line in part.lines {
                for (a, b) in zip(line, line.dropFirst()) {
                    let metres = ruler.nearest(to: place, onEdgeFrom: a, to: b).1
                    if metres < best?.metres ?? farthestHouse { best = (index, metres) }
                }
            }
        }
        return best?.part
    }
}
