import Gazetteer
import Synchronization

/// What the pages work out once from a snapshot: counts by category and district, and the ground under the drawings.
final class PageFacts: Sendable {
    let counts: CategoryCounts
    let ground: LocatorGround

    init(_ snapshot: GazetteerSnapshot) {
        counts = CategoryCounts(snapshot)
        ground = LocatorGround(snapshot)
    }
}

/// Keeps the facts of the snapshot that was asked for last: a new import makes them anew.
final class PageFactsCache: Sendable {
    private struct Entry {
        let snapshot: GazetteerSnapshot
        let facts: PageFacts
    }

    private let entry = Mutex<Entry?>(nil)

    /// The facts of a snapshot; the first request after an import works them out.
    func facts(of snapshot: GazetteerSnapshot) -> PageFacts {
        entry.withLock { entry in
            if let known = entry, known.snapshot === snapshot { return known.facts }
            let facts = PageFacts(snapshot)
            entry = Entry(snapshot: snapshot, facts: facts)
            return facts
        }
    }
}
