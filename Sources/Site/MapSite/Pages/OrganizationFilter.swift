import Civic
import Gazetteer
import Geo
import SiteKit

/// The filters of the map: categories of institutions, a district, open now, words.
struct OrganizationFilter {
    var categories: [Gazetteer.Category.ID] = []
    var district: District.ID?
    var isOpenNow = false
    var text: String?

    /// Whether no filter is set.
    var isEmpty: Bool { categories.isEmpty && district == nil && !isOpenNow && text == nil }

    /// Removes duplicates and categories whose group is selected too.
    func normalised(in tree: CategoryTree) -> Self {
        var filter = self
        var seen: Set<Gazetteer.Category.ID> = []
        filter.categories = categories.filter { id in
            let isCovered = categories.contains { $0 != id && tree.isWithin(id, $0) }
            return !isCovered && seen.insert(id).inserted
        }
        return filter
    }

    /// One query for each category, or one for all; their results are disjoint.
    func queries(in language: Language) -> [OrganizationQuery] {
        var query = OrganizationQuery()
        query.language = language
        query.district = district
        query.text = text
        if isOpenNow { query.openAt = Moment.now }
        guard !categories.isEmpty else { return [query] }
        return categories.map { category in
            var query = query
            query.category = category
            return query
        }
    }
}

extension OrganizationDirectory {
    /// All matches of a filter, category by category.
    func search(_ filter: OrganizationFilter, in language: Language) -> [Int] {
        filter.queries(in: language).flatMap { search($0).map(\.index) }
    }

    /// The nearest matches of a filter, nearest first.
    func nearest(
        to point: Coordinate,
        count: Int,
        matching filter: OrganizationFilter,
        in language: Language
    ) -> [(index: Int, distance: Double)] {
        if filter.text != nil { return nearestWithWords(to: point, count: count, filter, language) }
        let found = filter.queries(in: language).flatMap { query in
            nearest(to: point, count: count, within: .infinity, matching: query)
        }
        return Array(found.sorted { $0.distance < $1.distance }.prefix(count))
    }

    // The distance search ignores words, so sort the results of the word search by distance.
    private func nearestWithWords(
        to point: Coordinate,
        count: Int,
        _ filter: OrganizationFilter,
        _ language: Language
    ) -> [(index: Int, distance: Double)] {
        let found = search(filter, in: language).compactMap { index in
            organizations[index].position.map { (index: index, distance: point.distance(to: $0)) }
        }
        return Array(found.sorted { $0.distance < $1.distance }.prefix(count))
    }
}
