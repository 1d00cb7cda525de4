import Civic
import Foundation
import Gazetteer
import Geo
import HTTPTypes
import Hummingbird
import SiteKit

/// The pages for people, each under `/kk`, `/ru` and `/en`.
struct PagesController {
    /// Makes a page.
    private typealias Make = @Sendable (PageRequest, City) throws -> any PageModel

    let live: LiveCity
    let pages: PageRenderer
    /// Finished pages for readers who are not signed in; nil keeps none.
    let cache: PageCache?

    func add(to routes: SiteRoutes) {
        routes.documents.get("/") { request, _ in
            Self.redirect(to: Link(language: LanguageChoice.home(request)).home)
        }
        routes.documents.get("/api/docs", use: developers)
        for routes in routes.pages {
            routes.get("/", answer(home) { _ in .data })
            // Search results are specific to one reader, so they are not cached.
            routes.get("/search", answer(search) { _ in nil })
            routes.get("/map", answer(map, lifetime: Self.mapLifetime))
            routes.get("/directory", answer(directory) { _ in .data })
            routes.get("/directory/:category", answer(category) { _ in .data })
            // The page says whether the institution is open now, so it is cached only until the minute ends.
            routes.get("/organizations/:id", answer(organization) { _ in .minute })
            routes.get("/districts", answer(districts) { _ in .data })
            routes.get("/districts/:slug", answer(district) { _ in .data })
        }
    }

    /// Answers with a page, from the cache where it is the same for everybody who is not signed in.
    ///
    /// - Parameter lifetime: how long the page stays the same; nil for a page that is specific to one reader.
    private func answer(
        _ make: @escaping Make,
        lifetime: @escaping @Sendable (Request) -> PageCache.Lifetime?
    ) -> @Sendable (PageRequest) async throws -> Response {
        { request in
            let city = try live.city()
            guard let cache, request.visitor.session == nil, let lifetime = lifetime(request.request) else {
                return pages.page(try make(request, city), for: request)
            }
            let everybody = request.addressOnly
            return try await cache.response(
                to: request.request.headers,
                for: .init(address: request.request.uri.string, language: request.language.rawValue),
                version: city.tag,
                lifetime: lifetime
            ) { pages.rendered(try make(everybody, city), for: everybody) }
        }
    }

    // A place that a reader typed or pinned is private to that reader, and «open now» changes with time.
    private static func mapLifetime(_ request: Request) -> PageCache.Lifetime? {
        let names = request.uri.queryParameters
        if names["q"] != nil || names["pin"] != nil { return nil }
        return names["open"] == nil ? .data : .minute
    }

    private func items(_ city: City, _ request: PageRequest) -> PageItems {
        PageItems(city.snapshot, pages.strings[request.language], city.facts)
    }

    @Sendable private func home(_ request: PageRequest, _ city: City) throws -> any PageModel {
        HomePage(items: items(city, request))
    }

    @Sendable private func search(_ request: PageRequest, _ city: City) throws -> any PageModel {
        SearchPage(
            items: items(city, request),
            suggester: city.suggester,
            question: try Self.value("q", request.request)
        )
    }

    @Sendable private func map(_ request: PageRequest, _ city: City) throws -> any PageModel {
        MapPage(
            items: items(city, request),
            suggester: city.suggester,
            request: try Self.mapRequest(request.request, city.snapshot)
        )
    }

    @Sendable private func directory(_ request: PageRequest, _ city: City) throws -> any PageModel {
        DirectoryPage(items: items(city, request), district: try Self.district(request.request, city.snapshot))
    }

    @Sendable private func category(_ request: PageRequest, _ city: City) throws -> any PageModel {
        let id = Gazetteer.Category.ID(request.parameter("category"))
        guard let node = city.snapshot.directory.categories[id] else { throw Problem.notFound }
        let district = try Self.district(request.request, city.snapshot)
        let start = try Self.value("cursor", request.request).flatMap { Cursor($0)?.start } ?? 0
        return CategoryPage(items: items(city, request), node, district: district, start: start)
    }

    @Sendable private func organization(_ request: PageRequest, _ city: City) throws -> any PageModel {
        let id = Organization.ID(request.parameter("id"))
        guard let index = city.snapshot.directory.index(of: id) else { throw Problem.notFound }
        return OrganizationPage(items: items(city, request), index: index)
    }

    @Sendable private func districts(_ request: PageRequest, _ city: City) throws -> any PageModel {
        DistrictsPage(items: items(city, request))
    }

    @Sendable private func district(_ request: PageRequest, _ city: City) throws -> any PageModel {
        guard let district = city.snapshot.districts[.init(request.parameter("slug"))] else {
            throw Problem.notFound
        }
        return DistrictPage(items: items(city, request), district)
    }

    @Sendable private func developers(_ request: Request, _ context: PortalContext) async throws -> Response {
        let request = PageRequest(request: request, context: context, language: pages.language(of: request))
        return pages.page(DevelopersPage(words: pages.strings[request.language]), for: request)
    }

    // The language differs between readers, so the redirect must not be cached.
    private static func redirect(to address: String) -> Response {
        var response = Response.redirect(to: address, type: .found)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    // Include empty text: submitting an empty box differs from opening the page.
    private static func typed(_ name: String, _ request: Request) throws(Problem) -> [String] {
        var values: [String] = []
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == name else { continue }
            guard let value = PercentDecoding.component(parts[1].utf8) else {
                throw .badRequest(name, "not_text")
            }
            values.append(value)
        }
        return values
    }

    private static func value(_ name: String, _ request: Request) throws(Problem) -> String? {
        try typed(name, request).first.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func district(_ request: Request, _ snapshot: GazetteerSnapshot) throws(Problem) -> District? {
        guard let slug = try value("district", request) else { return nil }
        guard let district = snapshot.districts[.init(slug)] else { throw .notFound }
        return district
    }

    private static func mapRequest(
        _ request: Request,
        _ snapshot: GazetteerSnapshot
    ) throws(Problem) -> MapPage.Request {
        var wanted = MapPage.Request()
        wanted.question = try value("q", request)
        let categories = try typed("category", request).filter { !$0.isEmpty }
        for category in categories where snapshot.directory.categories[.init(category)] == nil { throw .notFound }
        wanted.filter.categories = categories.map { .init($0) }
        wanted.filter.district = try district(request, snapshot)?.id
        wanted.filter.isOpenNow = try value("open", request) == "1"
        wanted.organization = try value("organization", request).map { .init($0) }
        if let pin = try value("pin", request) {
            let numbers = pin.split(separator: ",").map { Double($0) }
            wanted.pin = numbers.count == 2 ? point(numbers[0], numbers[1]) : nil
            wanted.isBroken = wanted.pin == nil
        }
        wanted.view = point(
            try value("lon", request).flatMap(Double.init),
            try value("lat", request).flatMap(Double.init)
        )
        wanted.zoom = try value("z", request).flatMap(Double.init).flatMap { (0...22).contains($0) ? $0 : nil }
        return wanted
    }

    private static func point(_ longitude: Double?, _ latitude: Double?) -> Coordinate? {
        guard let longitude, let latitude else { return nil }
        return try? Coordinate(validatingLongitude: longitude, latitude: latitude)
    }
}
