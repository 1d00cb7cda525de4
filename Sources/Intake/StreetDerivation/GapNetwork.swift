import Geo

/// The middle lines of the gaps between blocks, as a network.
///
/// A node is where three or more blocks meet; an edge is the middle line between two blocks. It is the Voronoi diagram
/// of the blocks' edges: each of its points is equally far from both blocks.
struct GapNetwork: Sendable {
    /// The middle line between two blocks.
    struct Edge: Sendable {
        /// The two blocks, the smaller number first; `GapSites.open` for open land.
        let blocks: (Int, Int)
        /// From node to node.
        var line: PlaneLine
        /// The width of the gap at each point of the line as originally found, metres.
        let widths: [Double]
        var start: Int
        var end: Int
        let length: Double

        /// The median width, metres.
        var width: Double { widths.sorted()[widths.count / 2] }
    }

    var nodes: [PlanePoint]
    var edges: [Edge]
}
