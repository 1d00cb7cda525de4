import Gazetteer
import SiteKit

/// The home page: a search box, the main links, the categories and the districts.
struct HomePage: PageModel {
    /// A main link, with what it is for.
    struct Card: Codable, Sendable {
        let href: String
        let title: String
        let text: String
        let icon: String
    }

    static let template = "home"

    let description: String
    let cards: [Card]
    let examples: [TextLink]
    let topCategories: [CategoryItem]
    let districts: [LabelLink]

    init(items: PageItems) {
        let (words, link) = (items.words, items.link)
        func card(_ href: String, _ key: String, _ icon: String) -> Card {
            Card(href: href, title: words["door_\(key)_title"], text: words["door_\(key)_text"], icon: icon)
        }
        description = words["home_description"]
        cards = [
            card(link.directory, "directory", "search"), card(link.map, "map", "map"),
            card(link.districts, "districts", "government"),
        ]
        examples = words["search_example_list"].split(separator: ";").map { example in
            TextLink(href: link.search(String(example)), text: String(example))
        }
        topCategories = items.topCategories()
        districts = items.districts()
    }
}
