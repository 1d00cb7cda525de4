import Geo

/// Things with a name and a location: institutions, stops, microdistricts and gardens as points, parks as areas.
struct NamedFeatures: Sendable {
    /// A named point, by its index in its list.
    enum Feature: Sendable {
        case organization(Int)
        case stop(Int)
        case microdistrict(Int)
    }

    /// A block that is a park.
    struct Park: Sendable {
        /// The block's index in the snapshot's list.
        let block: Int
        /// The park's index in the directory, when the park is known there.
        let organization: Int?
    }

    private let features: [Feature]
    private let points: PointIndex
    private let middles: [Int]
    private let middlePoints: PointIndex
    private let parks: [Park]
    private let parkTree: PackedRTree

    init(
        _ contents: GazetteerContents,
        _ directory: OrganizationDirectory
    ) throws(GeoError) {
        var places: [(thing: Feature, position: Coordinate)] = []
        for (index, organization) in directory.organizations.enumerated() where organization.precision == .exact {
            if let position = organization.position { places.append((.organization(index), position)) }
        }
        for (index, stop) in contents.stops.enumerated() { places.append((.stop(index), stop.position)) }
        var middles: [(index: Int, position: Coordinate)] = []
        for (index, area) in contents.microdistricts.enumerated() {
            if let position = area.position { middles.append((index, position)) }
        }
        places += middles.map { (.microdistrict($0.index), $0.position) }
        features = places.map(\.thing)
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

    /// The named point nearest to a point, and the distance in metres.
    func nearest(to point: Coordinate) -> (thing: Feature, distance: Double)? {
        points.nearest(to: point, count: 1).first.map { (features[$0.index], $0.distance) }
    }

    /// The microdistrict with the nearest centre, by its index in the address book, and the distance in metres.
    func nearestMicrodistrict(to point: Coordinate, within metres: Double) -> (index: Int, distance: Double)? {
        middlePoints.nearest(to: point, count: 1, within: metres).first.map { (middles[$0.index], $0.distance) }
    }

    /// The park that covers a point; prefers a park with a known name to one that only its block's description names.
    func park(at point: Coordinate, in blocks: [Block]) -> Park? {
        let covering = parkTree.search(BoundingBox(point)).map { parks[$0] }
            .filter { blocks[$0.block].shape.covers(point) }
        return covering.first { $0.organization != nil } ?? covering.first
    }
}
