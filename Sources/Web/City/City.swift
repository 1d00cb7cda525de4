import Gazetteer
import Geo

/// One state of the city with what is made from it once: the snapshot, its JSON, its tag.
final class City: Sendable {
    let snapshot: GazetteerSnapshot
    let geocoder: Geocoder
    let fragments: JSONFragments
    /// Begins every ETag made from this state.
    let tag: String

    init(_ snapshot: GazetteerSnapshot) {
        self.snapshot = snapshot
        geocoder = Geocoder(snapshot)
        fragments = JSONFragments(snapshot)
        tag = "\(Portal.version)-\(snapshot.version)-\(snapshot.districts.version)"
    }
}
