import Civic
import Gazetteer
import Geo
import SiteKit

/// The list of districts with a map of their outlines.
struct DistrictsPage: PageModel {
    struct Item: Codable, Sendable {
        let href: String
        let label: String
        let area: String
        let countText: String
    }

    struct Shape: Codable, Sendable {
        let href: String
        let label: String
        let path: String
    }

    static let template = "districts"

    let title: String
    let description: String
    let breadcrumbs: [LabelLink]
    let items: [Item]
    let viewbox: String
    let outlines: [Shape]

    init(items: PageItems) {
        let words = items.words
        let districts = items.snapshot.districts
        let outline = Outline(bounds: districts.bounds)
        func label(_ district: District) -> String { district.names.label(for: items.language).text }
        title = words["districts"]
        description = words["districts_description"]
        breadcrumbs = items.breadcrumbs([(words["districts"], nil)])
        viewbox = outline.viewBox
        self.items = items.sortedDistricts.map { district in
            Item(
                href: items.link.district(district.id),
                label: label(district),
                area: items.area(district),
                countText: items.countText(district)
            )
        }
        outlines = districts.all.map { district in
            Shape(
                href: items.link.district(district.id),
                label: label(district),
                path: outline.path(district.shape)
            )
        }
    }
}

extension PageItems {
    /// The area of a district, in square kilometres.
    func area(_ district: District) -> String {
        words.text("area_km2", ["n": words.decimal(district.shape.area / 1_000_000)])
    }

    /// How many institutions a district has.
    func countText(_ district: District) -> String {
        let tree = snapshot.directory.categories
        let count = tree.roots.reduce(0) { $0 + facts.counts.count(tree.nodes[$1], in: district.id) }
        return words.count("institutions_count", count)
    }
}
