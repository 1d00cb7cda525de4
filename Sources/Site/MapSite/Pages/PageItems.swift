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
    func organization(_ index: Int, distance: Double? = nil) -> PlaceItem {
        let organization = snapshot.directory.organizations[index]
        let label = organization.names.label(for: language)
        var item = PlaceItem(href: link.organization(organization.id), label: Self.unbroken(label.text))
        item.id = organization.id.rawValue
        item.labelLang = foreign(label.language)
        if let node = snapshot.directory.categories[organization.category] {
            item.categoryLabel = node.category.names.label(for: language).text
            item.icon = symbol(node)
            item.group = group(node)
        }
        if let address = snapshot.addresses.label(of: organization, language: language) {
            item.address = address.text
            item.addressLang = foreign(address.language)
        }
        if let district = organization.district.flatMap({ snapshot.districts[$0] }) {
            item.districtLabel = district.names.label(for: language).text
        }
        item.distance = distance.map { words.distance($0) }
        if let position = organization.position {
            item.lon = Link.degrees(position.longitude)
            item.lat = Link.degrees(position.latitude)
        }
        return item
    }

    /// The symbol of a category.
    func symbol(_ node: CategoryTree.Node) -> String {
        facts.symbols.symbol(of: node, in: snapshot.directory.categories)
    }

    /// The group of a category.
    func group(_ node: CategoryTree.Node) -> String { snapshot.directory.categories.group(of: node) }

    /// A category as a tile with its count.
    func category(_ node: CategoryTree.Node, in district: District.ID? = nil) -> CategoryItem {
        CategoryItem(
            href: link.category(node.category.id, district: district),
            label: node.category.label(language).text,
            countText: words.count("institutions_count", facts.counts.count(node, in: district)),
            icon: symbol(node),
            group: group(node)
        )
    }

    /// The categories that an entire query names: «поликлиника» means all of them.
    func categories(named question: String) -> [CategoryTree.Node] {
        snapshot.directory.categories(meantBy: question).compactMap { snapshot.directory.categories[$0] }
            .filter { $0.count > 0 }
    }

    /// The most requested categories, in descending order of demand; unknown ones are skipped.
    private static let soughtAfter: [Gazetteer.Category.ID] = [
        "polyclinic", "hospital", "public_service_centre", "akimat", "kindergarten", "school", "park", "metro_station",
    ]

    /// The categories that are suggested before a search.
    func topCategories() -> [CategoryItem] {
        Self.soughtAfter.compactMap { snapshot.directory.categories[$0] }.filter { $0.count > 0 }.map { category($0) }
    }

    /// The same categories as quick filters for the map, keeping the pin.
    func quickCategories(chosen: [Gazetteer.Category.ID], pin: Coordinate?) -> [MapPage.QuickFilter] {
        Self.soughtAfter.compactMap { snapshot.directory.categories[$0] }.filter { $0.count > 0 }.map { node in
            let id = node.category.id
            return MapPage.QuickFilter(
                id: id.rawValue,
                href: link.map(pin: pin, category: id),
                label: node.category.label(language).text,
                current: chosen == [id]
            )
        }
    }

    /// The districts in the alphabetical order of the reader's language.
    var sortedDistricts: [District] { facts.sortedDistricts[language] ?? snapshot.districts.all }

    /// The districts as links.
    func districts() -> [LabelLink] {
        sortedDistricts.map { district in
            LabelLink(href: link.district(district.id), label: district.names.label(for: language).text)
        }
    }

    /// The breadcrumbs of a page; the last one is the page itself and has no link.
    func breadcrumbs(_ steps: [(label: String, href: String?)]) -> [LabelLink] {
        [LabelLink(href: link.home, label: words["home"])] + steps.map { LabelLink(href: $0.href, label: $0.label) }
    }

    /// A website as a link, or as plain text where a stored value is not a web address.
    func website(_ site: String?) -> TextLink? {
        site.map { TextLink(href: Fields.isWebAddress($0) ? $0 : nil, text: $0) }
    }

    func phones(_ numbers: [String]) -> [TextLink] {
        numbers.map { TextLink(href: "tel:" + $0, text: Self.readable($0)) }
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

extension CategoryTree {
    /// The group of a category, which determines the colour and outline of the symbol.
    func group(of node: Node) -> String { nodes[node.group].category.id.rawValue }
}
