/// Writes layers of a tile in the format of the Mapbox Vector Tile specification 2.1.
struct TileEncoder {
    private let table: PropertyTable
    private let shownKeys: [Bool]
    private let name: String

    init(name: String, table: PropertyTable, shownKeys: [Bool]) {
        self.name = name
        self.table = table
        self.shownKeys = shownKeys
    }

    /// Appends the layer with the features a tile shows; does nothing if none is left.
    func append(_ level: TileLevel, _ content: TileLevel.Content, column: Int, row: Int, to tile: inout [UInt8]) {
        var body = LayerBody(table: table, shownKeys: shownKeys)
        if level.features.isEmpty {
            body.addPoints(level, content.entries, column: column, row: row)
        } else {
            let clip = TileClip(column: column, row: row)
            for entry in level.entries[content.entries] {
                let feature = level.features[Int(entry)]
                switch feature.shape {
                case .point: break
                case .lines(let lines):
                    let commands = GeometryCommands.lines(clip.lines(lines, bounds: feature.bounds))
                    body.add(commands, type: 2, row: feature.row, id: feature.id)
                case .area(let polygons):
                    let commands = GeometryCommands.area(clip.area(polygons, bounds: feature.bounds))
                    body.add(commands, type: 3, row: feature.row, id: feature.id)
                }
            }
        }
        body.appendLayer(name, to: &tile)
    }
}

/// The commands that draw lines and areas, §4.3 of the specification.
enum GeometryCommands {
    static func lines(_ lines: [[TilePoint]]) -> [UInt64] {
        var commands: [UInt64] = []
        var pen = TilePoint(x: 0, y: 0)
        for line in lines { draw(line, &pen, &commands) }
        return commands
    }

    static func area(_ polygons: [[[TilePoint]]]) -> [UInt64] {
        var commands: [UInt64] = []
        var pen = TilePoint(x: 0, y: 0)
        // Rings run counter-clockwise with north up, but the specification computes areas with y down and requires
        // exteriors to be positive, so each ring is reversed.
        for ring in polygons.joined() where ring.count > 2 {
            draw(ring.reversed(), &pen, &commands)
            commands.append(15)  // ClosePath, once
        }
        return commands
    }

    private static func draw(_ points: some Collection<TilePoint>, _ pen: inout TilePoint, _ commands: inout [UInt64]) {
        func move(_ point: TilePoint) {
            commands.append(Protobuf.zigzag(point.x - pen.x))
            commands.append(Protobuf.zigzag(point.y - pen.y))
            pen = point
        }
        guard let first = points.first else { return }
        commands.append(9)  // MoveTo, once
        move(first)
        commands.append(UInt64(points.count - 1) << 3 | 2)  // LineTo, for each further point
        for point in points.dropFirst() { move(point) }
    }
}
