import Gazetteer
import Geo
import SiteKit

/// The search results: addresses, districts and institutions in one list.
struct SearchPage {
    private static let length = 30

    let items: PageItems
    let suggester: Suggester
    let question: String?

    var context: PageContext {
        let words = items.words
        var page: PageContext = [
            "title": words["search_heading"], "description": words["search_description"], "robots": "noindex",
            "q": question ?? "", "search_q": question ?? "", "asked": false, "districts": items.districts(),
            "top_categories": items.topCategories(), "suggest": true,
        ]
        guard let question else { return page }
        if question.count > Geocoder.longestQuery {
            page["error"] = words.text("search_too_long", ["n": String(Geocoder.longestQuery)])
            return page
        }
        if question.allSatisfy(\.isWhitespace) {
            page["error"] = words["search_empty"]
            return page
        }
        let found = suggester.results(for: question, limit: Self.length, language: words.language)
        let results = categories(named: question, or: found.categories).map(category) + found.places.map(item)
        page["asked"] = true
        page["none"] = results.isEmpty
        page["suggest"] = results.isEmpty
        page["summary"] =
            results.isEmpty
            ? words.text("search_none", ["q": question])
            : words.count("search_summary", results.count, ["q": question])
        page["results"] = results
        return page
    }

    private func categories(named question: String, or others: [Gazetteer.Category.ID]) -> [CategoryTree.Node] {
        let named = items.categories(named: question)
        let known = Set(named.map(\.category.id))
        return named + others.filter { !known.contains($0) }.compactMap { items.snapshot.directory.categories[$0] }
    }

    private func category(_ node: CategoryTree.Node) -> PageContext {
        var item = items.category(node)
        item["kind_label"] = items.words["kind_category"]
        item["detail"] = item["count_text"]
        return item
    }

    private func item(_ result: GeocodeResult) -> PageContext {
        if case .organization(let index) = result.subject {
            var item = items.organization(index)
            if let position = result.position { item["map_href"] = items.link.map(pin: position, zoom: 16) }
            item["match_label"] = matchLabel(result)
            return item
        }
        let label = items.snapshot.label(of: result, items.language)
        var item: PageContext = [
            "label": label.text, "kind_label": items.words["kind_\(result.kind.rawValue)"],
            "href": href(of: result), "icon": result.kind == .district ? "district" : "pin",
        ]
        item["label_lang"] = items.foreign(label.language)
        item["match_label"] = matchLabel(result)
        if result.kind != .district, let district = result.district.flatMap({ items.snapshot.districts[$0] }) {
            item["district_label"] = district.names.label(for: items.language).text
            item["district_href"] = items.link.district(district.id)
        } else if case .street(let index) = result.subject {
            item["detail"] = districts(of: result, street: index)
        }
        if result.kind == .district, let position = result.position {
            item["map_href"] = items.link.map(pin: position, zoom: 12)
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

    // A street through several districts lists them all, since the house decides. Of several streets with one name each lists
    // its own.
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
