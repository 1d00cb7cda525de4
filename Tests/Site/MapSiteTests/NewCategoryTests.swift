import Civic
import Foundation
import Gazetteer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import MapSite
@testable import Portal
@testable import SiteKit

/// A category in a new group needs data only: rows of `categories.csv`, and a path in `icons.svg` for a new symbol.
@Suite struct NewCategoryTests {
    private static let categories = """
        id,parent,name_kk,name_ru,name_en,plural_kk,plural_ru,plural_en,synonyms_kk,synonyms_ru,synonyms_en,icon,position
        crafts,,Қолөнер,Ремёсла,Crafts,,,,,,,market,9000
        pottery,crafts,Қыш шеберханасы,Гончарная мастерская,Pottery,Қыш шеберханалары,Гончарные мастерские,Potteries,,керамика;лепка,ceramics,museum,9010
        glass-blowing,crafts,Шыны шеберханасы,Стеклодувная мастерская,Glassworks,,,,,,,,9020
        """

    /// The tiny city with the categories and an institution in each.
    private static func contents() throws -> GazetteerContents {
        var contents = try TinyCity.contents()
        let rows = categories.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for row in rows.dropFirst() {
            let values = zip(rows[0], row).filter { !$1.isEmpty }.map { (String($0), String($1)) }
            contents.categories.append(try Gazetteer.Category(Fields(Dictionary(uniqueKeysWithValues: values))))
        }
        let kiln = ["id": "kiln", "category": "pottery", "name_ru": "Печь и глина", "district": "west"]
        let glass = ["id": "glass", "category": "glass-blowing", "name_ru": "Стекло", "district": "west"]
        contents.organizations += [
            try Organization(TinyCity.record(kiln, at: (0.6, 0.6))),
            try Organization(TinyCity.record(glass, at: (0.1, 0.8))),
        ]
        return contents
    }

    private func organizations(_ client: any TestClientProtocol, _ query: String) async throws -> [String] {
        let body = try await client.json("/api/v1/organizations?\(query)").body
        return (body["organizations"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    @Test func isFoundThroughTheAPI() async throws {
        try await TestPortal.test(try Self.contents()) { (client, _) async throws in
            #expect(try await organizations(client, "category=pottery") == ["kiln"])
            #expect(try await organizations(client, "category=crafts").sorted() == ["glass", "kiln"])
            let nearest = try await client.json("/api/v1/nearest?lon=0.3&lat=0.3&category=crafts&limit=1")
            #expect((nearest.body["results"] as? [Any])?.count == 1)
            let categories = try await client.json("/api/v1/categories").body["categories"] as? [[String: Any]]
            #expect(categories?.contains { $0["id"] as? String == "crafts" } == true)
        }
    }

    @Test(
        "Its names and synonyms are found",
        arguments: ["керамика", "Гончарная мастерская", "ceramics", "Қыш шеберханасы"]
    )
    func isFoundByWords(words: String) async throws {
        try await TestPortal.test(try Self.contents()) { (client, _) async throws in
            let query = Link.encode(words)
            #expect(try await organizations(client, "q=\(query)") == ["kiln"])
            let suggest = try await client.json("/api/v1/suggest?lang=ru&q=\(query)")
            let first = try #require((suggest.body["suggestions"] as? [[String: Any]])?.first)
            #expect(first["id"] as? String == "pottery")
            #expect(first["icon"] as? String == "museum")
        }
    }

    @Test func isOnThePages() async throws {
        try await TestPortal.test(try Self.contents()) { (client, _) async throws in
            let directory = try await client.text("/ru/directory").body
            #expect(directory.contains("Ремёсла") && directory.contains("Гончарные мастерские"))
            #expect(directory.contains("badge--crafts") && directory.contains("#icon-market"))
            let map = try await client.text("/ru/map").body
            #expect(map.contains("value=\"pottery\"") && map.contains("value=\"crafts\""))
            #expect(map.contains("Ремёсла") && map.contains("#icon-market") && map.contains(#""icon":"museum""#))
            #expect(try await client.text("/ru/map?category=pottery").body.contains("Печь и глина"))
            let pottery = try await client.text("/ru/directory/pottery").body
            #expect(pottery.contains("Печь и глина") && pottery.contains("#icon-museum"))
            #expect(try await client.text("/en/organizations/kiln").body.contains("Pottery"))
        }
    }

    @Test func isInTheTiles() async throws {
        try await TestPortal.test(try Self.contents()) { (client, _) async throws in
            let path = "/tiles/organizations/12/2054/2041.mvt"
            let tile = try await client.execute(uri: path, method: .get) { Data($0.body.readableBytesView) }
            for value in ["kiln", "pottery", "crafts"] { #expect(tile.range(of: Data(value.utf8)) != nil, "\(value)") }
        }
    }

    @Test("A category uses its own symbol, else that of its group, else the general one")
    func symbols() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "icons.svg")
        let words = try Strings(.ru, folders: try TestPortal.resources("Locale"))
        let snapshot = try GazetteerSnapshot(try Self.contents(), version: 1)
        func symbols(_ drawn: [String]) throws -> [String] {
            let text = drawn.map { "<symbol id=\"icon-\($0)\"><path d=\"M0 0\"/></symbol>" }.joined(separator: "\n")
            try Data(text.utf8).write(to: file)
            let facts = PageFacts(snapshot, try CategorySymbols(file: file))
            let items = PageItems(snapshot, words, facts)
            return ["pottery", "glass-blowing"].compactMap { snapshot.directory.categories[.init($0)] }.map(
                items.symbol
            )
        }
        #expect(try symbols(["museum", "glass-blowing", "market", "other"]) == ["museum", "glass-blowing"])
        #expect(try symbols(["museum", "market", "other"]) == ["museum", "market"])
        #expect(try symbols(["crafts", "other"]) == ["crafts", "crafts"])
        #expect(try symbols(["other"]) == ["other", "other"])
    }

    @Test func everyCategoryOfTheCityHasASymbolThatExists() throws {
        let symbols = try TestPortal.symbols()
        #expect(symbols.contains(CategorySymbols.general))
        for category in try EmbeddedSnapshot.contents().categories {
            #expect(symbols.contains(try #require(category.icon)), "\(category.id)")
        }
    }
}
