import Civic
import Gazetteer
import Geo
import SiteKit

/// The map data for the small drawings around a place: blocks, streets, waterways and district borders.
struct LocatorGround: Sendable {
    private let snapshot: GazetteerSnapshot
    private let blocks: PackedRTree
    private let lines: PackedRTree
    private let streets: [Street.ID: Int]
    private let borders: [DistrictBorder]

    init(_ snapshot: GazetteerSnapshot) {
        self.snapshot = snapshot
        blocks = PackedRTree(snapshot.blocks.map(\.shape.boundingBox))
        lines = PackedRTree(snapshot.streetLines.map(\.line.bounds))
        let places = snapshot.addresses.streets.enumerated().map { ($1.id, $0) }
        streets = Dictionary(places, uniquingKeysWith: { first, _ in first })
        borders = DistrictBorder.all(of: snapshot.districts.all)
    }

    /// The blocks that intersect a box.
    func blocks(in box: BoundingBox) -> [Block] { blocks.search(box).map { snapshot.blocks[$0] } }

    /// The streets and waterways that intersect a box, major ones last, so that they are drawn on top.
    func lines(in box: BoundingBox) -> [StreetLine] {
        lines.search(box).map { snapshot.streetLines[$0] }.sorted { ($1.rank, $1.id) < ($0.rank, $0.id) }
    }

    /// The district borders inside a box, each part with its districts.
    func borders(in box: BoundingBox) -> [(line: [Coordinate], districts: [District])] {
        borders.filter { $0.box.intersects(box) }.flatMap { border in
            box.clip(line: border.line).map { ($0, border.districts.map { snapshot.districts.all[$0] }) }
        }
    }

    /// Whether a named street runs through a box.
    func hasStreet(in box: BoundingBox) -> Bool {
        lines(in: box).contains { line in line.street != nil && line.line.lines.contains { !box.clip(line: $0).isEmpty }
        }
    }

    /// The label of a line for readers of `language`, and the label's language.
    func label(of line: StreetLine, _ language: Language) -> (text: String, language: Language) {
        guard let street = line.street.flatMap({ streets[$0] }) else { return line.names.label(for: language) }
        return AddressLabel.street(snapshot.addresses.streets[street], language: language)
    }
}
