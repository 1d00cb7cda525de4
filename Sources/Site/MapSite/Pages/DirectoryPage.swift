import Civic
import Gazetteer
import Geo
import SiteKit

/// The directory: all categories, in the city or in one district.
struct DirectoryPage: PageModel {
    static let template = "directory"

    let title: String
    let heading: String
    let description: String
    let groups: [CategoryGroup]
    let districts: [ChoiceChip]
    let mapHref: String
    let districtHref: String?
    let districtLabel: String?

    init(items: PageItems, district: District?) {
        let words = items.words
        let name = district?.names.label(for: items.language).text
        title = name.map { "\(words["directory_heading"]): \($0)" } ?? words["directory_heading"]
        heading = title
        description = words["directory_description"]
        groups = items.groups(in: district)
        districts = items.chips(current: district, counts: nil) { id in
            id.map(items.link.directory(of:)) ?? items.link.directory
        }
        mapHref = items.link.map(district: district?.id)
        districtHref = district.map { items.link.district($0.id) }
        districtLabel = name
    }
}

extension PageItems {
    /// The non-empty groups, each with its categories and their counts.
    func groups(in district: District?) -> [CategoryGroup] {
        if let district { return makeGroups(in: district) }
        return facts.groups(in: language) { makeGroups(in: nil) }
    }

    private func makeGroups(in district: District?) -> [CategoryGroup] {
        let tree = snapshot.directory.categories
        let counts = facts.counts
        return tree.roots.map { tree.nodes[$0] }.filter { counts.count($0, in: district?.id) > 0 }.map { group in
            let children = group.children.map { tree.nodes[$0] }.filter { counts.count($0, in: district?.id) > 0 }
            let item = category(group, in: district?.id)
            return CategoryGroup(
                href: item.href,
                label: item.label,
                countText: item.countText,
                icon: item.icon,
                group: item.group,
                children: children.map { child in
                    CategoryGroup.Child(
                        href: link.category(child.category.id, district: district?.id),
                        label: child.category.label(language).text,
                        count: words.number(counts.count(child, in: district?.id))
                    )
                }
            )
        }
    }

    /// The city and its districts as choices.
    ///
    /// - Parameters:
    ///   - current: the chosen district; nil for the city.
    ///   - node: the category whose counts are shown; nil shows none.
    ///   - link: the address of a choice.
    func chips(
        current: District?,
        counts node: CategoryTree.Node?,
        link: (District.ID?) -> String
    ) -> [ChoiceChip] {
        func chip(_ id: District.ID?, _ label: String) -> ChoiceChip {
            let count = node.map { words.number(facts.counts.count($0, in: id)) }
            return ChoiceChip(href: link(id), label: label, current: id == current?.id, count: count)
        }
        return [chip(nil, words["all_districts"])]
            + sortedDistricts.map { chip($0.id, $0.names.label(for: language).text) }
    }
}
