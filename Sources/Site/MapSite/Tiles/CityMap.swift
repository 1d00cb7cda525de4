import Civic
import Foundation
import HTTPTypes
import Hummingbird
package import SiteKit
package import Tiles

/// The declaration of the map: its tilesets, its style, and the operator's additions.
package struct CityMap: Sendable {
    package let schemas: [String: TileSchema]
    /// The symbols that categories can have.
    package let symbols: CategorySymbols
    /// The themes of its style.
    let themes: [String]
    /// The style by theme and language, made once; its addresses still begin with a placeholder.
    private let styles: [String: [Language: String]]
    /// The attribution that must be shown on the map, with links.
    let attribution: String
    private let publicURL: String?
    /// Scheme, host and port of the operator's basemap; nil when there is none.
    let basemapOrigin: String?

    /// Reads the declarations in `tiles/`.
    ///
    /// - Throws: `SiteError.malformedMap` when a file is missing or wrong.
    package init(home: ResourcePaths, settings: MapSettings) throws(SiteError) {
        do {
            func file(_ name: String) throws -> Data { try Data(contentsOf: home.tiles.appending(path: name)) }
            schemas = try TileSchema.read(file("layers.json"))
            symbols = try CategorySymbols(
                file: home.resources(of: "SiteKit").appending(path: "Public/icons.svg")
            )
            let style = try MapStyle(
                style: file("style.json"),
                palettes: ["light": file("palette-light.json"), "dark": file("palette-dark.json")],
                tilesets: schemas.keys,
                basemap: settings.basemap.map { .init(address: $0.address, attribution: $0.attribution) }
            )
            themes = style.themes
            styles = Dictionary(uniqueKeysWithValues: style.themes.map { ($0, Self.texts(of: style, theme: $0)) })
        } catch {
            throw .malformedMap("\(error)")
        }
        (publicURL, basemapOrigin) = (settings.publicURL, settings.basemap?.origin)
        attribution = Attribution.sources.map { source in
            source.link.map { "<a href=\"\($0)\">\(source.text)</a>" } ?? source.text
        }
        .joined(separator: " · ")
    }

    private static let token = "@tiles/"

    private static func texts(of style: MapStyle, theme: String) -> [Language: String] {
        Language.allCases.reduce(into: [:]) { texts, language in
            let names = language.fallbacks.map { "name_\($0)" }
            let json = style.json(theme: theme, names: names, tilesets: token)
            texts[language] = json.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The style as JSON with absolute addresses; nil for an unknown theme.
    func style(theme: String, language: Language, for request: Request) -> String? {
        styles[theme]?[language]?.replacing(Self.token, with: "\(address(for: request))/tiles/")
    }

    /// Scheme, host and port for absolute addresses: as configured, or taken from the request.
    func address(for request: Request) -> String {
        if let publicURL { return publicURL }
        let host = request.head.authority ?? "localhost"
        // Echo a host only if it consists of characters that a host and port may contain.
        let isHost =
            host.utf8.count <= 255
            && host.utf8.allSatisfy { byte in
                byte.isASCIILetterOrDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
            }
        let scheme = Self.forwarded.flatMap { request.headers[$0] } == "https" ? "https" : "http"
        return "\(scheme)://\(isHost ? host : "localhost")"
    }

    private static let forwarded = HTTPField.Name("X-Forwarded-Proto")
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= self
    }
}
