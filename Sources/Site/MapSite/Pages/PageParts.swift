/// A text in a language that may differ from the page's.
struct ForeignText: Codable, Sendable {
    let lang: String
    let text: String
}

/// A place in a list (`place_item`).
struct PlaceItem: Codable, Sendable {
    var id: String?
    var href: String
    var label: String
    var labelLang: String?
    var icon: String?
    var group: String?
    var kindLabel: String?
    var categoryLabel: String?
    var detail: String?
    var address: String?
    var addressLang: String?
    var districtHref: String?
    var districtLabel: String?
    var matchLabel: String?
    var distance: String?
    var lon: String?
    var lat: String?
    var mapHref: String?
}

/// A category as a tile with its count (`category_item`).
struct CategoryItem: Codable, Sendable {
    let href: String
    let label: String
    let countText: String
    let icon: String
    let group: String
}

/// A group of categories with those in it (`group_lists`).
struct CategoryGroup: Codable, Sendable {
    struct Child: Codable, Sendable {
        let href: String
        let label: String
        let count: String
    }

    let href: String
    let label: String
    let countText: String
    let icon: String
    let group: String
    let children: [Child]
}

/// A choice among districts or categories, one of which is the page itself (`district_chips`).
struct ChoiceChip: Codable, Sendable {
    let href: String
    let label: String
    let current: Bool
    var count: String?
}
