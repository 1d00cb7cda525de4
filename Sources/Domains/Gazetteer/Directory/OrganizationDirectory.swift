import Civic
public import Geo

/// The institutions of the city, searchable by words, category and distance.
///
/// A class, so that requests copy one reference instead of each part.
public final class OrganizationDirectory: Sendable {
    /// The organizations.
    public let organizations: [Organization]
    /// The categories with their counts.
    public let categories: CategoryTree
    private let byID: [Organization.ID: Int]
    private let hours: [OpeningHours?]
    private let attributes: OrganizationAttributes
    private let points: PointIndex
    /// The organization's index for each point of the spatial index; not every organization has a position.
    private let placed: [Int]
    let index: WordIndex
    let phrases: CategoryPhrases
    let columns: OrganizationColumns
    /// The names of each category as people type them.
    let categoryNames: [CategoryNames]
    /// For each language, the organizations' ranks in alphabetical order.
    let ranks: [Language: [Int32]]
    /// For each language, the organizations in alphabetical order.
    let byRank: [Language: [Int32]]

    init(
        _ organizations: [Organization],
        categories: [Category],
        districts: DistrictMap
    ) throws(GeoError) {
        self.organizations = organizations
        let counts = organizations.reduce(into: [Category.ID: Int]()) { $0[$1.category, default: 0] += 1 }
        let tree = CategoryTree(categories, countsByCategory: counts)
        self.categories = tree
        byID = Dictionary(organizations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        hours = organizations.map { $0.openingHours.flatMap(OpeningHours.init) }
        let phrases = CategoryPhrases.phrases(of: tree)
        self.phrases = CategoryPhrases(phrases)
        let names = organizations.map { $0.names.all.map { name in Token.tokens(of: name).map(\.text) } }
        index = WordIndex(
            DirectoryWords(organizations, names: names, phrases: phrases, tree: tree, districts: districts),
            of: organizations.count
        )
        columns = OrganizationColumns(organizations, names: names, tree: tree, districts: districts)
        categoryNames = tree.nodes.map { CategoryNames($0.category) }
        let orders = Language.allCases.map { ($0, Self.alphabetical(organizations, $0)) }
        byRank = Dictionary(uniqueKeysWithValues: orders)
        ranks = Dictionary(uniqueKeysWithValues: orders.map { ($0, Self.ranks($1)) })
        let attributes = OrganizationAttributes(categories: tree, districts: districts)
        self.attributes = attributes
        placed = organizations.indices.filter { organizations[$0].position != nil }
        points = try PointIndex(
            placed.compactMap { organizations[$0].position },
            masks: placed.map { attributes.mask(of: organizations[$0]) }
        )
    }

    /// The index of an organization.
    public func index(of id: Organization.ID) -> Int? { byID[id] }

    /// The opening hours of an organization, when known.
    public func openingHours(of index: Int) -> OpeningHours? { hours[index] }

    /// The nearest organizations to a point that match a query, nearest first; the filters are applied inside the search.
    ///
    /// - Parameters:
    ///   - point: the centre of the search.
    ///   - count: the most organizations returned.
    ///   - maxMetres: the search radius.
    ///   - query: only its category, district and opening time are used.
    public func nearest(
        to point: Coordinate,
        count: Int,
        within maxMetres: Double,
        matching query: OrganizationQuery
    ) -> [(index: Int, distance: Double)] {
        guard let mask = attributes.mask(category: query.category, district: query.district) else { return [] }
        let found: [Neighbour]
        if mask.isExact, query.openAt == nil {
            found = points.nearest(to: point, count: count, within: maxMetres, requiring: mask.bits)
        } else {
            found = points.nearest(to: point, count: count, within: maxMetres, requiring: mask.bits) { [self] place in
                meets(query, placed[place])
            }
        }
        return found.map { (placed[$0.index], $0.distance) }
    }

    /// The nearest organizations to a point that meet a condition, nearest first.
    func nearest(to point: Coordinate, count: Int, where isWanted: @escaping (Int) -> Bool) -> [Int] {
        points.nearest(to: point, count: count) { [placed] in isWanted(placed[$0]) }.map { placed[$0.index] }
    }

    /// The organizations in a box.
    func places(in box: BoundingBox) -> [Int] { points.search(box).map { placed[$0] } }

    /// Whether an organization meets the conditions of a query other than its words and radius.
    func meets(_ query: OrganizationQuery, _ index: Int) -> Bool {
        let organization = organizations[index]
        if let category = query.category, !categories.isWithin(organization.category, category) { return false }
        if let district = query.district, organization.district != district { return false }
        if let box = query.box, !(organization.position.map { box.contains($0) } ?? false) { return false }
        if let time = query.openAt, hours[index]?.isOpen(at: time) != true { return false }
        return true
    }

    private static func alphabetical(_ organizations: [Organization], _ language: Language) -> [Int32] {
        let keys = organizations.map { Collation.key($0.names.label(for: language).text) }
        return organizations.indices.sorted { left, right in
            if keys[left] != keys[right] { return keys[left].lexicographicallyPrecedes(keys[right]) }
            return organizations[left].id < organizations[right].id
        }
        .map(Int32.init)
    }

    private static func ranks(_ order: [Int32]) -> [Int32] {
        var ranks = [Int32](repeating: 0, count: order.count)
        for (rank, record) in order.enumerated() { ranks[Int(record)] = Int32(rank) }
        return ranks
    }
}
