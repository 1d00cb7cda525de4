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
        /// Which features first appear at a later zoom than the layer.
        public let features: FirstZooms?
        /// Areas smaller than this many square pixels (512 per tile side) are left out at all zooms but the deepest.
        public let smallest: Double?
        /// The least distance between points in pixels (512 per tile side), by zoom; deeper zooms have no limit.
        public let spacing: [String: Double]?
        /// How points gather into clusters.
        public let clusters: Clusters?
    }

    /// A field of a layer's features.
    public struct Field: Sendable, Codable, Equatable {
        /// `String`, `Number` or `Boolean`, as in TileJSON.
        public let type: String
        /// The first zoom with the field; if absent, the field is present wherever the feature is.
        public let minzoom: Int?
    }

    /// The first zoom at which a feature is shown, by the value of one of its fields.
    public struct FirstZooms: Sendable, Codable, Equatable {
        /// The field that decides.
        public let field: String
        /// The first zoom by the field's value; features with other values appear with the layer.
        public let zooms: [String: Int]
    }

    /// The clustering of a layer's points.
    public struct Clusters: Sendable, Codable, Equatable {
        /// The last zoom with clusters.
        public let maxzoom: Int
        /// The radius of a cluster in pixels (512 per tile side).
        public let radius: Double
        /// The field whose values are counted and can be filtered by.
        public let counted: String
    }

    /// The deepest zoom with tiles of its own; beyond it clients enlarge the tiles of this zoom.
    public let maxzoom: Int
    /// What it shows, in English.
    public let description: String
    /// The layers, in drawing order.
    public let layers: [Layer]

    /// The first zoom that shows anything.
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
