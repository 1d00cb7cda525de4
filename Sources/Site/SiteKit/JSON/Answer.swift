import Civic
import HTTPTypes
package import Hummingbird

/// Makes API responses.
package enum Answer {
    /// A response with the JSON that a writer holds.
    package static func json(_ writer: JSONWriter, type: String = "application/json; charset=utf-8") -> Response {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .contentType, value: type))
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: writer.buffer))
    }

    /// Which caches may keep a response for a minute.
    package enum Keeping: String {
        /// Shared caches too.
        case everybody = "public, max-age=60"
        /// Only the client: the URL reveals where someone is or what they look for.
        case client = "private, max-age=60"
    }

    /// A response that is valid as long as its data: with a strong ETag, and 304 before any work is done.
    ///
    /// - Parameters:
    ///   - tag: the ETag without quotes; changes with the data and with the variant of the response.
    ///   - keeping: which caches may keep it.
    ///   - varies: the request headers that it depends on.
    package static func cached(
        _ request: Request,
        tag: String,
        type: String = "application/json; charset=utf-8",
        keeping: Keeping = .everybody,
        varies: String = "Accept-Language",
        body: () throws(Problem) -> ResponseBody
    ) throws(Problem) -> Response {
        let tag = "\"\(tag)\""
        var headers: HTTPFields = [.eTag: tag, .cacheControl: keeping.rawValue, .vary: varies]
        if EntityTags.known(request.headers, tag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        return Response(status: .ok, headers: headers, body: try body())
    }
}
