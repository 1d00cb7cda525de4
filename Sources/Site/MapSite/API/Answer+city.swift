import Civic
import HTTPTypes
import Hummingbird
import SiteKit

extension Answer {
    /// A response that is valid until the city changes: with a strong ETag, and 304 before any work is done.
    ///
    /// - Parameters:
    ///   - variant: distinguishes this response from others of the same URL.
    ///   - keeping: which caches may keep it.
    ///   - varies: the request headers that it depends on.
    static func cached(
        _ request: Request,
        _ city: City,
        variant: String,
        type: String = "application/json; charset=utf-8",
        keeping: Keeping = .everybody,
        varies: String = "Accept-Language",
        _ write: (inout JSONWriter) throws(Problem) -> Void
    ) throws(Problem) -> Response {
        try cached(request, city, variant: variant, type: type, keeping: keeping, varies: varies) {
            () throws(Problem) -> ResponseBody in
            var writer = JSONWriter(capacity: 4_096)
            try write(&writer)
            return ResponseBody(byteBuffer: writer.buffer)
        }
    }

    /// The same for a body that is made differently, for instance in chunks.
    static func cached(
        _ request: Request,
        _ city: City,
        variant: String,
        type: String = "application/json; charset=utf-8",
        keeping: Keeping = .everybody,
        varies: String = "Accept-Language",
        body: () throws(Problem) -> ResponseBody
    ) throws(Problem) -> Response {
        try cached(
            request,
            tag: "\(city.tag)-\(variant)",
            type: type,
            keeping: keeping,
            varies: varies,
            body: body
        )
    }

    /// The `Vary` value of responses that are available as JSON and as GeoJSON.
    static let variesByType = "Accept-Language, Accept"

    static let geoJSON = "application/geo+json"

    /// Whether the client asks for GeoJSON, by `f=geojson` or by `Accept`.
    static func wantsGeoJSON(_ request: Request, _ query: inout Query) -> Bool {
        if query.text("f") != nil { return query.choice("f") == "geojson" }
        return Negotiation.prefers(geoJSON, to: "application/json", request.headers)
    }
}
