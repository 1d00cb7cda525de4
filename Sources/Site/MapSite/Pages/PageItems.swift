import Civic
import Gazetteer
import Geo
import SiteKit

/// Makes the components that several pages show: a place in a list, a category tile, breadcrumbs.
struct PageItems {
    let snapshot: GazetteerSnapshot
    let words: Strings
    let link: Link
    let facts: PageFacts

    init(_ snapshot: GazetteerSnapshot, _ words: Strings, _ facts: PageFacts) {
        self.snapshot = snapshot
        self.words = words
        self.facts = facts
        link = Link(language: words.language)
    }

    var language: Language { words.language }

    /// An organization as an item of a list.
    func organization(_ index: Int, distance: Double? = nil) -> PageContext {
        let organization = snapshot.directory.organizations[index]
        let label = organization.names.label(for: language)
        var item: PageContext = [
            "id": organization.id.rawValue, "href": link.organization(organization.id),
            "label": Self.unbroken(label.text),
        ]
        item["label_lang"] = foreign(label.language)
        if let node = snapshot.directory.categories[organization.category] {
            item["category_label"] = node.category.names.label(for: language).text
            item["icon"] = symbol(node)
            item["group"] = group(node)
        }
        let address = snapshot.addresses.label(of: organization, language: language)
        item["address"] = address?.text
        item["address_lang"] = address.flatMap { foreign($0.language) }
        if let district = organization.district.flatMap({ snapshot.districts[$0] }) {
            item["district_label"] = district.names.label(for: language).text
        }
        item["distance"] = distance.map { words.distance($0) }
        if let position = organization.position {
            item["lon"] = Link.degrees(position.longitude)
            item["lat"] = Link.degrees(position.latitude)
        }
        return item
    }

    /// The symbol of a category; one without its own in the symbol file uses that of its group.
    func symbol(_ node: CategoryTree.Node) -> String {
        let own = node.category.icon ?? node.category.id.rawValue
        return CategorySymbols.names.contains(own) ? own : group(node)
    }

    /// The group of a category, which determines the colour and outline of the symbol.
    func group(_ node: CategoryTree.Node) -> String {
        snapshot.directory.categories.nodes[node.group].category.id.rawValue
    }

    /// A category as a tile with its count.
    func category(_ node: CategoryTree.Node, in district: District.ID? = nil) -> PageContext {
        [
            "href": link.category(node.category.id, district: district), "label": node.category.label(language).text,
            "count_text": words.count("institutions_count", facts.counts.count(node, in: district)),
            "icon": symbol(node), "group": group(node),
        ]
    }

    /// The categories that a whole question names: «поликлиника» means all of them.
    func categories(named question: String) -> [CategoryTree.Node] {
        snapshot.directory.categories(meantBy: question).compactMap { snapshot.directory.categories[$0] }
            .filter { $0.count > 0 }
    }

    /// The most wanted categories, in descending order of demand; unknown ones are skipped.
    private static let soughtAfter: [Gazetteer.Category.ID] = [
        "polyclinic", "hospital", "public_service_centre", "akimat", "kindergarten", "school", "park", "metro_station",
    ]

    /// The categories that are suggested before a search.
    func topCategories() -> [PageContext] {
        Self.soughtAfter.compactMap { snapshot.directory.categories[$0] }.filter { $0.count > 0 }.map { category($0) }
    }

    /// The same categories as quick filters for the map, keeping the pin.
    func quickCategories(chosen: [Gazetteer.Category.ID], pin: Coordinate?) -> [PageContext] {
        Self.soughtAfter.compactMap { snapshot.directory.categories[$0] }.filter { $0.count > 0 }.map { node in
            let id = node.category.id
            return [
                "id": id.rawValue, "label": node.category.label(language).text, "current": chosen == [id],
                "href": link.map(pin: pin, category: id),
            ]
        }
    }

    /// The districts in the alphabetical order of the reader's language.
    var sortedDistricts: [District] {
        snapshot.districts.all.sorted { left, right in
            let keys = [left, right].map { Collation.key($0.names.label(for: language).text) }
            return keys[0].lexicographicallyPrecedes(keys[1])
        }
    }

    /// The districts as links.
    func districts() -> [PageContext] {
        sortedDistricts.map { district in
            ["href": link.district(district.id), "label": district.names.label(for: language).text]
        }
    }

    /// The breadcrumbs of a page; the last one is the page itself and has no link.
    func breadcrumbs(_ steps: [(label: String, href: String?)]) -> [PageContext] {
        ([(words["home"], link.home)] + steps.map { ($0.label, $0.href) }).map { label, href in
            var step: PageContext = ["label": label]
            step["href"] = href
            return step
        }
    }

    /// A website as a link, or as plain text where a stored value is not a web address.
    func website(_ site: String?) -> PageContext? {
        guard let site else { return nil }
        var context: PageContext = ["text": site]
        if Fields.isWebAddress(site) { context["href"] = site }
        return context
    }

    func phones(_ numbers: [String]) -> [PageContext] {
        numbers.map { ["href": "tel:" + $0, "text": Self.readable($0)] }
    }

    /// Keeps the number of a name on the same line as its sign: «Школа № 5».
    static func unbroken(_ name: String) -> String { name.replacing("№ ", with: "№\u{A0}") }

    /// The code of a language if it differs from the page's.
    func foreign(_ other: Language) -> String? { other == language ? nil : other.rawValue }

    // +77272591308 → +7 727 259 13 08; short numbers stay as they are.
    private static func readable(_ phone: String) -> String {
        let digits = Array(phone.dropFirst())
        guard phone.hasPrefix("+7"), digits.count == 11 else { return phone }
        let groups = [digits[0..<1], digits[1..<4], digits[4..<7], digits[7..<9], digits[9..<11]]
        return "+" + groups.map { String($0) }.joined(separator: "\u{A0}")
    }
}

/// The symbols of categories in the symbol file (`icons.svg`); a category with another `icon` uses its group's.
enum CategorySymbols {
    static let names: Set<String> = [
        "government", "akimat", "akimat-department", "maslikhat", "public-service-centre", "tax", "court", "police",
        "migration", "consulate", "social", "health", "hospital", "polyclinic", "maternity", "ambulance", "education",
        "kindergarten", "school", "college", "university", "sport", "sports-ground", "football-pitch",
        "basketball-court", "volleyball-court", "tennis-court", "workout-area", "swimming-pool", "sports-club",
        "stadium", "culture", "museum", "theatre", "library", "place-of-worship", "sight", "leisure", "park", "square",
        "boulevard", "embankment", "green-area", "pedestrian-area", "shopping", "shopping-centre", "market",
        "transport", "metro-station", "railway-station", "bus-station", "airport", "emergency", "emergency-line",
        "information-line", "tourism", "hotel", "restaurant", "finance", "bank", "other",
    ]
}
