import Gazetteer
import Geo

/// The directory: all categories, and the institutions of one.
struct DirectoryPages {
    static let length = 40

    let items: PageItems

    var directory: PageContext {
        let words = items.words
        let tree = items.snapshot.directory.categories
        return [
            "title": words["directory_heading"], "description": words["directory_description"],
            "groups": tree.roots.map { tree.nodes[$0] }.filter { $0.count > 0 }.map { group in
                var context = items.category(group)
                context["children"] = group.children.map { tree.nodes[$0] }.filter { $0.count > 0 }.map { child in
                    [
                        "label": child.category.label(items.language).text,
                        "href": items.link.category(child.category.id), "count": words.number(child.count),
                    ]
                }
                return context
            },
        ]
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
        var context: PageContext = [
            "title": heading, "heading": heading, "description": words["directory_description"],
            "count_text": words.count("institutions_count", hits.count),
            "breadcrumbs": items.breadcrumbs([(words["directory"], items.link.directory), (label, nil)]),
            "districts": districts(node, current: district), "map_href": items.link.map(category: node.category.id),
            "items": page.map { items.organization($0.index) },
        ]
        if start > 0 { context["first_href"] = items.link.category(node.category.id, district: district?.id) }
        if start + page.count < hits.count {
            let cursor = Cursor(start + page.count).text
            context["next_href"] = items.link.category(node.category.id, district: district?.id, cursor: cursor)
        }
        return context
    }

    private func districts(_ node: CategoryTree.Node, current: District?) -> [PageContext] {
        let all: PageContext = [
            "href": items.link.category(node.category.id), "label": items.words["all_districts"],
            "current": current == nil,
        ]
        return [all]
            + items.sortedDistricts.map { district in
                [
                    "href": items.link.category(node.category.id, district: district.id),
                    "label": district.names.label(for: items.language).text, "current": district.id == current?.id,
                ]
            }
    }
}
