import Hummingbird
import NIOCore
import SiteKit
import Synchronization

/// Serves the OpenAPI document, including the values that depend on the loaded city.
final class OpenAPIController: Sendable {
    private let live: LiveCity
    private let map: CityMap
    private let strings: Strings
    /// The document of the most recently requested city.
    private let kept = Mutex<(city: String, document: ByteBuffer)?>(nil)

    init(live: LiveCity, map: CityMap, strings: Strings) { (self.live, self.map, self.strings) = (live, map, strings) }

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get(RouterPath(Operation.openAPI.path), use: document)
    }

    @Sendable func document(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        try Query(request, for: .openAPI).finish()
        return try Answer.cached(request, city, variant: "openapi", varies: "Accept-Encoding") {
            () throws(Problem) -> ResponseBody in ResponseBody(byteBuffer: document(of: city))
        }
    }

    private func document(of city: City) -> ByteBuffer {
        if let kept = kept.withLock({ $0 }), kept.city == city.tag { return kept.document }
        let listings = OpenAPIListings(city.snapshot, map: map)
        let document = OpenAPIDocument(strings: strings, listings: listings).json().buffer
        kept.withLock { $0 = (city.tag, document) }
        return document
    }
}
