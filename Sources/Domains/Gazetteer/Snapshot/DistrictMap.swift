import Civic
public import Geo

/// The districts with their borders; finds the district that contains a point.
///
/// A class, so that requests copy one reference instead of each part.
public final class DistrictMap: Sendable {
    /// The districts in the order of their numbers.
    public let all: [District]
    /// Date and checksum of the borders; equal versions mean equal borders.
    public let version: String
    /// The borders as one partition of the city.
    public let partition: AreaPartition
    /// A point inside each district, by its index in `all`, WGS 84.
    public let points: [Coordinate]
    private let index: AreaIndex
    private let adjacent: [[Int]]
    private let bySlug: [District.ID: Int]

    /// Builds the map.
    ///
    /// - Throws: `GeoError` when the districts overlap or leave a gap.
    public init(_ districts: [District]) throws(GeoError) {
        all = districts.sorted { $0.number < $1.number }
        partition = try AreaPartition(all.map(\.shape))
        index = try AreaIndex(partition)
        adjacent = Self.adjacent(in: partition, count: all.count)
        points = all.map(\.shape.pointOnSurface)
        bySlug = Dictionary(all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        version = Self.version(of: all)
    }

    /// The box around the city, degrees.
    public var bounds: BoundingBox { partition.boundingBox }

    /// The index in `all` of the district that covers a point; a point on a border belongs to the lower number.
    public func index(at point: Coordinate) -> Int? { index.area(at: point) }

    /// The district that covers a point, or nil outside the city.
    public func district(at point: Coordinate) -> District? { index.area(at: point).map { all[$0] } }

    /// The slug of the district that covers a point, without copying the district's border and texts.
    public func id(at point: Coordinate) -> District.ID? { index.area(at: point).map { all[$0].id } }

    /// The district of a point as one byte: its index in `all` plus one, or 0 outside the city.
    func code(at point: Coordinate) -> UInt8 { index.code(at: point) }

    /// The districts of many points, one byte each: the index in `all` plus one, or 0 outside the city.
    public func codes(at points: [Coordinate]) -> [UInt8] { index.codes(at: points) }

    /// The district with this slug.
    public subscript(id: District.ID) -> District? { bySlug[id].map { all[$0] } }

    /// The index in `all` of the district with this slug.
    public func index(of id: District.ID) -> Int? { bySlug[id] }

    /// The district nearest to a point outside the city, and the distance to its border in metres.
    public func nearest(to point: Coordinate) -> (district: District, distance: Double)? {
        nearestIndex(to: point).map { (all[$0.index], $0.distance) }
    }

    /// The index in `all` of the district nearest to a point outside the city, and the distance to its border in metres.
    public func nearestIndex(to point: Coordinate) -> (index: Int, distance: Double)? {
        index.nearestArea(to: point).map { ($0.index, $0.metres) }
    }

    /// The districts that share a border with this one, in the order of their numbers.
    public func neighbours(of district: District) -> [District] {
        bySlug[district.id].map { adjacent[$0].map { all[$0] } } ?? []
    }

    // For each area, the others that share an edge with it, in order.
    private static func adjacent(in partition: AreaPartition, count: Int) -> [[Int]] {
        var found = [Set<Int>](repeating: [], count: count)
        for edge in partition.edges {
            for area in edge.areas { found[area].formUnion(edge.areas) }
        }
        return found.enumerated().map { own, areas in areas.subtracting([own]).sorted() }
    }

    // A hash of the coordinates of every vertex in units of 1e-7 degrees: cheap, and the same in every run.
    private static func version(of districts: [District]) -> String {
        var hash = FNV1a.empty
        func mix(_ value: Double) { hash = FNV1a.extend(hash, by: UInt64(bitPattern: Int64((value * 1e7).rounded()))) }
        for district in districts {
            for polygon in district.shape.polygons {
                for ring in [polygon.exterior] + polygon.holes {
                    for vertex in ring {
                        mix(vertex.longitude)
                        mix(vertex.latitude)
                    }
                }
            }
        }
        let date = districts.compactMap(\.provenance.date).max() ?? "undated"
        let digits = String(hash, radix: 16)
        return date + "-" + String(repeating: "0", count: 16 - digits.count).appending(digits).prefix(8)
    }
}

extension String {
    fileprivate func appending(_ other: String) -> String { self + other }
}
