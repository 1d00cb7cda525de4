/// Writes elements as OpenStreetMap XML 0.6, nodes before ways before relations, a piece at a time.
struct OSMXMLWriter {
    private static let pieceLength = 1 << 16

    private let sink: (String) throws -> Void
    private var piece = ""

    init(sink: @escaping (String) throws -> Void) { self.sink = sink }

    /// Writes a whole file.
    ///
    /// - Parameter header: names and values of the root's attributes, such as the licence.
    mutating func write(_ document: OSMDocument, header: [(String, String)]) throws {
        piece += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\""
        for (name, value) in header { piece += " \(name)=\"\(Self.escaped(value))\"" }
        piece += ">\n"
        writeBounds(of: document)
        for (index, node) in document.nodes.enumerated() { try write(node, id: index + 1) }
        for (index, way) in document.ways.enumerated() { try write(way, id: index + 1) }
        for (index, relation) in document.relations.enumerated() { try write(relation, id: index + 1) }
        piece += "</osm>\n"
        try sink(piece)
        piece = ""
    }

    private mutating func writeBounds(of document: OSMDocument) {
        let (longitudes, latitudes) = (
            document.nodes.map(\.position.longitude), document.nodes.map(\.position.latitude)
        )
        guard let west = longitudes.min(), let east = longitudes.max(), let south = latitudes.min(),
            let north = latitudes.max()
        else { return }
        piece += "<bounds minlat=\"\(Self.degrees(south))\" minlon=\"\(Self.degrees(west))\""
        piece += " maxlat=\"\(Self.degrees(north))\" maxlon=\"\(Self.degrees(east))\"/>\n"
    }

    private mutating func write(_ node: OSMDocument.Node, id: Int) throws {
        piece += "<node id=\"\(id)\" version=\"1\" visible=\"true\" lat=\"\(Self.degrees(node.position.latitude))\""
        piece += " lon=\"\(Self.degrees(node.position.longitude))\""
        if node.tags.all.isEmpty {
            piece += "/>\n"
        } else {
            piece += ">\n"
            write(node.tags)
            piece += "</node>\n"
        }
        try flush()
    }

    private mutating func write(_ way: OSMDocument.Way, id: Int) throws {
        piece += "<way id=\"\(id)\" version=\"1\" visible=\"true\">\n"
        for node in way.nodes { piece += "<nd ref=\"\(node)\"/>\n" }
        write(way.tags)
        piece += "</way>\n"
        try flush()
    }

    private mutating func write(_ relation: OSMDocument.Relation, id: Int) throws {
        piece += "<relation id=\"\(id)\" version=\"1\" visible=\"true\">\n"
        for member in relation.members {
            piece += "<member type=\"way\" ref=\"\(member.way)\" role=\"\(member.role.rawValue)\"/>\n"
        }
        write(relation.tags)
        piece += "</relation>\n"
        try flush()
    }

    private mutating func write(_ tags: OSMTags) {
        for tag in tags.all {
            piece += "<tag k=\"\(Self.escaped(tag.key))\" v=\"\(Self.escaped(tag.value))\"/>\n"
        }
    }

    private mutating func flush() throws {
        guard piece.utf8.count >= Self.pieceLength else { return }
        try sink(piece)
        piece = ""
    }

    /// A text as the value of an attribute; characters that XML 1.0 does not allow (section 2.2) are left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // Unescaped, a reader would turn them into spaces.
            case "\t", "\n", "\r": result += "&#\(scalar.value);"
            case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Formats seven decimals independently of the locale.
    static func degrees(_ units: Int) -> String {
        let fraction = String(abs(units) % 10_000_000)
        let zeros = String(repeating: "0", count: 7 - fraction.count)
        return "\(units < 0 ? "-" : "")\(abs(units) / 10_000_000).\(zeros)\(fraction)"
    }
}
