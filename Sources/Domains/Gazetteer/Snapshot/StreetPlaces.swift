import Geo

/// The course of each street: a point to show, the districts it runs through and its line.
struct StreetPlaces: Sendable {
    /// A point on or near each street; nil when none can be determined.
    let positions: [Coordinate?]
    /// The districts that each street runs through or has houses in, by index.
    let districts: [[Int]]
    /// The line of each street, where one is known.
    let lines: [MultiLine?]

    /// The places that share each street's record, at least one, most houses first.
    let parts: [[StreetPart]]
    /// The streets whose lines lie far apart, by index, with the number of groups.
    let separated: [(street: Int, groups: Int)]
    /// The houses that lie far from their street, by their indexes in the address book.
    let strayHouses: [Int]

    /// Points of the streets without a known line: their crossings and houses.
    private let points: [[Coordinate]]

    /// The importance of each street, 0 to 1, from the rank and length of its line and its number of houses.
    let weights: [Double]

    init(
        _ contents: GazetteerContents,
        indices: [Street.ID: Int],
        houses: [HouseNumberIndex],
        districts map: DistrictMap
    ) {
        var lines = [MultiLine?](repeating: nil, count: contents.streets.count)
        for line in contents.streetLines {
            if let street = line.street.flatMap({ indices[$0] }) { lines[street] = line.line }
        }
        var weights = houses.map { houses in
            let known = RankingWeights.importancePerHouse.value * Double(houses.entries.count)
            return min(RankingWeights.importanceOfHouses.value, known)
        }
        for line in contents.streetLines {
            guard let street = line.street.flatMap({ indices[$0] }) else { continue }
            weights[street] +=
                RankingWeights.importancePerRank.value * Double(6 - line.rank)
                + min(
                    RankingWeights.importanceOfLength.value,
                    line.length / RankingWeights.metresOfImportance.value
                )
        }
        self.weights = weights.map { min(1, $0) }
        var crossings = [Coordinate?](repeating: nil, count: contents.streets.count)
        var points = houses.indices.map { lines[$0] == nil ? houses[$0].entries.map(\.position) : [] }
        for crossing in contents.crossings {
            for street in [crossing.firstStreet, crossing.secondStreet] {
                guard let index = indices[street] else { continue }
                crossings[index] = crossing.position
                if lines[index] == nil { points[index].append(crossing.position) }
            }
        }
        self.lines = lines
        self.points = points
        let partitions = houses.indices.map { StreetPartition(lines[$0], houses[$0].entries) }
        let parts = partitions.enumerated().map { index, partition in
            let known = partition.parts.isEmpty ? [StreetPartition.Part()] : partition.parts
            return known.map { part in
                let isWhole = known.count == 1 && partition.strays.isEmpty
                let fallback = (contents.streets[index].position, crossings[index])
                return StreetPart(part, isWhole ? houses[index] : nil, else: fallback, map)
            }
        }
        self.parts = parts
        positions = parts.map { $0[0].position }
        districts = parts.map { Set($0.flatMap(\.districts)).sorted() }
        separated = partitions.enumerated().filter { $1.lineGroupCount > 1 }.map { ($0, $1.lineGroupCount) }
        strayHouses = partitions.flatMap { $0.strays.map(\.address) }
    }

    /// The known course of a street: the parts of its line, or else single points.
    func traces(of street: Int) -> [[Coordinate]] { lines[street]?.lines ?? points[street].map { [$0] } }
}
