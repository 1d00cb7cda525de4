import Civic
import Gazetteer
import Geo
import Hummingbird
import SiteKit

/// Autocompletes what is being typed: places, institutions and categories.
struct SuggestController {
    let live: LiveCity
    let strings: StringCatalogue

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get("/api/v1/suggest", use: suggest)
        routes.sharedCalls.post("/api/v1/suggest", use: suggestPosted)
    }

    @Sendable func suggest(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let call = try Call(Query(request, for: .suggest), request, city)
        return try Answer.cached(request, city, variant: call.language.rawValue, keeping: .client) { writer in
            write(call, city, &writer)
        }
    }

    @Sendable func suggestPosted(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let call = try Call(try await Query(postedIn: request, for: .suggestForm), request, city)
        var writer = JSONWriter(capacity: 4_096)
        write(call, city, &writer)
        return Answer.json(writer)
    }

    private func write(_ call: Call, _ city: City, _ writer: inout JSONWriter) {
        let items = SuggestionItems(items: PageItems(city.snapshot, strings[call.language], city.facts))
        let suggestions = city.suggester.suggestions(
            for: call.text,
            near: call.near,
            limit: call.limit,
            language: call.language
        )
        writer.beginObject()
        writer.key("query")
        writer.string(call.text)
        writer.key("suggestions")
        writer.beginArray()
        for suggestion in suggestions { items.write(suggestion, &writer) }
        writer.endArray()
        writer.endObject()
    }
}

/// The parameters of a call.
private struct Call {
    let text: String
    let near: Coordinate?
    let limit: Int
    let language: Language

    init(_ query: Query, _ request: Request, _ city: City) throws(Problem) {
        var query = query
        language = query.language(request)
        near = query.point(required: false, city: city.snapshot.districts.bounds)
        limit = query.limit()
        let text = query.words("q")
        try query.finish()
        guard let text else { throw .badRequest("q", "missing") }
        self.text = text
    }
}
