import Civic
import Gazetteer
import Geo
import SiteKit

/// The institutions of one category, in the city or in one district.
struct CategoryPage: PageModel {
    static let template = "category"
    static let length = 40

    let title: String
    let heading: String
    let description: String
    let countText: String
    let breadcrumbs: [LabelLink]
    let districts: [ChoiceChip]
    let siblings: [ChoiceChip]
    let mapHref: String
    let districtHref: String?
    let districtLabel: String?
    let items: [PlaceItem]
    let pageData: String
    private(set) var rangeText: String?
    private(set) var firstHref: String?
    private(set) var previousHref: String?
    private(set) var nextHref: String?

    init(items: PageItems, _ node: CategoryTree.Node, district: District?, start: Int) {
        let words = items.words
        let id = node.category.id
        let label = node.category.label(items.language).text
        var query = OrganizationQuery()
        query.category = id
        query.district = district?.id
        query.language = items.language
        let hits = items.snapshot.directory.search(query)
        let shown = hits.dropFirst(start).prefix(Self.length)
        districtLabel = district?.names.label(for: items.language).text
        districtHref = district.map { items.link.district($0.id) }
        heading = districtLabel.map { "\(label): \($0)" } ?? label
        title = heading
        description = words["directory_description"]
        countText = words.count("institutions_count", hits.count)
        breadcrumbs = items.breadcrumbs([(words["directory"], items.link.directory), (label, nil)])
        districts = items.chips(current: district, counts: node) { items.link.category(id, district: $0) }
        siblings = Self.siblings(of: node, in: district, items)
        mapHref = items.link.map(category: id, district: district?.id)
        self.items = shown.map { items.organization($0.index) }
        pageData = Self.data(id, district, around: hits, items)
        if hits.count > Self.length {
            rangeText = words.text(
                "list_range",
                [
                    "first": words.number(start + 1), "last": words.number(start + shown.count),
                    "n": words.number(hits.count),
                ]
            )
        }
        func page(_ start: Int) -> String {
            let cursor = start == 0 ? nil : Cursor(start).text
            return items.link.category(id, district: district?.id, cursor: cursor)
        }
        if start > Self.length { firstHref = page(0) }
        if start > 0 { previousHref = page(max(0, start - Self.length)) }
        if start + Self.length < hits.count { nextHref = page(start + Self.length) }
    }

    // Related links: the other categories of the same group, or the categories of a group.
    private static func siblings(
        of node: CategoryTree.Node,
        in district: District?,
        _ items: PageItems
    ) -> [ChoiceChip] {
        let tree = items.snapshot.directory.categories
        let group = tree.nodes[node.group]
        return ([group] + group.children.map { tree.nodes[$0] }).compactMap { other in
            let count = items.facts.counts.count(other, in: district?.id)
            guard count > 0 || other.index == node.index else { return nil }
            let label = other.category.label(items.language).text
            return ChoiceChip(
                href: items.link.category(other.category.id, district: district?.id),
                label: other.index == group.index ? items.words.text("all_of_group", ["group": label]) : label,
                current: other.index == node.index,
                count: items.words.number(count)
            )
        }
    }

    // The map shows the selected district, or otherwise the institutions of the category.
    private static func data(
        _ category: Gazetteer.Category.ID,
        _ district: District?,
        around hits: [OrganizationHit],
        _ items: PageItems
    ) -> String {
        var filter = OrganizationFilter()
        filter.categories = [category]
        filter.district = district?.id
        let positions = hits.compactMap { items.snapshot.directory.organizations[$0.index].position }
        let extent =
            district?.shape.boundingBox ?? BoundingBox(around: positions) ?? items.snapshot.districts.bounds
        return MapPageData(items: items, filter: filter, extent: extent).json
    }
}
