import Gazetteer
import Geo
import Hummingbird

/// Finds places by what people type, and addresses by a point.
struct GeocodeController {
    let live: LiveCity

    func add(to router: Router<PortalContext>) {
        router.get("/api/v1/geocode", use: geocode)
        router.get("/api/v1/reverse", use: reverse)
    }

    @Sendable func geocode(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .geocode)
        let language = query.language(request)
        let near = query.point(required: false, city: city.snapshot.districts.bounds)
        let limit = query.integer("limit", in: 1...50, default: 10)
        let question = query.text("q", longest: Geocoder.longestQuestion)
        try query.finish()
        guard let question else { throw Problem.badRequest("q", "missing") }
        let answer = city.geocoder.answer(question, near: near, limit: limit, language: language)
        var writer = JSONWriter(capacity: 2_048)
        writer.beginObject()
        writer.key("query")
        writer.string(question)
        writer.key("parsed")
        writer.parsed(answer.parsed)
        writer.key("results")
        writer.beginArray()
        for result in answer.results { writer.result(result, of: city.snapshot, language) }
        writer.endArray()
        writer.endObject()
        return Answer.json(writer)
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
        let fragments = city.fragments[language]
        var writer = JSONWriter(capacity: 2_048)
        writer.beginObject()
        writer.key("inside")
        writer.bool(snapshot.districts.index(at: point) != nil)
        writer.key("results")
        writer.beginArray()
        for found in snapshot.addresses.nearest(to: point, count: limit, within: .infinity) {
            writer.address(fragments.openAddress(found.address), distance: found.distance)
        }
        writer.endArray()
        writer.endObject()
        return Answer.json(writer)
    }
}

extension JSONWriter {
    fileprivate mutating func parsed(_ parsed: ParsedQuestion) {
        beginObject()
        key("street")
        string(parsed.street)
        key("microdistrict")
        string(parsed.microdistrict)
        key("house")
        string(parsed.house)
        key("flat")
        string(parsed.flat)
        endObject()
    }

    fileprivate mutating func result(_ result: GeocodeResult, of snapshot: GazetteerSnapshot, _ language: Language) {
        beginObject()
        key("label")
        string(snapshot.label(of: result.subject, language).text)
        key("kind")
        string(result.kind.rawValue)
        key("match")
        string(result.match.rawValue)
        key("confidence")
        number(result.confidence, decimals: 2)
        position(result.position)
        key("district")
        string(result.district?.rawValue)
        key("id")
        string(snapshot.id(of: result.subject))
        endObject()
    }
}
