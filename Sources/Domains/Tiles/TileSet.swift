import Foundation
public import Geo

/// The tiles of one map layer of the city, ready to be written: immutable, made as a whole from one state of the city.
public struct TileSet: Sendable {
    /// What it is made of.
    public let schema: TileSchema
    private let layers: [TileLayer]
    /// Part of every digest, because another declaration produces different tiles from the same city.
    private let declaration: TileDigest

    /// Makes a tileset.
    ///
    /// - Parameters:
    ///   - schema: the declaration.
    ///   - contents: what each layer is made from, by the layer's name; a layer without contents stays empty.
    public init(_ schema: TileSchema, contents: [String: TileContents]) {
        self.schema = schema
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var declaration = TileDigest()
        declaration.add((try? encoder.encode(schema)) ?? Data())
        self.declaration = declaration
        layers = schema.layers.map { layer in
            TileLayer(layer, contents[layer.id] ?? .features([]), deepestZoom: schema.maxzoom)
        }
    }

    /// The bytes of a tile, uncompressed; empty when it shows nothing.
    ///
    /// - Parameter wanted: values of the counted field to let through in clustered layers; nil lets through all.
    public func tile(_ tile: TileCoordinate, wanted: Set<String>? = nil) -> [UInt8] {
        guard tile.zoom <= schema.maxzoom else { return [] }
        var bytes: [UInt8] = []
        for layer in layers {
            let level = layer.levels[tile.zoom]
            if let wanted, let clusters = layer.clusters {
                append(layer, clusters, tile, wanted, to: &bytes)
            } else if let content = level.tiles[TilePlace(tile)] {
                TileEncoder(name: layer.schema.id, table: layer.table, shownKeys: layer.shownKeys(zoom: tile.zoom))
                    .append(level, content, column: tile.column, row: tile.row, to: &bytes)
            }
        }
        return bytes
    }

    private func append(
        _ layer: TileLayer,
        _ clusters: ClusteredPoints,
        _ tile: TileCoordinate,
        _ wanted: Set<String>,
        to bytes: inout [UInt8]
    ) {
        let level = layer.levels[tile.zoom]
        let places = around(tile, layer).reduce(into: Set<Int>()) { places, content in
            places.formUnion(level.entries[content.entries].map(Int.init))
        }
        let (features, table) = clusters.filtered(places.sorted(), zoom: tile.zoom, wanted: wanted) { field in
            layer.schema.fields[field].map { tile.zoom >= $0.minzoom ?? 0 } ?? false
        }
        let left = TileLevel(features, zoom: tile.zoom, table: table)
        guard let content = left.tiles[TilePlace(tile)] else { return }
        TileEncoder(name: layer.schema.id, table: table, shownKeys: table.keys.map { _ in true })
            .append(left, content, column: tile.column, row: tile.row, to: &bytes)
    }

    /// Contents of this and adjoining tiles: a filtered cluster of a neighbouring tile may leave a point in this one.
    private func around(_ tile: TileCoordinate, _ layer: TileLayer) -> [TileLevel.Content] {
        let level = layer.levels[tile.zoom]
        let reach = tile.zoom <= layer.schema.clusters?.maxzoom ?? -1 ? 1 : 0
        return (-reach...reach).flatMap { row in
            (-reach...reach).compactMap { column in
                level.tiles[TilePlace(column: tile.column + column, row: tile.row + row)]
            }
        }
    }

    /// A digest of what a tile can show under any filter, computed without writing it; nil when it can show nothing.
    public func digestOfFiltered(_ tile: TileCoordinate) -> UInt64? {
        guard tile.zoom <= schema.maxzoom else { return nil }
        let contents = layers.filter { $0.clusters != nil }.flatMap { around(tile, $0) }
        if contents.isEmpty { return nil }
        var digest = declaration
        for content in contents { digest.add(content.digest) }
        return digest.value
    }

    /// A digest of what a tile shows, computed without writing it; nil when it shows nothing.
    ///
    /// It is the same in every run and differs when a shape or a property of the tile does.
    public func digest(_ tile: TileCoordinate) -> UInt64? {
        guard tile.zoom <= schema.maxzoom else { return nil }
        var digest = declaration
        var isEmpty = true
        for layer in layers {
            guard let content = layer.levels[tile.zoom].tiles[TilePlace(tile)] else {
                continue
            }
            digest.add(layer.schema.id.utf8)
            digest.add(content.digest)
            isEmpty = false
        }
        return isEmpty ? nil : digest.value
    }

    /// The tiles of a zoom that show something, row by row.
    public func tiles(zoom: Int) -> [TileCoordinate] {
        guard zoom <= schema.maxzoom else { return [] }
        let places = layers.reduce(into: Set<TilePlace>()) { $0.formUnion($1.levels[zoom].tiles.keys) }
        return places.sorted().compactMap { place in
            try? TileCoordinate(zoom: zoom, column: Int(place.column), row: Int(place.row))
        }
    }

    /// All tiles that show something, from zoom 0 to the deepest.
    public var pyramid: [TileCoordinate] { (0...schema.maxzoom).flatMap { tiles(zoom: $0) } }

    /// Whether a filter on the counted field applies: true if any layer is clustered.
    public var isFilterable: Bool { layers.contains { $0.clusters != nil } }

    /// The tiles that differ from those of an earlier state, including those that no longer exist.
    public func changedTiles(since earlier: TileSet) -> Set<TileCoordinate> {
        Set(pyramid).union(earlier.pyramid).filter { digest($0) != earlier.digest($0) }
    }
}
