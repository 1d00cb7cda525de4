import Geo

/// What has a name and a place: institutions, stops, microdistricts and gardens as points, parks as areas.
struct NamedThings: Sendable {
    /// A named point, by its place in its list.
    enum Thing: Sendable {
        case organization(Int)
        case stop(Int)
        case microdistrict(Int)
    }

    /// A block that is a park.
    struct Park: Sendable {
        /// The block's place in the snapshot's list.
        let block: Int
        /// The park's place in the directory, where the block's park is known.
        let organization: Int?
    }

    private let things: [Thing]
    private let points: PointIndex
    private let middles: [Int]
    private let middlePoints: PointIndex
    private let parks: [Park]
    private let parkTree: PackedRTree

    init(
        _ contents: GazetteerContents,
        _ directory: OrganizationDirectory
    ) throws(GeoError) {
        var places: [(thing: Thing, position: Coordinate)] = []
        for (index, organization) in directory.organizations.enumerated() where organization.precision == .exact {
            if let position = organization.position { places.append((.organization(index), position)) }
        }
        for (index, stop) in contents.stops.enumerated() { places.append((.stop(index), stop.position)) }
        var middles: [(index: Int, position: Coordinate)] = []
        for (index, area) in contents.microdistricts.enumerated() {
            if let position = area.position { middles.append((index, position)) }
        }
        places += middles.map { (.microdistrict($0.index), $0.position) }
        things = places.map(\.thing)
        points = try PointIndex(places.map(\.position), masks: [UInt64](repeating: 0, count: places.count))
        self.middles = middles.map(\.index)
        middlePoints = try PointIndex(middles.map(\.position), masks: [UInt64](repeating: 0, count: middles.count))
        let found = ParkBlocks.find(
            in: contents.blocks,
            parks: directory.organizations.filter { $0.category == Self.parkCategory }
        )
        let parks = found.sorted { $0.key < $1.key }.map { block, park in
            Park(block: block, organization: park.flatMap { directory.index(of: $0.id) })
        }
        self.parks = parks
        parkTree = PackedRTree(parks.map { contents.blocks[$0.block].shape.boundingBox })
    }

    private static let parkCategory: Category.ID = "park"

    /// The named point nearest to a point, and how far it is in metres.
    func nearest(to point: Coordinate) -> (thing: Thing, distance: Double)? {
        points.nearest(to: point, count: 1).first.map { (things[$0.index], $0.distance) }
    }

    /// The microdistrict with the nearest middle, by its place in the address book, and how far that is in metres.
    func nearestMicrodistrict(to point: Coordinate, within metres: Double) -> (index: Int, distance: Double)? {
        middlePoints.nearest(to: point, count: 1, within: metres).first.map { (middles[$0.index], $0.distance) }
    }

    /// The park that covers a point; one that is known by name before one that only its block's description names.
    func park(at point: Coordinate, in blocks: [Block]) -> Park? {
        let covering = parkTree.search(BoundingBox(point)).map { parks[$0] }
            .filter { blocks[$0.block].shape.covers(point) }
        return covering.first { $0.organization != nil } ?? covering.first
    }
}
