import Gazetteer
import HTTPTypes
import Hummingbird

/// Makes responses of the API.
enum Answer {
    static func json(_ writer: JSONWriter, type: String = "application/json; charset=utf-8") -> Response {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .contentType, value: type))
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: writer.buffer))
    }

    /// An answer that holds until the city changes: with a strong ETag, and 304 before any work.
    static func cached(
        _ request: Request,
        _ city: City,
        variant: String,
        type: String = "application/json; charset=utf-8",
        _ write: (inout JSONWriter) throws(Problem) -> Void
    ) throws(Problem) -> Response {
        let tag = "\"\(city.tag)-\(variant)\""
        let headers: HTTPFields = [
            .eTag: tag, .cacheControl: "public, max-age=60", .vary: "Accept-Language, Accept",
        ]
        if EntityTags.known(request.headers, tag) {
            return Response(status: .notModified, headers: headers)
        }
        var writer = JSONWriter(capacity: 4_096)
        try write(&writer)
        var response = json(writer, type: type)
        response.headers.append(contentsOf: headers)
        return response
    }

    static let geoJSON = "application/geo+json"

    /// Whether the reader asks for GeoJSON, by `f=geojson` or by `Accept`.
    static func wantsGeoJSON(_ request: Request, _ query: inout Query) throws(Problem) -> Bool {
        switch query.text("f") {
        case "geojson": return true
        case "json": return false
        case nil: return request.headers[.accept]?.contains(geoJSON) == true
        default: throw .badRequest("f", "not_a_choice", ["choices": "json, geojson"])
        }
    }
}
