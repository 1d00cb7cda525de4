import SiteKit

/// The home page: a search box, the main links, the categories and the districts.
struct HomePage {
    let items: PageItems

    var context: PageContext {
        let words = items.words
        let link = items.link
        return [
            "title": words["site_name"], "description": words["home_description"],
            "doors": [
                door(link.directory, "directory", "search"), door(link.map, "map", "map"),
                door(link.districts, "districts", "government"),
            ],
            "examples": words["search_example_list"].split(separator: ";").map { example in
                ["href": link.search(String(example)), "text": String(example)]
            },
            "top_categories": items.topCategories(), "districts": items.districts(),
        ]
    }

    private func door(_ href: String, _ key: String, _ icon: String) -> PageContext {
        [
            "href": href, "title": items.words["door_\(key)_title"], "text": items.words["door_\(key)_text"],
            "icon": icon,
        ]
    }
}
