public import Foundation

/// What a tileset is made of: its layers, their zooms and fields, as `tiles/layers.json` declares them.
public struct TileSchema: Sendable, Codable, Equatable {
    /// A layer of a tile.
    public struct Layer: Sendable, Codable, Equatable {
        /// The layer's name in the tile.
        public let id: String
        /// What it shows, in English.
        public let description: String
        /// The first zoom with the layer.
        public let minzoom: Int
        /// The fields by name.
        public let fields: [String: Field]
        /// Which features come later than the layer does.
        public let features: FirstZooms?
        /// Areas smaller than this many square pixels (of 512 a tile) are left out below the deepest zoom.
        public let smallest: Double?
        /// How far apart points must be, in pixels (of 512 a tile), by zoom; further in there is no rule.
        public let spacing: [String: Double]?
        /// How points gather into clusters.
        public let clusters: Clusters?
    }

    /// A field of a layer's features.
    public struct Field: Sendable, Codable, Equatable {
        /// `String`, `Number` or `Boolean`, as TileJSON has it.
        public let type: String
        /// The first zoom with the field; absent means wherever the feature is.
        public let minzoom: Int?
    }

    /// From which zoom a feature is shown, by the value of one of its fields.
    public struct FirstZooms: Sendable, Codable, Equatable {
        /// The field that decides.
        public let field: String
        /// The first zoom by the field's value; other values come with the layer.
        public let zooms: [String: Int]
    }

    /// The clustering of a layer's points.
    public struct Clusters: Sendable, Codable, Equatable {
        /// The last zoom with clusters.
        public let maxzoom: Int
        /// The reach of a cluster in pixels (of 512 a tile).
        public let radius: Double
        /// The field whose values are counted and can be filtered by.
        public let counted: String
    }

    /// The deepest zoom that is made; clients enlarge it beyond.
    public let maxzoom: Int
    /// What it shows, in English.
    public let description: String
    /// The layers, in drawing order.
    public let layers: [Layer]

    /// The first zoom with anything.
    public var minzoom: Int { layers.map(\.minzoom).min() ?? 0 }

    /// Reads the declarations of all tilesets, by name.
    ///
    /// - Throws: `TilesError.malformedDeclaration` saying where the file is wrong.
    public static func read(_ data: Data) throws(TilesError) -> [String: TileSchema] {
        let schemas: [String: TileSchema]
        do {
            schemas = try JSONDecoder().decode([String: TileSchema].self, from: data)
        } catch {
            throw .malformedDeclaration(file: "layers.json", reason: "\(error)")
        }
        for (name, schema) in schemas { try schema.validate(name) }
        return schemas
    }

    private func validate(_ name: String) throws(TilesError) {
        guard 0...18 ~= maxzoom, !layers.isEmpty else {
            throw .malformedDeclaration(file: "layers.json", reason: "\(name): maxzoom must be 0 to 18, with layers")
        }
        for layer in layers {
            guard 0...maxzoom ~= layer.minzoom else {
                throw .malformedDeclaration(file: "layers.json", reason: "\(name).\(layer.id): minzoom is out of range")
            }
            let named = [layer.features?.field, layer.clusters?.counted].compactMap { $0 }
            for field in named where layer.fields[field] == nil {
                throw .unknownName(file: "layers.json", name: "\(name).\(layer.id).\(field)")
            }
            for field in layer.fields where !["String", "Number", "Boolean"].contains(field.value.type) {
                throw .unknownName(file: "layers.json", name: "\(name).\(layer.id).\(field.key): \(field.value.type)")
            }
        }
    }
}
