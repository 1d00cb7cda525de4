public import Geo

/// The description of a tileset for clients.
///
/// Source: TileJSON 3.0.0, github.com/mapbox/tilejson-spec.
public struct TileJSON: Encodable, Sendable {
    private struct VectorLayer: Encodable {
        let id: String
        let description: String
        let minzoom: Int
        let maxzoom: Int
        let fields: [String: String]
    }

    private let tilejson = "3.0.0"
    private let scheme = "xyz"
    private let name: String
    private let description: String
    private let attribution: String
    private let tiles: [String]
    private let minzoom: Int
    private let maxzoom: Int
    private let bounds: [Double]
    private let center: [Double]
    private let vectorLayers: [VectorLayer]

    private enum CodingKeys: String, CodingKey {
        case tilejson, scheme, name, description, attribution, tiles, minzoom, maxzoom, bounds, center
        case vectorLayers = "vector_layers"
    }

    /// Describes a tileset.
    ///
    /// - Parameters:
    ///   - name: the tileset's name.
    ///   - address: the URL template with `{z}`, `{x}` and `{y}`; nil in an archive, which holds the tiles itself.
    ///   - counted: the values that clusters count, each in a field of its own.
    ///   - bounds: the box around everything shown, WGS 84 degrees.
    public init(
        _ schema: TileSchema,
        name: String,
        address: String? = nil,
        attribution: String,
        counted: [String] = [],
        bounds: BoundingBox
    ) {
        self.name = name
        self.attribution = attribution
        description = schema.description
        tiles = address.map { [$0] } ?? []
        minzoom = schema.minzoom
        maxzoom = schema.maxzoom
        self.bounds = [bounds.west, bounds.south, bounds.east, bounds.north]
        center = [bounds.center.longitude, bounds.center.latitude, Double(min(maxzoom, max(12, minzoom)))]
        vectorLayers = schema.layers.map { layer in
            let counts = layer.clusters == nil ? [] : counted.map { ("n_\($0)", "Number") }
            return VectorLayer(
                id: layer.id,
                description: layer.description,
                minzoom: layer.minzoom,
                maxzoom: schema.maxzoom,
                fields: layer.fields.mapValues(\.type).merging(counts) { declared, _ in declared }
            )
        }
    }
}
