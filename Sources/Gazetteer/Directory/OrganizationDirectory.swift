public import Geo

/// The institutions of the city, found by words, by category and by distance.
///
/// A class, so that a request that looks something up copies one reference and not each of its parts.
public final class OrganizationDirectory: Sendable {
    /// The organizations.
    public let organizations: [Organization]
    /// The categories with their counts.
    public let categories: CategoryTree
    private let byID: [Organization.ID: Int]
    private let hours: [OpeningHours?]
    private let words: WordIndex
    private let ranks: [Language: [Int32]]
    private let attributes: OrganizationAttributes
    private let points: PointIndex
    /// For each point of the index, the organization's place: not every organization has a position.
    private let placed: [Int]

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
        words = WordIndex(organizations.map { Self.words(of: $0, in: tree) })
        ranks = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, Self.ranks(organizations, $0)) })
        let attributes = OrganizationAttributes(categories: tree, districts: districts)
        self.attributes = attributes
        placed = organizations.indices.filter { organizations[$0].position != nil }
        points = try PointIndex(
            placed.compactMap { organizations[$0].position },
            masks: placed.map { attributes.mask(of: organizations[$0]) }
        )
    }

    /// The place of an organization.
    public func index(of id: Organization.ID) -> Int? { byID[id] }

    /// The opening hours of an organization, when known.
    public func openingHours(of index: Int) -> OpeningHours? { hours[index] }

    /// The nearest organizations to a point that meet a query, nearest first; the filters work inside the search.
    ///
    /// - Parameters:
    ///   - point: from where.
    ///   - count: at most so many.
    ///   - maxMetres: how far to look.
    ///   - query: category, district and opening; the rest is not looked at.
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

    /// Everything that meets a query: by relevance with words, by distance with a point, else by name.
    public func search(_ query: OrganizationQuery) -> [OrganizationHit] {
        var hits = candidates(query).filter { meets(query, $0.index) }.map { hit in
            OrganizationHit(index: hit.index, distance: distance(query, hit.index), relevance: hit.relevance)
        }
        if let radius = query.radius { hits.removeAll { ($0.distance ?? .infinity) > radius } }
        let ranks = self.ranks[query.language] ?? []
        hits.sort { left, right in
            if left.relevance != right.relevance { return left.relevance > right.relevance }
            let nearer = (left.distance ?? .infinity, right.distance ?? .infinity)
            if nearer.0 != nearer.1 { return nearer.0 < nearer.1 }
            return ranks[left.index] < ranks[right.index]
        }
        return hits
    }

    private func candidates(_ query: OrganizationQuery) -> [(index: Int, relevance: Double)] {
        if let text = query.text {
            let question = Token.tokens(of: text).map(\.text)
            return words.records(with: question).map { found in
                // A short name that is all asked for comes before a long one that happens to have the words.
                let length = Double(max(1, Token.tokens(of: organizations[found.record].names.ru ?? "").count))
                let share = min(1, Double(question.count) / length)
                return (found.record, (0.8 * found.wholeWords + 0.2 * share).roundedToHundredths)
            }
        }
        if let box = query.box {
            return points.search(box).map { (placed[$0], 1) }
        }
        return organizations.indices.map { ($0, 1) }
    }

    private func meets(_ query: OrganizationQuery, _ index: Int) -> Bool {
        let organization = organizations[index]
        if let category = query.category, !categories.isWithin(organization.category, category) { return false }
        if let district = query.district, organization.district != district { return false }
        if let box = query.box, !(organization.position.map { box.contains($0) } ?? false) { return false }
        if let minute = query.openAt, hours[index]?.isOpen(atMinuteOfWeek: minute) != true { return false }
        return true
    }

    private func distance(_ query: OrganizationQuery, _ index: Int) -> Double? {
        guard let near = query.near, let position = organizations[index].position else { return nil }
        return near.distance(to: position)
    }

    private static func words(of organization: Organization, in tree: CategoryTree) -> [String] {
        var texts = organization.names.all
        if let node = tree[organization.category] {
            for category in [node.category, tree.nodes[node.group].category] {
                texts += category.names.all + category.plurals.all + category.synonyms
            }
        }
        return texts.flatMap { Token.tokens(of: $0).map(\.text) }
    }

    private static func ranks(_ organizations: [Organization], _ language: Language) -> [Int32] {
        let keys = organizations.map { Collation.key($0.names.label(for: language).text) }
        let order = organizations.indices.sorted { left, right in
            if keys[left] != keys[right] { return keys[left].lexicographicallyPrecedes(keys[right]) }
            return organizations[left].id < organizations[right].id
        }
        var ranks = [Int32](repeating: 0, count: organizations.count)
        for (rank, index) in order.enumerated() { ranks[index] = Int32(rank) }
        return ranks
    }
}

extension Double {
    fileprivate var roundedToHundredths: Double { (self * 100).rounded() / 100 }
}
