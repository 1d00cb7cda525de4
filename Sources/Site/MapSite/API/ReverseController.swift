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
    }

    @Sendable func reverse(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let snapshot = city.snapshot
        var query = try Query(request, for: .reverse)
        let language = query.language(request)
        let point = query.point(required: true, city: snapshot.districts.bounds)
        let limit = query.limit()
        try query.finish()
        guard let point else { throw Problem.notFound }
        return try Answer.cached(request, city, variant: language.rawValue, keeping: .client) { writer in
            let answer = snapshot.reverse(at: point, limit: limit)
            ReverseItems(city: city, language: language).write(answer, at: point, &writer)
        }
    }
}
