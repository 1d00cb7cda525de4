import Geo

/// The conditions of a query other than its words, cheapest first.
struct OrganizationConditions {
    private let query: OrganizationQuery
    private let directory: OrganizationDirectory
    private let categories: Range<Int32>?
    private let distances: Distances?
    private let asksRecord: Bool
    private let isImpossible: Bool
    // Copies of the directory's columns, which saves an indirection per record.
    private let kinds: [Int32]
    private let positions: [Coordinate]

    init(_ query: OrganizationQuery, in directory: OrganizationDirectory) {
        self.query = query
        self.directory = directory
        let node = query.category.flatMap { directory.categories[$0] }
        isImpossible = query.category != nil && node == nil
        // The children of a group come right after it.
        categories = node.map { Int32($0.index)..<Int32($0.index + 1 + $0.children.count) }
        distances = query.near.map { Distances(from: $0) }
        kinds = directory.columns.categories
        positions = directory.columns.positions
        asksRecord = query.district != nil || query.box != nil || query.openAt != nil
    }

    /// Whether there are no conditions.
    var isEmpty: Bool { query.radius == nil && query.category == nil && !asksRecord }

    /// The organizations that may meet the conditions.
    func forEachCandidate(_ body: (Int) -> Void) {
        if let box = query.box {
            for record in directory.places(in: box) { body(record) }
        } else if let categories {
            let kinds = Int(categories.lowerBound)..<Int(categories.upperBound)
            for record in directory.columns.ofCategory[kinds] { body(Int(record)) }
        } else if !isImpossible {
            for record in directory.organizations.indices { body(record) }
        }
    }

    /// Metres to an organization that meets the conditions, otherwise nil; infinite without a point or position.
    func distance(ifMatchedBy record: Int) -> Double? {
        if isImpossible { return nil }
        if let categories, !categories.contains(kinds[record]) { return nil }
        let distance = distances?.metres(to: positions[record]) ?? .infinity
        if let radius = query.radius, !(distance <= radius) { return nil }
        if asksRecord, !directory.meets(query, record) { return nil }
        return distance
    }
}
