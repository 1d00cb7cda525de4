import Gazetteer
import Geo
import SiteKit

/// The directory: all categories, and the institutions of one category, in the city or in one district.
struct DirectoryPages {
    static let length = 40

    let items: PageItems

    func directory(in district: District?) -> PageContext {
        let words = items.words
        let name = district?.names.label(for: items.language).text
        var page: PageContext = [
            "title": name.map { "\(words["directory_heading"]): \($0)" } ?? words["directory_heading"],
            "heading": name.map { "\(words["directory_heading"]): \($0)" } ?? words["directory_heading"],
            "description": words["directory_description"], "groups": groups(in: district),
            "districts": districts(current: district, counts: nil) { id in
                id.map(items.link.directory(of:)) ?? items.link.directory
            },
            "map_href": items.link.map(district: district?.id),
        ]
        page["district_href"] = district.map { items.link.district($0.id) }
        page["district_label"] = name
        return page
    }

    /// The non-empty groups, each with its categories and their counts.
    func groups(in district: District?) -> [PageContext] {
        let tree = items.snapshot.directory.categories
        let counts = items.facts.counts
        return tree.roots.map { tree.nodes[$0] }.filter { counts.count($0, in: district?.id) > 0 }.map { group in
            var context = items.category(group, in: district?.id)
            let children = group.children.map { tree.nodes[$0] }.filter { counts.count($0, in: district?.id) > 0 }
            context["children"] = children.map { child in
                [
                    "label": child.category.label(items.language).text,
                    "href": items.link.category(child.category.id, district: district?.id),
                    "count": items.words.number(counts.count(child, in: district?.id)),
                ]
            }
            return context
        }
    }

    func category(_ node: CategoryTree.Node, district: District?, start: Int) -> PageContext {
        let words = items.words
        let label = node.category.label(items.language).text
        var query = OrganizationQuery()
        query.category = node.category.id
        query.district = district?.id
        query.language = items.language
        let hits = items.snapshot.directory.search(query)
        let page = hits.dropFirst(start).prefix(Self.length)
        let heading = district.map { "\(label): \($0.names.label(for: items.language).text)" } ?? label
        var filter = OrganizationFilter()
        filter.categories = [node.category.id]
        var context: PageContext = [
            "title": heading, "heading": heading, "description": words["directory_description"],
            "count_text": words.count("institutions_count", hits.count), "icon": items.symbol(node),
            "group": items.group(node),
            "breadcrumbs": items.breadcrumbs([(words["directory"], items.link.directory), (label, nil)]),
            "districts": districts(current: district, counts: node) { id in
                items.link.category(node.category.id, district: id)
            },
            "siblings": siblings(of: node, in: district),
            "map_href": items.link.map(category: node.category.id, district: district?.id),
            "items": page.map { items.organization($0.index) }, "page_data": data(filter, district, around: hits),
        ]
        context["district_href"] = district.map { items.link.district($0.id) }
        context["district_label"] = district?.names.label(for: items.language).text
        if hits.count > Self.length {
            context["range_text"] = words.text(
                "list_range",
                [
                    "first": words.number(start + 1), "last": words.number(start + page.count),
                    "n": words.number(hits.count),
                ]
            )
        }
        for (key, start) in steps(from: start, of: hits.count) {
            let cursor = start == 0 ? nil : Cursor(start).text
            context[key] = items.link.category(node.category.id, district: district?.id, cursor: cursor)
        }
        return context
    }

    // The links to the other pages of a list.
    private func steps(from start: Int, of count: Int) -> [(key: String, start: Int)] {
        var steps: [(key: String, start: Int)] = []
        if start > Self.length { steps.append(("first_href", 0)) }
        if start > 0 { steps.append(("previous_href", max(0, start - Self.length))) }
        if start + Self.length < count { steps.append(("next_href", start + Self.length)) }
        return steps
    }

    // Related links: the other categories of the same group, or the categories of a group.
    private func siblings(of node: CategoryTree.Node, in district: District?) -> [PageContext] {
        let tree = items.snapshot.directory.categories
        let group = tree.nodes[node.group]
        return ([group] + group.children.map { tree.nodes[$0] }).compactMap { other in
            let count = items.facts.counts.count(other, in: district?.id)
            guard count > 0 || other.index == node.index else { return nil }
            let label = other.category.label(items.language).text
            return [
                "href": items.link.category(other.category.id, district: district?.id),
                "label": other.index == group.index ? items.words.text("all_of_group", ["group": label]) : label,
                "count": items.words.number(count), "current": other.index == node.index,
            ]
        }
    }

    private func districts(
        current: District?,
        counts node: CategoryTree.Node?,
        link: (District.ID?) -> String
    ) -> [PageContext] {
        func choice(_ id: District.ID?, _ label: String) -> PageContext {
            var choice: PageContext = ["href": link(id), "label": label, "current": id == current?.id]
            if let node { choice["count"] = items.words.number(items.facts.counts.count(node, in: id)) }
            return choice
        }
        return [choice(nil, items.words["all_districts"])]
            + items.sortedDistricts.map { choice($0.id, $0.names.label(for: items.language).text) }
    }

    // The map shows the selected district, or otherwise the institutions of the category.
    private func data(_ filter: OrganizationFilter, _ district: District?, around hits: [OrganizationHit]) -> String {
        var filter = filter
        filter.district = district?.id
        let positions = hits.compactMap { items.snapshot.directory.organizations[$0.index].position }
        let extent =
            district?.shape.boundingBox ?? BoundingBox(around: positions) ?? items.snapshot.districts.bounds
        return MapPageData(items: items, filter: filter, extent: extent).json
    }
}
