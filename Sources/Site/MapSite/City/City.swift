import Civic
import Gazetteer
import Geo
import SiteKit
import Synchronization
import Tiles

/// One state of the city together with what is derived from it once: the snapshot, its JSON, its tag.
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

    init(_ snapshot: GazetteerSnapshot, tiles schemas: [String: TileSchema], symbols: CategorySymbols) {
        self.snapshot = snapshot
        geocoder = Geocoder(snapshot)
        suggester = Suggester(snapshot)
        tiles = CityTiles(snapshot, schemas: schemas)
        facts = PageFacts(snapshot, symbols)
        fragments = JSONFragments(snapshot)
        tag = "\(Product.version)-\(snapshot.version)-\(snapshot.districts.version)"
    }
}

/// What the pages compute once from a snapshot: counts by category and district, the order of the districts, and the background
/// of the drawings.
final class PageFacts: Sendable {
    let counts: CategoryCounts
    let ground: LocatorGround
    /// The symbols that categories can have.
    let symbols: CategorySymbols
    /// The districts in the alphabetical order of each language.
    let sortedDistricts: [Language: [District]]
    /// The categories and districts as the map's script gets them, in each language.
    let mapNames: [Language: MapNames]
    // The categories of the whole city, which the directory shows to most readers.
    private let groups = Mutex<[Language: [CategoryGroup]]>([:])

    init(_ snapshot: GazetteerSnapshot, _ symbols: CategorySymbols) {
        self.symbols = symbols
        counts = CategoryCounts(snapshot)
        ground = LocatorGround(snapshot)
        let pairs = Language.allCases.map { language in
            let keyed = snapshot.districts.all.map { (Collation.key($0.names.label(for: language).text), $0) }
            return (language, keyed.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1))
        }
        sortedDistricts = Dictionary(uniqueKeysWithValues: pairs)
        mapNames = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, MapNames(snapshot, symbols, in: $0)) })
    }

    /// The groups of categories in the whole city, made by the first page that shows them.
    func groups(in language: Language, make: () -> [CategoryGroup]) -> [CategoryGroup] {
        if let groups = groups.withLock({ $0[language] }) { return groups }
        let made = make()
        groups.withLock { $0[language] = made }
        return made
    }
}
