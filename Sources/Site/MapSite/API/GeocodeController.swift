import Civic
import Gazetteer
import Geo
import Hummingbird
import NIOCore
import SiteKit

/// Geocodes what people type.
struct GeocodeController {
    let live: LiveCity
    let connection: ClientConnection
    let allowance: BatchAllowance

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get("/api/v1/geocode", use: geocode)
        routes.sharedCalls.post("/api/v1/geocode", use: geocodeMany)
    }

    @Sendable func geocode(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .geocode)
        let language = query.language(request)
        let near = query.point(required: false, city: city.snapshot.districts.bounds)
        let limit = query.limit()
        let question = query.words("q")
        try query.finish()
        guard let question else { throw Problem.badRequest("q", "missing") }
        // Yield so that all requests that arrived together are parsed first (see `YieldBeforeResponse` for the writing):
        // geocoding takes long, and the next request then finds its code and memory still in the cache.
        await Task.yield()
        return try Answer.cached(request, city, variant: language.rawValue, keeping: .client) { writer in
            let answer = city.geocoder.answer(question, near: near, limit: limit, language: language)
            writer.beginObject()
            writer.key("query")
            writer.string(question)
            writer.answer(answer, of: city.snapshot, language)
            writer.endObject()
        }
    }

    /// The maximum number of texts in one request.
    static let maxTexts = 1_000

    @Sendable func geocodeMany(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .geocodeMany)
        let language = query.language(request)
        let limit = query.limit()
        try query.finish()
        let texts = try Self.texts(try await JSONBody.array("texts", shape: "not_texts", request, context))
        var batch = BatchGeocoding(city: city, texts: texts, limit: limit, language: language)
        let reservation = try allowance.reserve(batch.maxResults, for: connection.subscriber(request, context))
        batch.allowed = reservation.count
        return Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: batch.body { used in reservation.settle(used: used) }
        )
    }

    private static func texts(_ values: [JSONValue]) throws(Problem) -> [String] {
        guard values.count <= maxTexts else {
            throw .unprocessable([.init("texts", "too_many", ["limit": String(maxTexts)])])
        }
        var texts: [String] = []
        texts.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard case .text(let text) = value else { throw .badRequest("texts", "not_texts") }
            guard text.unicodeScalars.count <= Geocoder.longestText else {
                throw .unprocessable([.init("texts[\(index)]", "too_long", ["limit": String(Geocoder.longestText)])])
            }
            guard !text.unicodeScalars.contains(where: isControl) else {
                throw .badRequest("texts[\(index)]", "not_text")
            }
            texts.append(text)
        }
        return texts
    }

    // As in a query, except that a text of several lines may contain line breaks.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\r": false
        default: scalar.value < 0x20 || scalar == "\u{7F}" || scalar == "\u{FFFD}"
        }
    }
}

extension JSONWriter {
    /// Writes how a question was understood and what was found.
    mutating func answer(_ answer: GeocodeAnswer, of snapshot: GazetteerSnapshot, _ language: Language) {
        key("parsed")
        parsed(answer.parsed)
        key("results")
        beginArray()
        for result in answer.results { self.result(result, of: snapshot, language) }
        endArray()
    }

    private mutating func parsed(_ parsed: ParsedAddress) {
        beginObject()
        key("street")
        string(parsed.street)
        key("microdistrict")
        string(parsed.microdistrict)
        key("cross_street")
        string(parsed.crossStreet)
        key("district")
        string(parsed.district)
        key("house")
        string(parsed.house)
        key("flat")
        string(parsed.flat)
        key("floor")
        string(parsed.floor)
        key("entrance")
        string(parsed.entrance)
        endObject()
    }

    private mutating func correction(_ correction: Correction) {
        beginObject()
        key("typed")
        string(correction.typed)
        key("taken")
        string(correction.taken)
        endObject()
    }

    private mutating func district(_ district: DistrictShare) {
        beginObject()
        key("slug")
        string(district.id.rawValue)
        key("share")
        number(district.share, decimals: 2)
        endObject()
    }

    private mutating func result(_ result: GeocodeResult, of snapshot: GazetteerSnapshot, _ language: Language) {
        beginObject()
        key("label")
        string(snapshot.label(of: result, language).text)
        key("kind")
        string(result.kind.rawValue)
        key("match")
        string(result.match.rawValue)
        key("confidence")
        number(result.confidence, decimals: 2)
        position(result.position)
        key("uncertainty_m")
        if let metres = result.uncertainty { number(metres, decimals: 0) } else { null() }
        key("district")
        string(result.district?.rawValue)
        key("districts")
        beginArray()
        for district in result.districtShares { self.district(district) }
        endArray()
        key("corrections")
        beginArray()
        for correction in result.corrections { self.correction(correction) }
        endArray()
        key("id")
        string(snapshot.id(of: result.subject))
        endObject()
    }
}
