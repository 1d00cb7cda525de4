import Civic
import Gazetteer
import Geo
import SiteKit

/// The search results: addresses, districts and institutions in one list.
struct SearchPage: PageModel {
    static let template = "search"

    let title: String
    let description: String
    var robots = "noindex"
    let searchQ: String
    private(set) var error: String?
    private(set) var asked = false
    private(set) var summary = ""
    private(set) var none = false
    private(set) var results: [PlaceItem] = []
    /// Whether categories and districts are suggested: before a search, and when nothing was found.
    private(set) var suggest = true
    let topCategories: [CategoryItem]
    let districts: [LabelLink]

    init(items: PageItems, suggester: Suggester, question: String?) {
        let words = items.words
        title = words["search_heading"]
        description = words["search_description"]
        searchQ = question ?? ""
        topCategories = items.topCategories()
        districts = items.districts()
        guard let question else { return }
        if question.count > Geocoder.longestQuery {
            error = words.text("search_too_long", ["n": String(Geocoder.longestQuery)])
            return
        }
        if question.allSatisfy(\.isWhitespace) {
            error = words["search_empty"]
            return
        }
        results = SearchResults(items: items).all(for: question, from: suggester)
        asked = true
        none = results.isEmpty
        suggest = results.isEmpty
        summary =
            results.isEmpty
            ? words.text("search_none", ["q": question])
            : words.count("search_summary", results.count, ["q": question])
    }
}

/// Writes the results of a search as items of a list.
private struct SearchResults {
    private static let length = 30

    let items: PageItems

    func all(for question: String, from suggester: Suggester) -> [PlaceItem] {
        let found = suggester.results(for: question, limit: Self.length, language: items.language)
        return categories(named: question, or: found.categories).map(category) + found.places.map(item)
    }

    private func categories(named question: String, or others: [Gazetteer.Category.ID]) -> [CategoryTree.Node] {
        let named = items.categories(named: question)
        let known = Set(named.map(\.category.id))
        return named + others.filter { !known.contains($0) }.compactMap { items.snapshot.directory.categories[$0] }
    }

    private func category(_ node: CategoryTree.Node) -> PlaceItem {
        let category = items.category(node)
        var item = PlaceItem(href: category.href, label: category.label)
        item.kindLabel = items.words["kind_category"]
        item.detail = category.countText
        item.icon = category.icon
        item.group = category.group
        return item
    }

    private func item(_ result: GeocodeResult) -> PlaceItem {
        if case .organization(let index) = result.subject {
            var item = items.organization(index)
            if let position = result.position { item.mapHref = items.link.map(pin: position, zoom: 16) }
            item.matchLabel = matchLabel(result)
            return item
        }
        let label = items.snapshot.label(of: result, items.language)
        var item = PlaceItem(href: href(of: result), label: label.text)
        item.kindLabel = items.words["kind_\(result.kind.rawValue)"]
        item.icon = result.kind == .district ? "district" : "pin"
        item.labelLang = items.foreign(label.language)
        item.matchLabel = matchLabel(result)
        if result.kind != .district, let district = result.district.flatMap({ items.snapshot.districts[$0] }) {
            item.districtLabel = district.names.label(for: items.language).text
            item.districtHref = items.link.district(district.id)
        } else if case .street(let index) = result.subject {
            item.detail = districts(of: result, street: index)
        }
        if result.kind == .district, let position = result.position {
            item.mapHref = items.link.map(pin: position, zoom: 12)
        }
        return item
    }

    // How the place was matched, and its possible error.
    private func matchLabel(_ result: GeocodeResult) -> String? {
        let words = items.words
        var label = result.match == .exact ? nil : words["match_\(result.match.rawValue)"]
        if let correction = result.corrections.first {
            let words = ["typed": correction.typed, "taken": correction.taken]
            label = items.words.text("match_taken", words)
        }
        // The position of a known crossing is exact, so no distance is shown.
        let isGuessed = result.kind == .address || result.kind == .intersection && result.match != .exact
        guard let metres = result.uncertainty, isGuessed else { return label }
        return (label ?? words["match_interpolated"]) + ", " + words.text("match_within", ["n": words.distance(metres)])
    }

    // A street through several districts lists them all, since the district depends on the house. When several streets share a
    // name, each lists its own districts.
    private func districts(of result: GeocodeResult, street index: Int) -> String? {
        let own = result.districts.compactMap { items.snapshot.districts[$0] }
        let districts = own.isEmpty ? items.snapshot.districts(ofStreet: index) : own
        let names = districts.map { $0.names.label(for: items.language).text }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    private func href(of result: GeocodeResult) -> String {
        if case .district(let index) = result.subject {
            return items.link.district(items.snapshot.districts.all[index].id)
        }
        return items.link.map(pin: result.position, zoom: 16)
    }
}
