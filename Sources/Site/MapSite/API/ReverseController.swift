import Civic
import Gazetteer
import Geo
import Hummingbird
import SiteKit

/// Finds what is near a pin: addresses, the street and its side, the crossing, the microdistrict, the nearest named thing.
struct ReverseController {
    let live: LiveCity

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get("/api/v1/reverse", use: reverse)
        routes.sharedCalls.post("/api/v1/reverse", use: reversePosted)
    }

    @Sendable func reverse(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let call = try Call(Query(request, for: .reverse), request, city)
        return try Answer.cached(request, city, variant: call.language.rawValue, keeping: .client) { writer in
            write(call, city, &writer)
        }
    }

    @Sendable func reversePosted(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let call = try Call(try await Query(postedIn: request, for: .reverseForm), request, city)
        var writer = JSONWriter(capacity: 4_096)
        write(call, city, &writer)
        return Answer.json(writer)
    }

    private func write(_ call: Call, _ city: City, _ writer: inout JSONWriter) {
        let answer = city.snapshot.reverse(at: call.point, limit: call.limit)
        ReverseItems(city: city, language: call.language).write(answer, at: call.point, &writer)
    }
}

/// The parameters of a call.
private struct Call {
    let point: Coordinate
    let limit: Int
    let language: Language

    init(_ query: Query, _ request: Request, _ city: City) throws(Problem) {
        var query = query
        language = query.language(request)
        let point = query.point(required: true, city: city.snapshot.districts.bounds)
        limit = query.limit()
        try query.finish()
        guard let point else { throw .notFound }
        self.point = point
    }
}
