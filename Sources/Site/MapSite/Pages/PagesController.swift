import Civic
import Foundation
import Gazetteer
import Geo
import HTTPTypes
import Hummingbird
import SiteKit

/// The pages for people, each under `/kk`, `/ru` and `/en`.
struct PagesController {
    let live: LiveCity
    let pages: PageRenderer

    func add(to routes: SiteRoutes) {
        routes.documents.get("/") { request, _ in
            Self.redirect(to: Link(language: LanguageChoice.home(request)).home)
        }
        routes.documents.get("/api/docs", use: developers)
        for routes in routes.pages {
            routes.get("/", home)
            routes.get("/search", search)
            routes.get("/map", map)
            routes.get("/directory", directory)
            routes.get("/directory/:category", category)
            routes.get("/organizations/:id", organization)
            routes.get("/districts", districts)
            routes.get("/districts/:slug", district)
        }
    }

    private func items(_ city: City, _ language: Language) -> PageItems {
        PageItems(city.snapshot, pages.strings[language], city.facts)
    }

    @Sendable private func home(_ visit: PageRequest) throws -> Response {
        let items = items(try live.city(), visit.language)
        return pages.page("home", HomePage(items: items).context, for: visit)
    }

    @Sendable private func search(_ visit: PageRequest) throws -> Response {
        let city = try live.city()
        let page = SearchPage(
            items: items(city, visit.language),
            suggester: city.suggester,
            question: try Self.value("q", visit.request)
        )
        return pages.page("search", page.context, for: visit)
    }

    @Sendable private func map(_ visit: PageRequest) throws -> Response {
        let city = try live.city()
        let page = MapPage(
            items: items(city, visit.language),
            suggester: city.suggester,
            request: try Self.mapRequest(visit.request, city.snapshot)
        )
        return pages.page("map", page.context, for: visit)
    }

    @Sendable private func directory(_ visit: PageRequest) throws -> Response {
        let city = try live.city()
        let district = try Self.district(visit.request, city.snapshot)
        let page = DirectoryPages(items: items(city, visit.language)).directory(in: district)
        return pages.page("directory", page, for: visit)
    }

    @Sendable private func category(_ visit: PageRequest) throws -> Response {
        let city = try live.city()
        let id = Gazetteer.Category.ID(visit.parameter("category"))
        guard let node = city.snapshot.directory.categories[id] else { throw Problem.notFound }
        let district = try Self.district(visit.request, city.snapshot)
        let start = try Self.value("cursor", visit.request).flatMap { Cursor($0)?.start } ?? 0
        let page = DirectoryPages(items: items(city, visit.language)).category(node, district: district, start: start)
        return pages.page("category", page, for: visit)
    }

    @Sendable private func organization(_ visit: PageRequest) throws -> Response {
        let city = try live.city()
        let id = Organization.ID(visit.parameter("id"))
        guard let index = city.snapshot.directory.index(of: id) else { throw Problem.notFound }
        let page = OrganizationPage(items: items(city, visit.language), index: index)
        return pages.page("organization", page.context, for: visit)
    }

    @Sendable private func districts(_ visit: PageRequest) throws -> Response {
        let items = items(try live.city(), visit.language)
        return pages.page("districts", DistrictPages(items: items).list, for: visit)
    }

    @Sendable private func district(_ visit: PageRequest) throws -> Response {
        let city = try live.city()
        guard let district = city.snapshot.districts[.init(visit.parameter("slug"))] else {
            throw Problem.notFound
        }
        let page = DistrictPages(items: items(city, visit.language)).district(district)
        return pages.page("district", page, for: visit)
    }

    @Sendable private func developers(_ request: Request, _ context: PortalContext) async throws -> Response {
        let visit = PageRequest(request: request, context: context, language: pages.language(of: request))
        let page = DevelopersPage(words: pages.strings[visit.language]).context
        return pages.page("api_docs", page, for: visit)
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
            guard let value = parts[1].replacing("+", with: " ").removingPercentEncoding else {
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
