import Gazetteer
import Geo
import Tiles

/// One state of the city with what is made from it once: the snapshot, its JSON, its tag.
final class City: Sendable {
    let snapshot: GazetteerSnapshot
    let geocoder: Geocoder
    let suggester: Suggester
    let fragments: JSONFragments
    /// The map's tiles.
    let tiles: CityTiles
    /// What pages count and draw.
    let facts: PageFacts
    /// Begins every ETag made from this state.
    let tag: String

    init(_ snapshot: GazetteerSnapshot, tiles schemas: [String: TileSchema]) {
        self.snapshot = snapshot
        geocoder = Geocoder(snapshot)
        suggester = Suggester(snapshot)
        tiles = CityTiles(snapshot, schemas: schemas)
        facts = PageFacts(snapshot)
        fragments = JSONFragments(snapshot)
        tag = "\(Portal.version)-\(snapshot.version)-\(snapshot.districts.version)"
    }
}

/// What the pages work out once from a snapshot: counts by category and district, and the ground under the drawings.
final class PageFacts: Sendable {
    let counts: CategoryCounts
    let ground: LocatorGround

    init(_ snapshot: GazetteerSnapshot) {
        counts = CategoryCounts(snapshot)
        ground = LocatorGround(snapshot)
    }
}
