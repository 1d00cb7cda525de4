import Geo

extension TileContents {
    /// The same contents with points in the order of a space-filling curve, so that what a tile shows is contiguous in
    /// memory.
    ///
    /// Source: G. M. Morton, "A computer oriented geodetic data base and a new technique in file sequencing" (1966).
    var inCurveOrder: TileContents {
        switch self {
        case .features(let features):
            guard let order = Self.order(features) else { return self }
            return .features(order.map { features[$0] })
        case .clustered(let features, let keys):
            guard let order = Self.order(features) else { return self }
            return .clustered(order.map { features[$0] }, keys: order.map { keys[$0] })
        case .coverage, .borders: return self
        }
    }

    /// Nil unless all are points: the drawing order of lines and areas matters.
    private static func order(_ features: [TileFeature]) -> [Int]? {
        var places: [(key: UInt64, index: Int)] = []
        places.reserveCapacity(features.count)
        for (index, feature) in features.enumerated() {
            guard case .point(let position) = feature.shape else { return nil }
            places.append((key(TileGrid.point(position, zoom: 15)), index))
        }
        return places.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.index)
    }

    private static func key(_ point: TilePoint) -> UInt64 {
        spread(UInt64(UInt32(bitPattern: point.x))) + 2 * spread(UInt64(UInt32(bitPattern: point.y)))
    }

    /// Puts a zero before each of 32 bits.
    private static func spread(_ value: UInt64) -> UInt64 {
        var bits = (value | (value << 16)) & 0x0000_FFFF_0000_FFFF
        bits = (bits | (bits << 8)) & 0x00FF_00FF_00FF_00FF
        bits = (bits | (bits << 4)) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | (bits << 2)) & 0x3333_3333_3333_3333
        return (bits | (bits << 1)) & 0x5555_5555_5555_5555
    }
}
