/// Builds the grid of an `AreaIndex`: rasters the border, then finds a reference point for every touched cell.
struct AreaGridBuilder {
    private let edges: [AreaPartition.Edge]
    private let raster: GridRaster
    private let latitudes: Set<Double>

    /// Edges touching each cell, as offsets into `cellEdges`; row by row.
    private let cellStarts: [Int32]
    private let cellEdges: [Int32]

    /// The finest grid up to the wanted resolution whose touched cells can still be numbered in 16 bits.
    static func grid(for partition: AreaPartition, resolution: Int) throws(GeoError) -> AreaGrid {
        var resolution = max(1, min(1024, resolution))
        let box = partition.boundingBox
        // A cell must contain many representable points, or it may have none that is off every border.
        while resolution > 1, min(box.width, box.height) / Double(resolution) < 1e-9 { resolution /= 2 }
        while true {
            let builder = AreaGridBuilder(partition, resolution: resolution)
            if builder.mixedCount <= Int(UInt16.max) - AreaGrid.firstMixed || resolution == 1 {
                return try builder.build()
            }
            resolution /= 2
        }
    }

    private init(_ partition: AreaPartition, resolution: Int) {
        edges = partition.edges
        raster = GridRaster(box: partition.boundingBox, resolution: resolution)
        latitudes = Set(edges.lazy.flatMap { [$0.start.latitude, $0.end.latitude] })
        (cellStarts, cellEdges) = Self.bucket(edges, into: raster)
    }

    private var mixedCount: Int {
        cellStarts.indices.dropLast().reduce(0) { $0 + (cellStarts[$1 + 1] > cellStarts[$1] ? 1 : 0) }
    }

    /// Lists the edges of every cell in compressed rows, by counting and then filling.
    private static func bucket(_ edges: [AreaPartition.Edge], into raster: GridRaster) -> ([Int32], [Int32]) {
        var starts = [Int32](repeating: 0, count: raster.resolution * raster.resolution + 1)
        for edge in edges {
            raster.forEachCell(touchedByEdgeFrom: edge.start, to: edge.end) { starts[$0 + 1] += 1 }
        }
        for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
        var next = starts
        var members = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
        for (index, edge) in edges.enumerated() {
            raster.forEachCell(touchedByEdgeFrom: edge.start, to: edge.end) { cell in
                members[Int(next[cell])] = Int32(index)
                next[cell] += 1
            }
        }
        return (starts, members)
    }

    private func build() throws(GeoError) -> AreaGrid {
        var values = [UInt16](repeating: 0, count: raster.resolution * raster.resolution)
        var cells: [AreaGrid.MixedCell] = []
        var listed: [AreaGrid.CellEdge] = []
        for row in 0..<raster.resolution {
            let scan = RowScan(latitude: try referenceLatitude(ofRow: row), edges: rowEdges(row))
            var lastCode: UInt8? = 0
            for column in 0..<raster.resolution {
                let cell = row * raster.resolution + column
                let members = cellEdges[Int(cellStarts[cell])..<Int(cellStarts[cell + 1])]
                if members.isEmpty {
                    // No border lies between neighbouring untouched cells, so the code carries over.
                    let code = lastCode ?? scan.code(atLongitude: centre(ofColumn: column))
                    values[cell] = UInt16(code)
                    lastCode = code
                } else {
                    values[cell] = UInt16(AreaGrid.firstMixed + cells.count)
                    try append(members.map { edges[Int($0)] }, column: column, scan: scan, to: &cells, &listed)
                    lastCode = nil
                }
            }
        }
        return AreaGrid(raster: raster, values: values, cells: cells, edges: listed)
    }

