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
    }

    @Sendable func suggest(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .suggest)
        let language = query.language(request)
        let near = query.point(required: false, city: city.snapshot.districts.bounds)
        let limit = query.limit()
        let text = query.words("q")
        try query.finish()
        guard let text else { throw Problem.badRequest("q", "missing") }
        let items = SuggestionItems(items: PageItems(city.snapshot, strings[language], city.facts))
        return try Answer.cached(request, city, variant: language.rawValue, keeping: .client) { writer in
            writer.beginObject()
            writer.key("query")
            writer.string(text)
            writer.key("suggestions")
            writer.beginArray()
            for suggestion in city.suggester.suggestions(for: text, near: near, limit: limit, language: language) {
                items.write(suggestion, &writer)
            }
            writer.endArray()
            writer.endObject()
        }
    }
}
