import Civic
import Configuration
import Foundation
import Gazetteer
import Geo
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SQLiteStore
import Synchronization
import TestSupport
import Testing
import Tiles

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct MapTilesTests {
    private static let world = "/tiles/districts/0/0/0.mvt"

    private func get(
        _ client: any TestClientProtocol,
        _ uri: String,
        _ headers: HTTPFields = [:]
    ) async throws -> (status: Int, headers: HTTPFields, body: ByteBuffer) {
        try await client.execute(uri: uri, method: .get, headers: headers) { ($0.status.code, $0.headers, $0.body) }
    }

    @Test("A tile is sent plain or compressed, with a strong ETag, and not again to a client that has it")
    func sendsTiles() async throws {
        try await TestPortal.test { (client, _) async throws in
            let plain = try await get(client, Self.world)
            #expect(plain.status == 200 && plain.body.readableBytes > 0)
            #expect(plain.headers[.contentType] == "application/vnd.mapbox-vector-tile")
            #expect(plain.headers[.contentEncoding] == nil)
            let tag = try #require(plain.headers[.eTag])
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
            let packed = try await get(client, Self.world, [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.headers[.vary]?.contains("Accept-Encoding") == true)
            let packedTag = try #require(packed.headers[.eTag])
            #expect(packedTag != tag)
            let known = try await get(client, Self.world, [.ifNoneMatch: tag])
            #expect(known.status == 304 && known.body.readableBytes == 0 && known.headers[.eTag] == tag)
            let knownPacked = try await get(
                client,
                Self.world,
                [.ifNoneMatch: packedTag, .acceptEncoding: "gzip"]
            )
            #expect(knownPacked.status == 304 && knownPacked.headers[.eTag] == packedTag)
            #expect(try await get(client, Self.world, [.ifNoneMatch: "\"other\""]).status == 200)
        }
    }

    @Test("A request with a known ETag is answered before the tile was ever made")
    func notModifiedBeforeMaking() async throws {
        let tag = Mutex<String?>(nil)
        try await TestPortal.test { (client, _) async throws in
            let answer = try await get(client, Self.world)
            tag.withLock { $0 = answer.headers[.eTag] }
        }
        // Another server with the same city: tags do not depend on the process.
        let known = try #require(tag.withLock { $0 })
        try await TestPortal.test { (client, _) async throws in
            #expect(try await get(client, Self.world, [.ifNoneMatch: known]).status == 304)
        }
    }

    @Test(
        "Tiles outside the pyramid are not found",
        arguments: [
            "/tiles/nothing/0/0/0.mvt", "/tiles/districts/16/0/0.mvt", "/tiles/districts/1/2/0.mvt",
            "/tiles/districts/1/0/2.mvt", "/tiles/districts/-1/0/0.mvt", "/tiles/districts/a/0/0.mvt",
            "/tiles/districts/0/0/0.png", "/tiles/districts/0/0/99999999999999999999.mvt",
            "/tiles/districts/0/0/0x0.mvt",
            "/tiles/nothing.json", "/tiles/districts/0/0/+0.mvt",
        ]
    )
    func notFound(_ uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            let answer = try await get(client, uri)
            #expect(answer.status == 404, "\(uri)")
            #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        }
    }

    @Test(
        "Invalid requests get a problem response",
        arguments: [
            "/tiles/organizations/0/0/0.mvt?category=nothing", "/tiles/organizations/0/0/0.mvt?other=1",
            "/tiles/districts/0/0/0.mvt?category=health", "/tiles/style.json?theme=pink", "/tiles/style.json?lang=de",
            "/tiles/districts.json?x=1",
        ]
    )
    func badRequests(_ uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            #expect(try await get(client, uri).status == 400, "\(uri)")
        }
    }

    @Test func emptyTilesHaveNoContent() async throws {
        try await TestPortal.test { (client, _) async throws in
            let answer = try await get(client, "/tiles/districts/10/0/0.mvt")
            #expect(answer.status == 204 && answer.body.readableBytes == 0)
        }
    }

    @Test("An edit changes the tags of the tiles it affects and of no others")
    func editsChangeTags() async throws {
        try await TestPortal.test { (client, city) async throws in
            let before = try await get(client, "/tiles/organizations/0/0/0.mvt").headers[.eTag]
            let districts = try await get(client, Self.world).headers[.eTag]
            try city.write([
                try Organization(
                    TinyCity.record(["id": "new", "category": "park", "name_ru": "Новый парк"], at: (0.1, 0.1))
                )
            ])
            var after = before
            for _ in 0..<1200 where after == before {
                try await Task.sleep(for: .milliseconds(100))
                after = try await get(client, "/tiles/organizations/0/0/0.mvt").headers[.eTag]
            }
            #expect(after != before)
            #expect(try await get(client, Self.world).headers[.eTag] == districts)
        }
    }

    @Test("Tiles are made ahead of time, and after an edit only those that it affects")
    func madeAhead() async throws {
        let schemas = try CityMap(home: TestPortal.home(), settings: MapSettings()).schemas
        func tiles(_ contents: GazetteerContents) throws -> CityTiles {
            CityTiles(try GazetteerSnapshot(contents, version: 1), schemas: schemas)
        }
        var contents = try TinyCity.contents()
        let first = try tiles(contents)
        let all = try await first.makeAhead(earlier: nil)
        #expect(all.all > 100 && all.made == all.all)
        let same = try await tiles(contents).makeAhead(earlier: first)
        #expect(same.all == all.all && same.made == 0)
        let added = ["id": "new", "category": "park", "name_ru": "Новый парк"]
        contents.organizations.append(try Organization(TinyCity.record(added, at: (0.1, 0.1))))
        let edited = try tiles(contents)
        let changed = try await edited.makeAhead(earlier: first)
        #expect(changed.made > 0 && changed.made < changed.all / 2)
        for (name, set) in try await edited.sets() {
            for tile in set.pyramid {
                // A tile can be empty when only the bounding box of a shape touches it.
                let bytes = ByteBuffer(bytes: set.tile(tile))
                let made = edited.kept(name, tile)
                #expect((made == nil) == (bytes.readableBytes == 0))
                if let made { #expect(made.digest == set.digest(tile)) }
                #expect(try await edited.plain(name, tile, wanted: nil) == bytes)
            }
        }
    }

    @Test("A filter counts only the selected categories, in whatever order they are named")
    func filters() async throws {
        try await TestPortal.test { (client, _) async throws in
            let all = try await get(client, "/tiles/organizations/0/0/0.mvt")
            let one = try await get(client, "/tiles/organizations/0/0/0.mvt?category=health")
            #expect(one.status == 200 && one.body != all.body)
            #expect(one.headers[.eTag] != all.headers[.eTag])
            let tree = try await client.json("/api/v1/categories").body["categories"] as? [[String: Any]] ?? []
            let ids = tree.compactMap { $0["id"] as? String }
            #expect(ids.count > 1)
            let forward = try await get(client, "/tiles/organizations/0/0/0.mvt?category=" + ids.joined(separator: ","))
            let back = try await get(
                client,
                "/tiles/organizations/0/0/0.mvt?" + ids.reversed().map { "category=\($0)" }.joined(separator: "&")
            )
            #expect(forward.headers[.eTag] == back.headers[.eTag] && forward.body == back.body)
        }
    }

    @Test("The tileset description has its bounds, its layers and the absolute URL of the tiles")
    func tileJSON() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/tiles/organizations.json")
            #expect(status == 200 && body["tilejson"] as? String == "3.0.0")
            #expect((body["bounds"] as? [Double])?.count == 4 && body["maxzoom"] as? Int == 15)
            #expect((body["attribution"] as? String)?.contains("OpenStreetMap") == true)
            let layers = body["vector_layers"] as? [[String: Any]] ?? []
            let fields = layers.first?["fields"] as? [String: String] ?? [:]
            #expect(fields["point_count"] == "Number" && fields.keys.contains { $0.hasPrefix("n_") })
            let address = try #require((body["tiles"] as? [String])?.first)
            #expect(address.hasPrefix("http://") && address.hasSuffix("/tiles/organizations/{z}/{x}/{y}.mvt"))
        }
    }

    @Test func styles() async throws {
        try await TestPortal.test { (client, _) async throws in
            for theme in ["light", "dark"] {
                for language in Language.allCases {
                    let (status, body) = try await client.json("/tiles/style.json?theme=\(theme)&lang=\(language)")
                    #expect(status == 200 && body["version"] as? Int == 8)
                    #expect(body["glyphs"] == nil && body["sprite"] == nil)
                    #expect((body["layers"] as? [[String: Any]] ?? []).count > 10)
                }
            }
        }
    }

    @Test func mapSettings() throws {
        func settings(_ values: [String: String]) throws -> MapSettings {
            let keys = values.map { (AbsoluteConfigKey($0.key.split(separator: ".").map(String.init)), $0.value) }
            let values = keys.map { ($0.0, ConfigValue(.string($0.1), isSecret: false)) }
            return try MapSettings(SettingsReader(values: Dictionary(uniqueKeysWithValues: values)))
        }
        #expect(try settings([:]).basemap == nil)
        #expect(try settings([:]).makesTilesAhead)
        #expect(try !settings(["tiles.ahead": "false"]).makesTilesAhead)
        let tiles = "https://tiles.example.kz/{z}/{x}/{y}.png"
        let good = try settings(["basemap.url": tiles, "basemap.attribution": "© Example"])
        #expect(good.basemap?.origin == "https://tiles.example.kz")
        #expect(throws: SiteError.self) { try settings(["basemap.url": tiles]) }
        for bad in ["ftp://x/{z}/{x}/{y}", "https://x/", "https://x y/{z}/{x}/{y}", "https://x;script-src/{z}/{x}/{y}"]
        {
            #expect(throws: SiteError.self, "\(bad)") {
                try settings(["basemap.url": bad, "basemap.attribution": "x"])
            }
        }
        #expect(try settings(["public.url": "https://open.almaty.kz/"]).publicURL == "https://open.almaty.kz")
        for bad in ["open.almaty.kz", "https://open.almaty.kz/portal", "https://open.almaty.kz:abc", "https://:443"] {
            #expect(throws: SiteError.self, "\(bad)") { try settings(["public.url": bad]) }
        }
    }
}
