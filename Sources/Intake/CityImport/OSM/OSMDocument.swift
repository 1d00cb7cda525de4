import Civic
import Geo

/// The elements of an OpenStreetMap file; ids are positive and numbered per kind in the order of addition.
struct OSMDocument: Sendable {
    /// A point, in units of 1e-7 degrees as in OpenStreetMap.
    struct Position: Sendable, Hashable {
        let longitude: Int
        let latitude: Int

        init(_ coordinate: Coordinate) {
            longitude = Int((coordinate.longitude * 1e7).rounded())
            latitude = Int((coordinate.latitude * 1e7).rounded())
        }
    }

    struct Node: Sendable {
        let position: Position
        let tags: OSMTags
    }

    struct Way: Sendable {
        let nodes: [Int]
        let tags: OSMTags
    }

    struct Member: Sendable, Hashable {
        enum Role: String, Sendable {
            case outer
            case inner
        }

        let way: Int
        let role: Role
    }

    struct Relation: Sendable {
        let members: [Member]
        let tags: OSMTags
    }

    /// The most nodes that OpenStreetMap allows in a way.
    private static let longestWay = 2_000

    private(set) var nodes: [Node] = []
    private(set) var ways: [Way] = []
    private(set) var relations: [Relation] = []
    private var vertices: [Position: Int] = [:]

    /// Adds a node with tags.
    mutating func addNode(at coordinate: Coordinate, _ tags: OSMTags) {
        nodes.append(Node(position: Position(coordinate), tags: tags))
    }

    /// Adds a line and returns its ways: one, or several if it has more nodes than a way may have.
    ///
    /// Lines that pass through the same position share its node.
    mutating func addWays(along points: [Coordinate], _ tags: OSMTags) -> [Int] {
        var references: [Int] = []
        for point in points {
            let vertex = vertex(at: Position(point))
            if references.last != vertex { references.append(vertex) }
        }
        var added: [Int] = []
        var start = 0
        while start < references.count - 1 {
            let end = min(start + Self.longestWay, references.count)
            ways.append(Way(nodes: Array(references[start..<end]), tags: tags))
            added.append(ways.count)
            start = end - 1
        }
        return added
    }

    /// Adds a relation of ways.
    mutating func addRelation(_ members: [Member], _ tags: OSMTags) {
        relations.append(Relation(members: members, tags: tags))
    }

    private mutating func vertex(at position: Position) -> Int {
        if let known = vertices[position] { return known }
        nodes.append(Node(position: position, tags: OSMTags()))
        vertices[position] = nodes.count
        return nodes.count
    }
}
