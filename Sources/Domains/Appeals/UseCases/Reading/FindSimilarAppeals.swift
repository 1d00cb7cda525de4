public import Geo

/// Finds open reports of the same problem, so that a citizen can support one instead of filing another.
public struct FindSimilarAppeals: Sendable {
    /// How far away a report may be, metres on the ellipsoid, this distance included.
    public static let radius = 250.0
    /// The most reports that are returned.
    public static let most = 5
    // One city block may have thousands of reports with the same cause; the nearest among this many are good enough.
    private static let maxCandidates = 2_000

    let store: any AppealStore
    let catalogue: AppealCatalogue

    /// A report with its distance.
    public struct Similar: Sendable, Equatable {
        /// The report.
        public let report: AppealSummary
        /// The distance, metres.
        public let distance: Double
    }

    /// The nearest open reports of a category, the nearest first; empty for a category that is never published.
    ///
    /// - Parameter point: where the problem is.
    /// - Throws: `GeoError` when the point is not a position on Earth, and what the store throws.
    public func callAsFunction(of category: AppealCategory.ID, at point: Coordinate) async throws -> [Similar] {
        try point.validate()
        guard let known = catalogue[category: category], !known.isSensitive, !known.isHandedOver else { return [] }
        let box = BoundingBox(point).expanded(byMetres: Self.radius)
        let candidates = try await store.openReports(of: category, in: box, limit: Self.maxCandidates)
        let near = candidates.compactMap { report -> Similar? in
            guard let place = report.point else { return nil }
            let distance = point.distance(to: place)
            return distance <= Self.radius ? Similar(report: report, distance: distance) : nil
        }
        let sorted = near.sorted { ($0.distance, $0.report.id) < ($1.distance, $1.report.id) }
        return Array(sorted.prefix(Self.most))
    }
}
