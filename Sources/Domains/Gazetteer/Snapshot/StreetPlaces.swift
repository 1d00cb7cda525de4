import Geo

/// Where the streets run: a point to show for each, the districts it runs through and its line.
struct StreetPlaces: Sendable {
    /// A point on or near each street; nil where nothing tells.
    let positions: [Coordinate?]
    /// The districts that each street runs through or has houses in, by the districts' places.
    let districts: [[Int]]
    /// The line of each street, where one is known.
    let lines: [MultiLine?]

    /// The places that each street's record stands for, at least one, those with most houses first.
    let parts: [[StreetPart]]
    /// The streets whose lines lie far apart, by their places, and in how many groups.
    let separated: [(street: Int, groups: Int)]
    /// The houses that stand far from their street, by their places in the address book.
    let strayHouses: [Int]

    /// Points of the streets whose line is not known: where they cross others, their houses.
    private let points: [[Coordinate]]

    /// How much each street matters, 0 to 1: by the rank and length of its line and by its houses.
    let weights: [Double]

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
        var points = houses.indices.map { lines[$0] == nil ? houses[$0].rungs.map(\.position) : [] }
        for crossing in contents.crossings {
            for street in [crossing.firstStreet, crossing.secondStreet] {
                guard let index = indices[street] else { continue }
                crossings[index] = crossing.position
                if lines[index] == nil { points[index].append(crossing.position) }
            }
        }
        self.lines = lines
        self.points = points
        let partitions = houses.indices.map { StreetPartition(lines[$0], houses[$0].rungs) }
        let parts = partitions.enumerated().map { index, partition in
            let known = partition.parts.isEmpty ? [StreetPartition.Part()] : partition.parts
            return known.map { part in
                let isWhole = known.count == 1 && partition.strays.isEmpty
                let elsewhere = (contents.streets[index].position, crossings[index])
                return StreetPart(part, isWhole ? houses[index] : nil, else: elsewhere, map)
            }
        }
        self.parts = parts
        positions = parts.map { $0[0].position }
        districts = parts.map { Set($0.flatMap(\.districts)).sorted() }
        separated = partitions.enumerated().filter { $1.lineGroupCount > 1 }.map { ($0, $1.lineGroupCount) }
        strayHouses = partitions.flatMap { $0.strays.map(\.address) }
    }

    /// What is known of a street's course: the parts of its line; else single points.
    func traces(of street: Int) -> [[Coordinate]] { lines[street]?.lines ?? points[street].map { [$0] } }
}
