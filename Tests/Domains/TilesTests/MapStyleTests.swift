import Foundation
import Testing

@testable import Tiles

@Suite struct MapStyleTests {
    private static let style = Data(
        #"{"version": 8, "sources": {"a": {"type": "vector", "url": "@tiles/a"}}, "layers": [{"id": "ground", "type": "background", "paint": {"background-color": "@ground"}}, {"id": "land", "type": "fill", "source": "a", "source-layer": "land"}, {"id": "names", "type": "symbol", "source": "a", "source-layer": "n", "layout": {"text-field": "@name"}}]}"#
            .utf8
    )

    private static func made(basemap: MapStyle.Basemap? = nil) throws -> MapStyle {
        try MapStyle(
            style: style,
            palettes: ["light": Data(##"{"ground": "#fff"}"##.utf8), "dark": Data(##"{"ground": "#000"}"##.utf8)],
            tilesets: ["a"],
            basemap: basemap
        )
    }

    @Test func fillsTokens() throws {
        let style = try Self.made()
        #expect(style.themes == ["dark", "light"])
        let json = try #require(style.json(theme: "dark", names: ["name_kk", "name_ru"], tilesets: "https://x/tiles/"))
        let text = String(decoding: json, as: UTF8.self)
        #expect(text.contains("\"#000\"") && text.contains("https://x/tiles/a.json") && !text.contains("@"))
        #expect(text.contains(#"["coalesce",["get","name_kk"],["get","name_ru"]]"#))
        #expect(style.json(theme: "pink", names: [], tilesets: "") == nil)
    }

    @Test("The operator's basemap is below our lines and names, with its attribution")
    func basemap() throws {
        let style = try Self.made(basemap: .init(address: "https://m/{z}/{x}/{y}.png", attribution: "© M"))
        let json = try #require(style.json(theme: "light", names: ["name_ru"], tilesets: "/"))
        let tree = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let ids = (tree["layers"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        #expect(ids == ["ground", "operator", "names"])
        let source = (tree["sources"] as? [String: [String: Any]])?["operator"]
        #expect(source?["attribution"] as? String == "© M")
    }

    @Test func unknownTokensAreRefused() {
        #expect(throws: TilesError.unknownName(file: "style.json", name: "@ground (light)")) {
            try MapStyle(style: Self.style, palettes: ["light": Data("{}".utf8)], tilesets: ["a"], basemap: nil)
        }
        #expect(throws: TilesError.self) {
            try MapStyle(style: Data("x".utf8), palettes: [:], tilesets: ["a"], basemap: nil)
        }
    }
}
