import Civic
import Foundation
import Gazetteer
import Geo
import HTTPTypes
import Hummingbird
import NIOCore
import SiteKit
import Tiles

/// The map: its style, the description of its tilesets, and the tiles.
struct TilesController {
    let live: LiveCity
    let map: CityMap

    private static let filterable = "organizations"

    func add(to routes: SiteRoutes) {
        routes.sharedCalls.get("/tiles/style.json", use: style)
        routes.sharedCalls.get("/tiles/{layer}.json", use: description)
        routes.tiles.get("/tiles/:layer/:z/:x/{y}.mvt", use: tile)
        routes.tiles.get("/tiles/organizations/:z/:x/{y}.mvt", use: tile)
    }

    @Sendable func tile(_ request: Request, _ context: PortalContext) async throws -> Response {
        // Institution tiles, which can be filtered, have a route of their own.
        let layer = context.parameters.get("layer") ?? Self.filterable
        guard let schema = map.schemas[layer], let tile = Self.coordinate(context), tile.zoom <= schema.maxzoom
        else { throw Problem.notFound }
        let city = try live.city()
        guard request.uri.query == nil else { return try await filtered(request, layer, tile, city) }
        if let made = city.tiles.kept(layer, tile) {
            return try await Self.answer(request, made) { try await city.tiles.plain(layer, tile, wanted: nil) }
        }
        guard let digest = try await city.tiles.sets()[layer]?.digest(tile) else { return Self.empty }
        let tag = CityTiles.tag(digest)
        if let answer = Self.notModified(request, tag) { return answer }
        guard let made = try await city.tiles.tile(layer, tile, wanted: nil) else { return Self.empty }
        return try await Self.answer(request, made) { try await city.tiles.plain(layer, tile, wanted: nil) }
    }

    private func filtered(
        _ request: Request,
        _ layer: String,
        _ tile: TileCoordinate,
        _ city: City
    ) async throws -> Response {
        var query = try Query(request, for: layer == Self.filterable ? .organizationTile : .tile)
        let wanted = Self.categories(&query, city.snapshot.directory.categories)
        try query.finish()
        let tiles = try await city.tiles.sets()[layer]
        guard let digest = wanted == nil ? tiles?.digest(tile) : tiles?.digestOfFiltered(tile) else {
            return Self.empty
        }
        let tag = CityTiles.tag(digest, wanted: wanted ?? [])
        if let answer = Self.notModified(request, tag) { return answer }
        guard let made = try await city.tiles.tile(layer, tile, wanted: wanted) else { return Self.empty }
        return try await Self.answer(request, made) { try await city.tiles.plain(layer, tile, wanted: wanted) }
    }

    /// The requested leaf categories, without duplicates, sorted; nil for all.
    private static func categories(_ query: inout Query, _ tree: CategoryTree) -> [String]? {
        let named = query.texts("category").flatMap { $0.split(separator: ",") }.map(String.init)
        guard !named.isEmpty else { return nil }
        var wanted: Set<String> = []
        for name in named {
            guard let node = tree[.init(name)] else {
                query.fail("category", "unknown_category")
                return nil
            }
            wanted.insert(name)
            wanted.formUnion(node.children.map { tree.nodes[$0].category.id.rawValue })
        }
        return wanted.sorted()
    }

    private static func coordinate(_ context: PortalContext) -> TileCoordinate? {
        func number(_ name: String) -> Int? {
            guard let text = context.parameters.get(name), text.utf8.count <= 9,
                text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
            else { return nil }
            return Int(text)
        }
        guard let zoom = number("z"), let column = number("x"), let row = number("y") else { return nil }
        return try? TileCoordinate(zoom: zoom, column: column, row: row)
    }

    /// The 304 response for a client that already has the tile in the encoding it would get; nil when it does not.
    private static func notModified(_ request: Request, _ tag: String) -> Response? {
        let tag = Negotiation.acceptsGzip(request.headers) ? EntityTags.packed(tag) : tag
        return EntityTags.known(request.headers, tag) ? notModified(tag) : nil
    }

    private static func notModified(_ tag: String) -> Response {
        Response(status: .notModified, headers: fields(tag))
    }

    /// Header fields of every response about a tile.
    static func fields(_ tag: String) -> HTTPFields {
        [.eTag: tag, .cacheControl: caching, .vary: "Accept-Encoding"]
    }

    private static var empty: Response { Response(status: .noContent, headers: [.cacheControl: caching]) }

    private static let caching = RoutePolicy.tile.caching
    private static let type = "application/vnd.mapbox-vector-tile"

    private static func answer(
        _ request: Request,
        _ made: CityTiles.Made,
        plain: () async throws -> ByteBuffer
    ) async throws -> Response {
        let isPacked = Negotiation.acceptsGzip(request.headers)
        var headers = isPacked ? made.packedFields : made.fields
        if EntityTags.known(request.headers, isPacked ? made.packedTag : made.tag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        if isPacked { headers[.contentEncoding] = "gzip" }
        return Response(
            status: .ok,
            headers: headers,
            body: .init(byteBuffer: isPacked ? made.packed : try await plain())
        )
    }

    @Sendable func description(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let layer = context.parameters.get("layer"), let schema = map.schemas[layer] else {
            throw Problem.notFound
        }
        let city = try live.city()
        try Query(request, for: .tileset).finish()
        let counted = city.snapshot.directory.categories.nodes.filter { $0.children.isEmpty }
        let json = TileJSON(
            schema,
            name: layer,
            address: "\(map.address(for: request))/tiles/\(layer)/{z}/{x}/{y}.mvt",
            attribution: map.attribution,
            counted: counted.map(\.category.id.rawValue),
            bounds: city.snapshot.districts.bounds
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Self.answer(request, json: try encoder.encode(json))
    }

    @Sendable func style(_ request: Request, _ context: PortalContext) async throws -> Response {
        var query = try Query(request, for: .style)
        let language = query.language(request)
        let theme = query.text("theme") ?? "light"
        if !map.themes.contains(theme) {
            query.fail("theme", "not_a_choice", ["choices": map.themes.joined(separator: ", ")])
        }
        try query.finish()
        guard let json = map.style(theme: theme, language: language, for: request) else { throw Problem.notFound }
        return Self.answer(request, json: Data(json.utf8))
    }

    private static func answer(_ request: Request, json: Data) -> Response {
        let tag = CityTiles.tag(FNV1a.hash(json))
        if EntityTags.known(request.headers, tag) {
            return Response(
                status: .notModified,
                headers: [.eTag: tag, .cacheControl: caching, .vary: "Accept-Language"]
            )
        }
        return Response(
            status: .ok,
            headers: [
                .eTag: tag, .cacheControl: caching, .vary: "Accept-Language",
                .contentType: "application/json; charset=utf-8",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: json))
        )
    }
}
