import Gazetteer

/// What the pages work out once from a snapshot: counts by category and district, and the ground under the drawings.
final class PageFacts: Sendable {
    let counts: CategoryCounts
    let ground: LocatorGround

    init(_ snapshot: GazetteerSnapshot) {
        counts = CategoryCounts(snapshot)
        ground = LocatorGround(snapshot)
    }
}
