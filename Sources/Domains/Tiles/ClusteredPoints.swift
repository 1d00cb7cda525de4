import Geo

/// Points that gather into clusters, with the counts that a filter needs.
struct ClusteredPoints: Sendable {
    /// How many points of one value a cluster holds, and one of them.
    private struct Count {
        var number: Int
        let leaf: Int
    }

    private let points: [TileFeature]
    private let rule: TileSchema.Clusters
    private let clusters: PointClusters
    /// For each point the value of the counted field.
    private let values: [String]

    init(_ points: [TileFeature], keys: [UInt64], rule: TileSchema.Clusters) {
        self.points = points
        self.rule = rule
        values = points.map { $0.properties[rule.counted]?.name ?? "" }
        clusters = PointClusters(
            points.map(\.position),
            keys: keys,
            deepestZoom: rule.maxzoom,
            radius: rule.radius / 512
        )
    }

    /// The features of a zoom: clusters, and single points.
    ///
    /// - Parameter leafRows: the rows of the points in the table.
    func features(zoom: Int, leafRows: [Int], table: inout PropertyTable) -> [TileLevel.Feature] {
        let count = zoom <= rule.maxzoom ? clusters.levels[zoom].count : clusters.order.count
        return (0..<count).compactMap { place in
            feature(place, zoom: zoom, wanted: nil, row: { leaf, _ in leafRows[leaf] }, table: &table)
        }
    }

    /// Some features of a zoom with a filter applied, in a property table of their own.
    ///
    /// - Parameters:
    ///   - places: positions in the features of the zoom.
    ///   - wanted: the values of the counted field to let through.
    ///   - isShown: whether the zoom shows a field.
    func filtered(
        _ places: some Sequence<Int>,
        zoom: Int,
        wanted: Set<String>,
        isShown: (String) -> Bool
    ) -> ([TileLevel.Feature], PropertyTable) {
        var table = PropertyTable()
        let features = places.compactMap { place in
            feature(
                place,
                zoom: zoom,
                wanted: wanted,
                row: { leaf, table in table.add(points[leaf].properties.filter { isShown($0.key) }) },
                table: &table
            )
        }
        table.finish()
        return (features, table)
    }

    private func feature(
        _ place: Int,
        zoom: Int,
        wanted: Set<String>?,
        row: (Int, inout PropertyTable) -> Int,
        table: inout PropertyTable
    ) -> TileLevel.Feature? {
        func single(_ leaf: Int) -> TileLevel.Feature {
            feature(TileGrid.point(points[leaf].position, zoom: zoom), row: row(leaf, &table), id: 0)
        }
        guard zoom <= rule.maxzoom else {
            let leaf = clusters.order[place]
            return wanted?.contains(values[leaf]) ?? true ? single(leaf) : nil
        }
        let cluster = clusters.levels[zoom][place]
        let counts = counts(cluster).filter { wanted?.contains($0.key) ?? true }
        let total = counts.reduce(0) { $0 + $1.value.number }
        if total == 1, let leaf = counts.first?.value.leaf { return single(leaf) }
        guard total > 0 else { return nil }
        return feature(cluster, counts: counts, total: total, zoom: zoom, wanted: wanted, table: &table)
    }

    private func feature(
        _ cluster: PointClusters.Cluster,
        counts: [String: Count],
        total: Int,
        zoom: Int,
        wanted: Set<String>?,
        table: inout PropertyTable
    ) -> TileLevel.Feature {
        var properties: [String: TileValue] = [
            "cluster": .flag(true), "point_count": .number(total),
            "expansion_zoom": .number(expansionZoom(cluster, zoom: zoom, wanted: wanted)),
        ]
        for (value, count) in counts { properties["n_\(value)"] = .number(count.number) }
        let point = TileGrid.point(x: cluster.x, y: cluster.y, zoom: zoom)
        return feature(point, row: table.add(properties), id: cluster.id)
    }

    private func feature(_ point: TilePoint, row: Int, id: UInt64) -> TileLevel.Feature {
        TileLevel.Feature(shape: .point(point), bounds: TileBox(point), row: row, id: id)
    }

    private func counts(_ cluster: PointClusters.Cluster) -> [String: Count] {
        var counts: [String: Count] = [:]
        for leaf in clusters.order[cluster.leaves] {
            counts[values[leaf], default: Count(number: 0, leaf: leaf)].number += 1
        }
        return counts
    }

    /// The zoom at which a filtered cluster splits, which is where its remaining points separate.
    private func expansionZoom(_ cluster: PointClusters.Cluster, zoom: Int, wanted: Set<String>?) -> Int {
        guard let wanted else { return cluster.expansionZoom }
        for deeper in stride(from: zoom + 1, through: rule.maxzoom, by: 1) {
            let parts = clusters.parts(of: cluster, zoom: deeper).count { part in
                part.leaves.contains { wanted.contains(values[clusters.order[$0]]) }
            }
            if parts > 1 { return deeper }
        }
        return rule.maxzoom + 1
    }
}

extension TileFeature {
    /// The position of a point; shapes of other kinds are not clustered.
    fileprivate var position: Coordinate {
        switch shape {
        case .point(let position): position
        case .lines(let lines): lines.first?.first ?? Coordinate(longitude: 0, latitude: 0)
        case .area(let area): area.pointOnSurface
        }
    }
}

extension TileBox {
    init(_ point: TilePoint) { (west, north, east, south) = (point.x, point.y, point.x, point.y) }
}
