import Geo

/// Draws areas as SVG paths, with degrees of longitude scaled to their width on the ground.
struct Outline {
    private static let width = 600.0

    private let bounds: BoundingBox
    private let scale: Double
    private let squeeze: Double

    init(bounds: BoundingBox) {
        self.bounds = bounds
        let east = Coordinate(longitude: bounds.east, latitude: bounds.center.latitude)
        let west = Coordinate(longitude: bounds.west, latitude: bounds.center.latitude)
        let south = Coordinate(longitude: bounds.west, latitude: bounds.south)
        let north = Coordinate(longitude: bounds.west, latitude: bounds.north)
        scale = Self.width / bounds.width
        squeeze = (south.distance(to: north) / bounds.height) / (west.distance(to: east) / bounds.width)
    }

    var viewBox: String { "-4 -4 \(Int(Self.width) + 8) \(Int(bounds.height * scale * squeeze) + 8)" }

    /// Drops points within a pixel of the previous one, because the picture is small.
    func path(_ area: MultiPolygon) -> String {
        var path = ""
        for ring in area.polygons.flatMap(\.rings) {
            var last: (Int, Int)?
            for vertex in ring.coordinates {
                let point = (
                    Int(((vertex.longitude - bounds.west) * scale).rounded()),
                    Int(((bounds.north - vertex.latitude) * scale * squeeze).rounded())
                )
                if let last, last == point { continue }
                path += "\(last == nil ? "M" : "L")\(point.0) \(point.1)"
                last = point
            }
            path += "Z"
        }
        return path
    }
}
