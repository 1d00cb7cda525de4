import Geo

/// A layer prepared for all zooms.
struct TileLayer: Sendable {
    let schema: TileSchema.Layer
    let table: PropertyTable
    /// The levels from zoom 0 to the tileset's deepest.
    let levels: [TileLevel]
    /// The clustered points, for filters; nil in other layers.
    let clusters: ClusteredPoints?

    /// Prepares a layer.
    init(_ schema: TileSchema.Layer, _ contents: TileContents, deepestZoom: Int) {
        self.schema = schema
        let contents = contents.inCurveOrder
        var table = PropertyTable()
        let clusters: ClusteredPoints? =
            if case .clustered(let points, let keys) = contents, let rule = schema.clusters {
                ClusteredPoints(points, keys: keys, rule: rule)
            } else {
                nil
            }
        let source = LayerSource(schema, contents, clusters: clusters, table: &table)
        // All rows must exist before the first level is arranged, since a cluster's counts are rows too.
        var features = (0...deepestZoom).map { zoom in
            zoom < schema.minzoom ? [] : source.features(zoom: zoom, deepestZoom: deepestZoom, table: &table)
        }
        table.finish()
        self.table = table
        self.clusters = clusters
        levels = features.indices.map { zoom in
            defer { features[zoom] = [] }
            return TileLevel(features[zoom], zoom: zoom, table: table)
        }
    }

    /// Which keys a feature may have on a zoom, by key number.
    func shownKeys(zoom: Int) -> [Bool] {
        table.keys.map { key in
            guard let field = schema.fields[key] else { return true }
            return zoom >= field.minzoom ?? 0
        }
    }
}

/// A layer's features before they are brought to a zoom.
struct LayerSource {
    private let schema: TileSchema.Layer
    private let contents: TileContents
    private let clusters: ClusteredPoints?
    private let rows: [Int]
    private let firstZooms: [Int]

    init(
        _ schema: TileSchema.Layer,
        _ contents: TileContents,
        clusters: ClusteredPoints?,
        table: inout PropertyTable
    ) {
        self.schema = schema
        self.contents = contents
        self.clusters = clusters
        let properties: [[String: TileValue]] =
            switch contents {
            case .features(let features), .clustered(let features, _): features.map(\.properties)
            case .coverage(_, let properties): properties
            case .borders: [["outer": .flag(false)], ["outer": .flag(true)]]
            }
        rows = properties.map { row in table.add(row.filter { schema.fields[$0.key] != nil }) }
        firstZooms = properties.map { row in
            guard let rule = schema.features, let value = row[rule.field] else { return schema.minzoom }
            return max(schema.minzoom, rule.zooms[value.name] ?? schema.minzoom)
        }
    }

    func features(zoom: Int, deepestZoom: Int, table: inout PropertyTable) -> [TileLevel.Feature] {
        let scale = ShapeScale(
            zoom: zoom,
            // The deepest level is enlarged by clients, so there only indistinguishable detail is dropped.
            tolerance: zoom == deepestZoom ? 0.5 : TileGrid.pixel / 2,
            smallest: zoom == deepestZoom ? 0 : (schema.smallest ?? 0) * TileGrid.pixel * TileGrid.pixel
        )
        switch contents {
        case .features(let features):
            let shown = features.indices.filter { zoom >= firstZooms[$0] }
            let made = shown.compactMap { feature(scale.shape(features[$0].shape), row: rows[$0]) }
            return thinned(made, zoom: zoom)
        case .coverage(let coverage, _):
            return coverage.areas(scale).enumerated().compactMap { index, area in
                feature(scale.coverage(area), row: rows[index])
            }
        case .borders(let coverage):
            return BorderLines(coverage.areas(scale)).lines.map { line in
                (scale.exact([line.points]), rows[line.isOuter ? 1 : 0])
            }
            .compactMap { feature($0, row: $1) }
        case .clustered:
            return clusters?.features(zoom: zoom, leafRows: rows, table: &table) ?? []
        }
    }

    private func feature(_ shape: TileShape?, row: Int) -> TileLevel.Feature? {
        guard let shape, let bounds = TileBox(around: shape.points) else { return nil }
        return TileLevel.Feature(shape: shape, bounds: bounds, row: row, id: 0)
    }

    /// Leaves out points that are too close to one that is kept; earlier features take precedence.
    private func thinned(_ features: [TileLevel.Feature], zoom: Int) -> [TileLevel.Feature] {
        guard let pixels = schema.spacing?[String(zoom)] else { return features }
        let cell = Int32(pixels * TileGrid.pixel)
        var taken: [TilePoint: [TilePoint]] = [:]
        return features.filter { feature in
            guard case .point(let point) = feature.shape else { return true }
            let home = TilePoint(x: point.x / cell, y: point.y / cell)
            for y in home.y - 1...home.y + 1 {
                for x in home.x - 1...home.x + 1 {
                    for other in taken[TilePoint(x: x, y: y)] ?? []
                    where other.squaredDistance(point) < Int(cell) * Int(cell) {
                        return false
                    }
                }
            }
            taken[home, default: []].append(point)
            return true
        }
    }
}
