public import Foundation

/// A map style whose colours, names and addresses are tokens, together with the palettes that fill them in.
///
/// In the style file a string that begins with `@` is a token: `@name` is the expression for a feature's name in the
/// reader's language, `@tiles/NAME` the address of a tileset's TileJSON, and anything else a colour of the palette.
public struct MapStyle: Sendable {
    /// A map that an operator shows below ours.
    public struct Basemap: Sendable, Equatable {
        /// The URL template of its tiles, with `{z}`, `{x}` and `{y}`.
        public let address: String
        /// The attribution that must be shown for it.
        public let attribution: String

        /// Names a basemap.
        public init(address: String, attribution: String) {
            self.address = address
            self.attribution = attribution
        }
    }

    private let style: Data
    private let palettes: [String: [String: String]]
    private let basemap: Basemap?

    /// Reads a style.
    ///
    /// - Parameters:
    ///   - style: the contents of `style.json`.
    ///   - palettes: the contents of the palette files, by the theme's name.
    ///   - tilesets: the existing tilesets.
    /// - Throws: `TilesError` when a file is malformed or a token has no meaning.
    public init(
        style: Data,
        palettes: [String: Data],
        tilesets: some Collection<String>,
        basemap: Basemap?
    ) throws(TilesError) {
        self.style = style
        self.basemap = basemap
        var read: [String: [String: String]] = [:]
        for (theme, data) in palettes {
            guard let palette = try? JSONDecoder().decode([String: String].self, from: data) else {
                throw .malformedDeclaration(file: "palette-\(theme).json", reason: "expected an object of texts")
            }
            read[theme] = palette
        }
        self.palettes = read
        guard let tree = try? JSONSerialization.jsonObject(with: style) else {
            throw .malformedDeclaration(file: "style.json", reason: "it is no JSON")
        }
        let tokens = Self.tokens(tree)
        for (theme, palette) in read {
            let known = Set(palette.keys).union(["name"]).union(tilesets.map { "tiles/\($0)" })
            if let unknown = tokens.subtracting(known).min() {
                throw .unknownName(file: "style.json", name: "@\(unknown) (\(theme))")
            }
        }
    }

    /// The available themes.
    public var themes: [String] { palettes.keys.sorted() }

    /// The style as JSON, without glyphs and sprites, because the client draws text and icons itself.
    ///
    /// - Parameters:
    ///   - theme: one of `themes`; nil is returned for others.
    ///   - names: the fields that hold a name, best first.
    ///   - tilesets: the address to which a tileset's name and `.json` are appended.
    public func json(theme: String, names: [String], tilesets: String) -> Data? {
        guard let palette = palettes[theme], let tree = try? JSONSerialization.jsonObject(with: style) else {
            return nil
        }
        var filled = Self.filled(tree) { token in
            if token == "name" { return ["coalesce"] + names.map { ["get", $0] } }
            if token.hasPrefix("tiles/") { return "\(tilesets)\(token.dropFirst(6)).json" }
            return palette[token] ?? "@\(token)"
        }
        if let basemap { filled = Self.added(basemap, to: filled) }
        return try? JSONSerialization.data(withJSONObject: filled, options: [.sortedKeys, .withoutEscapingSlashes])
    }

    /// Puts the operator's map above the background and removes our areas, which would cover it.
    private static func added(_ basemap: Basemap, to style: Any) -> Any {
        guard var style = style as? [String: Any], var layers = style["layers"] as? [[String: Any]],
            var sources = style["sources"] as? [String: Any]
        else { return style }
        sources["operator"] = [
            "type": "raster", "tiles": [basemap.address], "tileSize": 256, "attribution": basemap.attribution,
        ]
        let covering: Set<String> = ["city", "land", "parks"]
        layers.removeAll { covering.contains($0["id"] as? String ?? "") }
        layers.insert(["id": "operator", "type": "raster", "source": "operator"], at: min(1, layers.count))
        style["sources"] = sources
        style["layers"] = layers
        return style
    }

    private static func tokens(_ tree: Any) -> Set<String> {
        switch tree {
        case let text as String: text.hasPrefix("@") ? [String(text.dropFirst())] : []
        case let list as [Any]: list.reduce(into: []) { $0.formUnion(tokens($1)) }
        case let object as [String: Any]: object.values.reduce(into: []) { $0.formUnion(tokens($1)) }
        default: []
        }
    }

    private static func filled(_ tree: Any, _ value: (String) -> Any) -> Any {
        switch tree {
        case let text as String: text.hasPrefix("@") ? value(String(text.dropFirst())) : text
        case let list as [Any]: list.map { filled($0, value) }
        case let object as [String: Any]: object.mapValues { filled($0, value) }
        default: tree
        }
    }
}
