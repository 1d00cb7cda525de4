import Civic
import Gazetteer
import Geo
import Hummingbird
import NIOCore
import SiteKit

/// Finds which district a point lies in, what is there, and who is responsible.
struct ResolveController {
    /// The maximum number of points in one request.
    static let maxPoints = 10_000
    /// Resolving this many points costs about as much as geocoding one address, so they count as one batch result.
    private static let pointsAResult = 100

    let live: LiveCity
    let connection: ClientConnection
    let allowance: BatchAllowance

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get("/api/v1/resolve", use: one)
        routes.sharedCalls.post("/api/v1/resolve", use: many)
    }

    @Sendable func one(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let snapshot = city.snapshot
        var query = try Query(request, for: .resolve)
        let point = query.point(required: true, city: snapshot.districts.bounds)
        let language = query.language(request)
        try query.finish()
        guard let point else { throw Problem.notFound }
        return try Answer.cached(request, city, variant: language.rawValue, keeping: .client) { writer in
            if let index = snapshot.districts.index(at: point) {
                inside(point, index, city, language, &writer)
            } else {
                outside(point, city, language, &writer)
            }
        }
    }

    private func inside(
        _ point: Coordinate,
        _ index: Int,
        _ city: City,
        _ language: Language,
        _ writer: inout JSONWriter
    ) {
        let snapshot = city.snapshot
        let fragments = city.fragments[language]
        let place = snapshot.place(at: point, district: snapshot.districts.all[index])
        writer.beginObject()
        writer.key("inside")
        writer.bool(true)
        writer.key("district")
        writer.raw(fragments.districts[index])
        writer.key("microdistrict")
        writer.microdistrict(place.microdistrict, language)
        writer.key("address")
        if let address = place.addressIndex {
            writer.address(fragments.openAddress(address), distance: place.addressDistance ?? 0)
        } else {
            writer.null()
        }
        writer.key("authority")
        writer.raw(fragments.authorities[index])
        writer.key("boundary_version")
        writer.string(snapshot.districts.version)
        writer.endObject()
    }

    private func outside(
        _ point: Coordinate,
        _ city: City,
        _ language: Language,
        _ writer: inout JSONWriter
    ) {
        let snapshot = city.snapshot
        writer.beginObject()
        writer.key("inside")
        writer.bool(false)
        writer.key("district")
        writer.null()
        if let nearest = snapshot.districts.nearestIndex(to: point) {
            writer.key("nearest_district")
            writer.raw(city.fragments[language].districts[nearest.index])
            writer.key("distance_m")
            writer.number(nearest.distance, decimals: 1)
        }
        if point.looksSwapped(for: snapshot.districts.bounds) {
            writer.key("hint")
            writer.string("lon_lat_swapped")
        }
        writer.key("boundary_version")
        writer.string(snapshot.districts.version)
        writer.endObject()
    }

    @Sendable func many(_ request: Request, _ context: PortalContext) async throws -> Response {
        let snapshot = try live.city().snapshot
        _ = try Query(request, for: .resolveMany)
        let points = try Self.points(try await JSONBody.array("points", shape: "not_points", request, context))
        let results = (points.count + Self.pointsAResult - 1) / Self.pointsAResult
        try allowance.reserve(results, for: connection.subscriber(request, context)).settle(used: results)
        var writer = JSONWriter(capacity: 64 * points.count + 64)
        writer.beginObject()
        writer.key("results")
        writer.beginArray()
        let slugs = snapshot.districts.all.map(\.id.rawValue)
        for code in snapshot.districts.codes(at: points) {
            writer.beginObject()
            writer.key("inside")
            writer.bool(code != 0)
            writer.key("district")
            writer.string(code == 0 ? nil : slugs[Int(code) - 1])
            writer.endObject()
        }
        writer.endArray()
        writer.key("boundary_version")
        writer.string(snapshot.districts.version)
        writer.endObject()
        return Answer.json(writer)
    }

    private static func points(_ pairs: [JSONValue]) throws(Problem) -> [Coordinate] {
        guard pairs.count <= maxPoints else {
            throw .unprocessable([.init("points", "too_many", ["limit": String(maxPoints)])])
        }
        var points: [Coordinate] = []
        points.reserveCapacity(pairs.count)
        for (index, pair) in pairs.enumerated() {
            guard case .array(let numbers) = pair, numbers.allSatisfy(\.isNumber) else {
                throw .badRequest("points", "not_points")
            }
            guard numbers.count == 2, let longitude = numbers[0].double, let latitude = numbers[1].double,
                let point = try? Coordinate(validatingLongitude: longitude, latitude: latitude)
            else {
                throw .unprocessable([.init("points[\(index)]", "not_a_point")])
            }
            points.append(point)
        }
        return points
    }
}
