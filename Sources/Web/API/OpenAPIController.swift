import Hummingbird

/// Describes the API to programs, with the words that the loaded city knows.
struct OpenAPIController {
    let live: LiveCity
    let map: CityMap
    let strings: Strings

    func add(to router: Router<PortalContext>) {
        router.get(RouterPath(Operation.openAPI.path), use: document)
    }

    @Sendable func document(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        try Query(request, for: .openAPI).finish()
        return try Answer.cached(request, city, variant: "openapi", varies: "Accept-Encoding") { writer in
            writer = OpenAPIDocument(strings: strings, listings: OpenAPIListings(city.snapshot, map: map)).json()
        }
    }
}
