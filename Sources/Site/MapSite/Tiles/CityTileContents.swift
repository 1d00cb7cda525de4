import Civic
public import Gazetteer
import Geo
import SiteKit
public import Tiles

/// The contents of the map's layers: the city as features to draw.
public struct CityTileContents: Sendable {
    private let snapshot: GazetteerSnapshot

    /// Uses one state of the city.
    public init(snapshot: GazetteerSnapshot) { self.snapshot = snapshot }

    /// The contents of a tileset's layers, by name.
    public func contents(of tileset: String) -> [String: TileContents] {
        switch tileset {
        case "basemap": basemap
        case "places": ["microdistricts": microdistricts, "streets": streets(withLanes: false)]
        case "districts": districtLayers
        case "organizations": ["organizations": organizations]
        case "stops": ["stops": stops]
        default: [:]
        }
    }

    private var basemap: [String: TileContents] {
        let found = ParkBlocks.find(in: snapshot.blocks, parks: organizations(in: ["park"]))
        return [
            "land": land(without: found), "parks": parks(found), "greens": greens, "water": water,
            "streets": streets(withLanes: true),
        ]
    }

    // Park land is drawn with the parks, so leave it out here.
    private func land(without parks: [Int: Organization?]) -> TileContents {
        .features(
            snapshot.blocks.enumerated().filter { parks[$0.offset] == nil }.map { _, block in
                TileFeature(.area(block.shape), ["kind": .text("block")])
            }
        )
    }

    private func parks(_ found: [Int: Organization?]) -> TileContents {
        .features(
            found.sorted { $0.key < $1.key }.map { index, park in
                TileFeature(
                    .area(snapshot.blocks[index].shape),
                    names(park?.names).merging(["id": park.map { .text($0.id.rawValue) }, "kind": .text("park")]) {
                        _,
                        new in new
                    }
                )
            }
        )
    }

    /// Green places whose outline is unknown.
    private var greens: TileContents {
        let kinds = ["park", "square", "green_area", "boulevard", "embankment"]
        return .features(
            organizations(in: kinds).compactMap { place in
                place.position.map { position in
                    TileFeature(
                        .point(position),
                        names(place.names).merging(
                            ["id": .text(place.id.rawValue), "kind": .text(place.category.rawValue)]
                        ) { _, new in new }
                    )
                }
            }
        )
    }

    private func organizations(in categories: [String]) -> [Organization] {
        snapshot.directory.organizations.filter { categories.contains($0.category.rawValue) }
    }

    private var water: TileContents {
        .features(
            snapshot.streetLines.filter { $0.street == nil }.map { line in
                TileFeature(
                    .lines(line.line.lines),
                    names(line.names).merging(["kind": .text("river")]) { _, new in new }
                )
            }
        )
    }

    /// Street lines with their full names, minor streets first so that major ones are drawn on top.
    ///
    /// Lines beside the axis of a major street are drawn without a name, as the side lanes that they most likely are.
    private func streets(withLanes: Bool) -> TileContents {
        let byID = Dictionary(
            snapshot.addresses.streets.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let lines = snapshot.streetLines.sorted { ($1.rank, $0.key) < ($0.rank, $1.key) }
        var (lanes, drawn) = ([TileFeature](), [TileFeature]())
        for line in lines {
            guard let street = line.street.flatMap({ byID[$0] }) else { continue }
            let parts = StreetAxis(line.line)
            let isGreat = line.rank <= 3
            drawn.append(TileFeature(.lines(isGreat ? parts.axis : line.line.lines), properties(street, line.rank)))
            if isGreat, !parts.beside.isEmpty {
                lanes.append(TileFeature(.lines(parts.beside), ["rank": .number(5), "kind": .text("other")]))
            }
        }
        return .features(withLanes ? lanes + drawn : drawn)
    }

    private func properties(_ street: Street, _ rank: Int) -> [String: TileValue?] {
        var properties: [String: TileValue?] = [
            "id": .text(street.id.rawValue), "rank": .number(rank), "kind": .text(street.kind.rawValue),
        ]
        for language in Language.allCases {
            let label = AddressLabel.street(street, language: language)
            if label.language == language { properties["name_\(language)"] = .text(label.text) }
        }
        return properties
    }

    private var microdistricts: TileContents {
        .features(
            snapshot.addresses.microdistricts.compactMap { place in
                place.position.map { position in
                    var properties: [String: TileValue?] = [
                        "id": .text(place.id.rawValue), "kind": .text(place.kind.rawValue),
                    ]
                    for language in Language.allCases {
                        let label = AddressLabel.microdistrict(place, language: language)
                        if label.language == language { properties["name_\(language)"] = .text(label.text) }
                    }
                    return TileFeature(.point(position), properties)
                }
            }
        )
    }

    private var districtLayers: [String: TileContents] {
        let coverage = TileCoverage(snapshot.districts.partition)
        return ["districts": districts(coverage), "borders": .borders(coverage), "labels": districtLabels]
    }

    private func districts(_ coverage: TileCoverage) -> TileContents {
        .coverage(
            coverage,
            snapshot.districts.all.map { district in
                TileFeature(
                    .area(district.shape),
                    names(district.names).merging(
                        ["slug": .text(district.id.rawValue), "number": .number(district.number)]
                    ) { _, new in new }
                ).properties
            }
        )
    }

    private var districtLabels: TileContents {
        .features(
            snapshot.districts.all.map { district in
                TileFeature(
                    .point(district.shape.labelPoint),
                    names(district.names).merging(["slug": .text(district.id.rawValue)]) { _, new in new }
                )
            }
        )
    }

    private var organizations: TileContents {
        let categories = snapshot.directory.categories
        let placed = snapshot.directory.organizations.filter { $0.position != nil }
        let features = placed.compactMap { organization -> TileFeature? in
            guard let position = organization.position else { return nil }
            let group = categories[organization.category].map { categories.nodes[$0.group].category.id.rawValue }
            return TileFeature(
                .point(position),
                names(organization.names).merging(
                    [
                        "id": .text(organization.id.rawValue), "category": .text(organization.category.rawValue),
                        "group": group.map { .text($0) }, "precision": .text(organization.precision.rawValue),
                    ]
                ) { _, new in new }
            )
        }
        return .clustered(features, keys: placed.map { Self.key($0.id.rawValue) })
    }

    private var stops: TileContents {
        .features(
            snapshot.stops.map { stop in
                TileFeature(
                    .point(stop.position),
                    names(stop.names).merging(["id": .text(stop.id.rawValue)]) { _, new in new }
                )
            }
        )
    }

    private func names(_ names: Names?) -> [String: TileValue?] {
        [
            "name_kk": (names?.kk).map { .text($0) }, "name_ru": (names?.ru).map { .text($0) },
            "name_en": (names?.en).map { .text($0) },
        ]
    }

    /// A number derived from an id, the same in every run.
    private static func key(_ id: String) -> UInt64 { FNV1a.hash(id.utf8) }
}
