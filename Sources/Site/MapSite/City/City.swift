import Gazetteer
import Geo
import SiteKit
import Tiles

/// One state of the city with what is derived from it once: the snapshot, its JSON, its tag.
final class City: Sendable {
    let snapshot: GazetteerSnapshot
    let geocoder: Geocoder
    let suggester: Suggester
    let fragments: JSONFragments
    /// The map's tiles.
    let tiles: CityTiles
    /// Counts and shapes that the pages show.
    let facts: PageFacts
    /// The prefix of every ETag made from this state.
    let tag: String

    init(_ snapshot: GazetteerSnapshot, tiles schemas: [String: TileSchema]) {
        self.snapshot = snapshot
        geocoder = Geocoder(snapshot)
        suggester = Suggester(snapshot)
        tiles = CityTiles(snapshot, schemas: schemas)
        facts = PageFacts(snapshot)
        fragments = JSONFragments(snapshot)
        tag = "\(Product.version)-\(snapshot.version)-\(snapshot.districts.version)"
    }
}

/// What the pages compute once from a snapshot: counts by category and district, and the background of the drawings.
final class PageFacts: Sendable {
    let counts: CategoryCounts
    let ground: LocatorGround

    init(_ snapshot: GazetteerSnapshot) {
        counts = CategoryCounts(snapshot)
        ground = LocatorGround(snapshot)
    }
}
