public import Geo
import Synchronization

/// Areas that share borders, simplified once per zoom for all layers that draw them.
public final class TileCoverage: Sendable {
    /// The areas and their borders.
    public let partition: AreaPartition
    private let simplified = Mutex<[Int: [MultiPolygon]]>([:])

    /// Wraps a partition.
    public init(_ partition: AreaPartition) { self.partition = partition }

    /// The areas with borders simplified for a zoom, still shared.
    func areas(_ scale: ShapeScale) -> [MultiPolygon] {
        if let known = simplified.withLock({ $0[scale.zoom] }) { return known }
        let latitude = partition.boundingBox.center.latitude
        // The tolerance is in metres on the ground.
        let unit = WebMercator.groundResolution(latitude: latitude, zoom: scale.zoom, tileSize: 4_096)
        let areas = partition.simplified(tolerance: scale.tolerance * unit)
        simplified.withLock { $0[scale.zoom] = areas }
        return areas
    }
}
