import Gazetteer
import Geo
import Hummingbird

/// What is near a pin: addresses, the street and its side, the crossing, the microdistrict, the nearest named thing.
struct ReverseController {
    let live: LiveCity

    func add(to router: Router<PortalContext>) {
        router.get("/api/v1/reverse", use: reverse)
    }

    @Sendable func reverse(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let snapshot = city.snapshot
        var query = try Query(request, for: .reverse)
        let language = query.language(request)
        let point = query.point(required: true, city: snapshot.districts.bounds)
        let limit = query.integer("limit", in: 1...50, default: 5)
        try query.finish()
        guard let point else { throw Problem.notFound }
        var writer = JSONWriter(capacity: 4_096)
        let answer = snapshot.reverse(at: point, limit: limit)
        ReverseItems(city: city, language: language).write(answer, at: point, &writer)
        return Answer.json(writer)
    }
}