    /// Adds one touched cell and its edges, each directed to have the reference on its left.
    private func append(
        _ members: [AreaPartition.Edge],
        column: Int,
        scan: RowScan,
        to cells: inout [AreaGrid.MixedCell],
        _ listed: inout [AreaGrid.CellEdge]
    ) throws(GeoError) {
        let reference = try reference(inColumn: column, at: scan.latitude, off: members)
        let first = Int32(listed.count)
        for edge in members {
            let side = orientation(edge.start, edge.end, reference)
            let (start, end) = side < 0 ? (edge.end, edge.start) : (edge.start, edge.end)
            listed.append(
                AreaGrid.CellEdge(
                    startLongitude: start.longitude,
                    startLatitude: start.latitude,
                    endLongitude: end.longitude,
                    endLatitude: end.latitude,
                    left: side < 0 ? edge.right : edge.left,
                    right: side < 0 ? edge.left : edge.right,
                    canBeCrossed: side != 0
                )
            )
        }
        cells.append(
            AreaGrid.MixedCell(
                referenceLongitude: reference.longitude,
                referenceLatitude: reference.latitude,
                firstEdge: first,
                endEdge: Int32(listed.count),
                referenceCode: scan.code(atLongitude: reference.longitude)
            )
        )
    }

    private func centre(ofColumn column: Int) -> Double {
        raster.west(ofColumn: column) + raster.box.width / Double(raster.resolution) / 2
    }

    /// Fractions of a cell to try for reference points: the middle, then the golden-ratio sequence.
    private static func fraction(_ attempt: Int) -> Double {
        let step = 0.618_033_988_749_894_9 * Double(attempt)
        return 0.05 + 0.9 * (0.5 + step).truncatingRemainder(dividingBy: 1)
    }

    private static let attempts = 4096

    /// A latitude within the row which no border vertex has.
    private func referenceLatitude(ofRow row: Int) throws(GeoError) -> Double {
        let (south, north) = (raster.south(ofRow: row), raster.south(ofRow: row + 1))
        for attempt in 0..<Self.attempts {
            let latitude = south + (north - south) * Self.fraction(attempt)
            if !latitudes.contains(latitude), raster.row(latitude) == row { return latitude }
        }
        throw .bordersTooDense(near: Coordinate(longitude: raster.box.west, latitude: south))
    }

    /// A point of the cell at the row's reference latitude which is on no edge.
    private func reference(
        inColumn column: Int,
        at latitude: Double,
        off members: [AreaPartition.Edge]
    ) throws(GeoError) -> Coordinate {
        let (west, east) = (raster.west(ofColumn: column), raster.west(ofColumn: column + 1))
        for attempt in 0..<Self.attempts {
            let point = Coordinate(longitude: west + (east - west) * Self.fraction(attempt), latitude: latitude)
            guard raster.column(point.longitude) == column else { continue }
            let isFree = members.allSatisfy { edge in
                !edge.boundingBox.contains(point) || orientation(edge.start, edge.end, point) != 0
            }
            if isFree { return point }
        }
        throw .bordersTooDense(near: Coordinate(longitude: west, latitude: latitude))
    }

    /// Every edge which touches a cell of the row, once.
    private func rowEdges(_ row: Int) -> [AreaPartition.Edge] {
        let range = Int(cellStarts[row * raster.resolution])..<Int(cellStarts[(row + 1) * raster.resolution])
        return Set(cellEdges[range]).map { edges[Int($0)] }
    }
}

/// The edges that cross one parallel, on which no vertex lies, for finding the code of any point on it.
private struct RowScan {
    let latitude: Double
    private let edges: [AreaPartition.Edge]

    init(latitude: Double, edges: [AreaPartition.Edge]) {
        self.latitude = latitude
        self.edges = edges.filter { ($0.start.latitude > latitude) != ($0.end.latitude > latitude) }
    }

    /// The code at a longitude: outside in the far west, switched at every edge passed.
    func code(atLongitude longitude: Double) -> UInt8 {
        let point = Coordinate(longitude: longitude, latitude: latitude)
        var code: UInt8 = 0
        for edge in edges {
            let side = orientation(edge.start, edge.end, point)
            if (side < 0) == (edge.end.latitude > edge.start.latitude) { code ^= edge.left ^ edge.right }
        }
        return code
    }
}
