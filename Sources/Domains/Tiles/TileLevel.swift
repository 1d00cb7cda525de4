/// A layer on one zoom level: its shapes in units, and which of them each tile shows.
struct TileLevel: Sendable {
    /// A shape with its row in the layer's property table.
    struct Feature: Sendable {
        let shape: TileShape
        let bounds: TileBox
        let row: Int
        /// The feature's id in the tile; 0 for none.
        let id: UInt64
    }

    /// What one tile shows.
    struct Content: Sendable {
        /// Range of `entries`.
        let entries: Range<Int>
        /// Digest of the features' shapes and properties.
        let digest: UInt64
    }

    /// Shapes other than points.
    let features: [Feature]
    /// Points, kept apart from the rest in flat columns because there can be very many.
    let points: PointColumns
    /// The features of each tile, tile by tile, as positions in `points` or `features`.
    let entries: [Int32]
    /// The tiles that show anything, by place.
    let tiles: [TilePlace: Content]

    /// Positions of points with their rows.
    struct PointColumns: Sendable {
        var x: [Int32] = []
        var y: [Int32] = []
        var row: [Int32] = []
        var id: [UInt64] = []
    }

    /// An empty level.
    static let empty = TileLevel([], zoom: 0, table: PropertyTable())

    /// Arranges features in drawing order; either all are points or none is.
    init(_ features: [Feature], zoom: Int, table: PropertyTable) {
        var columns = PointColumns()
        var others: [Feature] = []
        for feature in features {
            if case .point(let point) = feature.shape {
                columns.x.append(point.x)
                columns.y.append(point.y)
                columns.row.append(Int32(feature.row))
                columns.id.append(feature.id)
            } else {
                others.append(feature)
            }
        }
        (points, self.features) = (columns, others)
        (entries, tiles) = Self.arranged(features, zoom: zoom, table: table)
    }

    private static func arranged(
        _ features: [Feature],
        zoom: Int,
        table: PropertyTable
    ) -> ([Int32], [TilePlace: Content]) {
        var counts: [TilePlace: Int] = [:]
        func forEachTile(_ body: (TilePlace, Int) -> Void) {
            for (position, feature) in features.enumerated() {
                guard let (columns, rows) = feature.bounds.tiles(zoom: zoom) else { continue }
                for row in rows { for column in columns { body(TilePlace(column: column, row: row), position) } }
            }
        }
        forEachTile { key, _ in counts[key, default: 0] += 1 }
        var start = 0
        var places: [TilePlace: Int] = [:]
        for key in counts.keys.sorted() {
            places[key] = start
            start += counts[key] ?? 0
        }
        var entries = [Int32](repeating: 0, count: start)
        forEachTile { key, position in
            guard let place = places[key] else { return }
            entries[place] = Int32(position)
            places[key] = place + 1
        }
        let digests = features.map { feature in
            var digest = TileDigest()
            digest.add(feature.shape.digest)
            digest.add(table.digests[feature.row])
            digest.add(feature.id)
            return digest.value
        }
        let contents = counts.map { key, count -> (TilePlace, Content) in
            let end = places[key] ?? 0
            var digest = TileDigest()
            for entry in entries[(end - count)..<end] { digest.add(digests[Int(entry)]) }
            return (key, Content(entries: (end - count)..<end, digest: digest.value))
        }
        return (entries, Dictionary(uniqueKeysWithValues: contents))
    }
}
