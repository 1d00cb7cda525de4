package import Geo

/// Geometry as GeoJSON (RFC 7946): longitude before latitude, six decimals.
extension JSONWriter {
    /// Writes an area as a GeoJSON geometry (RFC 7946), longitude before latitude.
    package mutating func geometry(_ area: MultiPolygon) {
        beginObject()
        key("type")
        string("MultiPolygon")
        key("coordinates")
        beginArray()
        for polygon in area.polygons {
            beginArray()
            for ring in polygon.rings { coordinates(ring.coordinates) }
            endArray()
        }
        endArray()
        endObject()
    }

    /// Writes a point as a GeoJSON geometry (RFC 7946), longitude before latitude.
    package mutating func geometry(_ point: Coordinate) {
        beginObject()
        key("type")
        string("Point")
        key("coordinates")
        pair(point)
        endObject()
    }

    private mutating func coordinates(_ list: [Coordinate]) {
        beginArray()
        for point in list { pair(point) }
        endArray()
    }

    private mutating func pair(_ point: Coordinate) {
        beginArray()
        number(point.longitude, decimals: 6)
        number(point.latitude, decimals: 6)
        endArray()
    }
}
