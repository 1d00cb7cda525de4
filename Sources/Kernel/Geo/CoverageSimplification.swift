extension AreaPartition {
    /// The areas with simpler borders, still a coverage: shared borders stay shared and nothing crosses.
    ///
    /// Border vertices are dropped one at a time, smallest triangle first (M. Visvalingam and J. D. Whyatt, "Line
    /// generalisation by repeated elimination of points", 1993). A vertex is dropped only when all original vertices its
    /// new edge replaces lie within the tolerance of that edge, when no other vertex lies in its triangle, and when the new
    /// edge does not exist yet. So nodes where three borders meet stay, no border moves farther than the tolerance, and
    /// a ring never has fewer than four points.
    ///
    /// - Parameter tolerance: Greatest distance on the ground in metres between an old border vertex and the new border.
    /// - Returns: One region for each area, in order.
    public func simplified(tolerance: Double) -> [MultiPolygon] {
        var border = SimplifiableBorder(areas, tolerance: tolerance)
        border.simplify()
        return areas.map { area in
            let polygons = area.polygons.map { polygon in
                polygon.rings.map { ring in
                    let kept = ring.coordinates.dropLast().filter { border.keeps($0) }
                    // Simplification never empties a ring; the original ring is used if its edges are not in the border graph.
                    return (try? Ring(kept + kept.prefix(1))) ?? ring
                }
            }
            .map { Polygon(exterior: $0[0], holes: Array($0.dropFirst())) }
            return (try? MultiPolygon(polygons)) ?? area
        }
    }
}
