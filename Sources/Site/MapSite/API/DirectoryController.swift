import Civic
import Gazetteer
import Geo
import Hummingbird
import SiteKit

/// The directory: categories, lists of organizations, one organization, and the nearest ones.
struct DirectoryController {
    let live: LiveCity

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get("/api/v1/categories", use: categories)
        routes.sharedCalls.get("/api/v1/organizations", use: organizations)
        routes.sharedCalls.get("/api/v1/organizations/:id", use: organization)
        routes.sharedCalls.get("/api/v1/nearest", use: nearest)
    }

    @Sendable func categories(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .categories)
        let language = query.language(request)
        try query.finish()
        let tree = city.snapshot.directory.categories
        return try Answer.cached(request, city, variant: "\(language)") { writer in
            writer.beginObject()
            writer.key("categories")
            writer.beginArray()
            for root in tree.roots { writer.category(tree.nodes[root], in: tree, language) }
            writer.endArray()
            writer.endObject()
        }
    }

    @Sendable func organization(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        var query = try Query(request, for: .organization)
        let language = query.language(request)
        try query.finish()
        guard let index = city.snapshot.directory.index(of: .init(context.parameters.get("id") ?? "")) else {
            throw Problem.notFound
        }
        return try Answer.cached(request, city, variant: "\(language)") { writer in
            writer.raw(city.fragments[language].organization(index))
        }
    }

    @Sendable func organizations(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let snapshot = city.snapshot
        var query = try Query(request, for: .organizations)
        let language = query.language(request)
        let geoJSON = Answer.wantsGeoJSON(request, &query)
        var wanted = OrganizationQuery()
        wanted.language = language
        wanted.text = query.words("q")
        wanted.category = query.category(snapshot.directory.categories)
        wanted.district = query.district(snapshot.districts)
        wanted.box = query.box("bbox", city: snapshot.districts.bounds)
        wanted.near = query.point(required: query.text("radius_m") != nil, city: snapshot.districts.bounds)
        wanted.radius = query.metres("radius_m")
        wanted.openAt = query.openAt()
        let limit = query.integer("limit") ?? (geoJSON ? Int.max : 20)
        let start = query.cursor("cursor")
        try query.finish()
        let variant = "\(language)\(geoJSON)\(wanted.openAt?.description ?? "")"
        return try Answer.cached(
            request,
            city,
            variant: variant,
            type: geoJSON ? Answer.geoJSON : "application/json; charset=utf-8",
            // The URL reveals where someone is or what they look for.
            keeping: wanted.near == nil && wanted.text == nil ? .everybody : .client,
            varies: geoJSON ? Answer.variesByType + ", Accept-Encoding" : Answer.variesByType
        ) { () -> ResponseBody in
            let hits = snapshot.directory.search(wanted)
            let page = hits.dropFirst(start).prefix(limit)
            guard geoJSON else {
                var writer = JSONWriter(capacity: 4_096)
                let next = start + page.count < hits.count ? Cursor(start + page.count).text : nil
                writer.page(page, total: hits.count, next: next, city.fragments[language])
                return ResponseBody(byteBuffer: writer.buffer)
            }
            let features = OrganizationFeatures(page, of: snapshot, language)
            // A response to compress is made whole first and then kept for all clients.
            return Negotiation.acceptsGzip(request.headers) ? features.whole : features.paced
        }
    }

    @Sendable func nearest(_ request: Request, _ context: PortalContext) async throws -> Response {
        let city = try live.city()
        let snapshot = city.snapshot
        var query = try Query(request, for: .nearest)
        let language = query.language(request)
        let point = query.point(required: true, city: snapshot.districts.bounds)
        var wanted = OrganizationQuery()
        wanted.category = query.category(snapshot.directory.categories)
        wanted.district = query.district(snapshot.districts)
        wanted.openAt = query.openAt()
        let reach = query.metres("max_distance_m") ?? .infinity
        let limit = query.limit()
        try query.finish()
        guard let point else { throw Problem.notFound }
        let variant = "\(language)\(wanted.openAt?.description ?? "")"
        return try Answer.cached(request, city, variant: variant, keeping: .client) { writer in
            let found = snapshot.directory.nearest(to: point, count: limit, within: reach, matching: wanted)
            let fragments = city.fragments[language]
            writer.beginObject()
            writer.key("results")
            writer.beginArray()
            for hit in found {
                writer.beginObject()
                writer.key("organization")
                writer.raw(fragments.organization(hit.index))
                writer.key("distance_m")
                writer.number(hit.distance, decimals: 1)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }
}

/// The position of the next page of a list; opaque to clients.
struct Cursor {
    let start: Int

    init(_ start: Int) { self.start = start }

    init?(_ text: String) {
        guard (2...9).contains(text.utf8.count), text.hasPrefix("p"), text.utf8.dropFirst().allSatisfy(Self.isDigit),
            let start = Int(text.dropFirst(), radix: 36)
        else {
            return nil
        }
        self.start = start
    }

    /// A JSON Schema regular expression for cursors.
    static let pattern = "^p[0-9a-z]{1,8}$"

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }

    var text: String { "p" + String(start, radix: 36) }
}

extension Query {
    mutating func metres(_ name: String) -> Double? {
        guard let metres = number(name) else { return nil }
        guard (0...1_000_000).contains(metres) else {
            fail(name, "out_of_range", ["least": "0", "most": "1000000"])
            return nil
        }
        return metres
    }

    mutating func cursor(_ name: String) -> Int {
        guard let text = text(name) else { return 0 }
        guard let cursor = Cursor(text) else {
            fail(name, "not_a_cursor")
            return 0
        }
        return cursor.start
    }
}

extension JSONWriter {
    fileprivate mutating func category(_ node: CategoryTree.Node, in tree: CategoryTree, _ language: Language) {
        beginObject()
        key("id")
        string(node.category.id.rawValue)
        key("name")
        names(node.category.names)
        key("label")
        string(node.category.label(language).text)
        key("icon")
        string(node.category.icon)
        key("count")
        integer(node.count)
        key("children")
        beginArray()
        for child in node.children { category(tree.nodes[child], in: tree, language) }
        endArray()
        endObject()
    }

    fileprivate mutating func page(
        _ hits: ArraySlice<OrganizationHit>,
        total: Int,
        next: String?,
        _ fragments: JSONFragments.Fragments
    ) {
        beginObject()
        key("organizations")
        beginArray()
        for hit in hits { raw(fragments.organization(hit.index)) }
        endArray()
        key("total")
        integer(total)
        key("next_cursor")
        string(next)
        endObject()
    }
}

extension Gazetteer.Category {
    /// The plural name, for lists and choices: "Емханалар".
    func label(_ language: Language) -> (text: String, language: Language) {
        if let plural = plurals[language] { return (plural, language) }
        return names.label(for: language)
    }
}
