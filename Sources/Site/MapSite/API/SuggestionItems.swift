import Civic
import Gazetteer
import Geo
import SiteKit

/// Formats suggestions: label with highlighted parts, a second line, and the target page.
struct SuggestionItems {
    let items: PageItems

    /// For streets in more districts than this the second line gives only their number.
    private static let maxDistricts = 2

    func write(_ suggestion: Suggestion, _ writer: inout JSONWriter) {
        writer.beginObject()
        switch suggestion.target {
        case .place(let result): write(result, suggestion, &writer)
        case .category(let id): write(id, suggestion, &writer)
        }
        writer.endObject()
    }

    private func write(_ result: GeocodeResult, _ suggestion: Suggestion, _ writer: inout JSONWriter) {
        let label = items.snapshot.label(of: result, items.language)
        self.label(label, suggestion, &writer)
        text("detail", detail(of: result), &writer)
        text("kind", result.kind.rawValue, &writer)
        text("match", suggestion.isFuzzy ? GeocodeResult.Match.fuzzy.rawValue : result.match.rawValue, &writer)
        writer.position(result.position)
        text("district", result.district?.rawValue, &writer)
        text("id", items.snapshot.id(of: result.subject), &writer)
        text("category", category(of: result)?.category.id.rawValue, &writer)
        text("icon", icon(of: result), &writer)
        text("completion", label.text + (suggestion.takesHouse ? ", " : ""), &writer)
        text("page", page(of: result), &writer)
    }

    private func write(_ id: Gazetteer.Category.ID, _ suggestion: Suggestion, _ writer: inout JSONWriter) {
        guard let node = items.snapshot.directory.categories[id] else { return }
        let label = node.category.label(items.language)
        self.label(label, suggestion, &writer)
        text("detail", items.words.count("institutions_count", node.count), &writer)
        text("kind", "category", &writer)
        text("match", suggestion.isFuzzy ? "fuzzy" : "exact", &writer)
        writer.position(nil)
        text("district", nil, &writer)
        text("id", id.rawValue, &writer)
        text("category", id.rawValue, &writer)
        text("icon", items.symbol(node), &writer)
        text("completion", label.text, &writer)
        text("page", items.link.category(id), &writer)
    }

    private func label(
        _ label: (text: String, language: Language),
        _ suggestion: Suggestion,
        _ writer: inout JSONWriter
    ) {
        text("label", label.text, &writer)
        text("label_lang", items.foreign(label.language), &writer)
        writer.key("parts")
        writer.beginArray()
        for part in LabelPart.parts(of: label.text, matching: suggestion.words) {
            writer.beginObject()
            text("text", part.text, &writer)
            writer.key("match")
            writer.bool(part.isMatch)
            writer.endObject()
        }
        writer.endArray()
    }

    private func text(_ key: StaticString, _ value: String?, _ writer: inout JSONWriter) {
        writer.key(key)
        writer.string(value)
    }

    private func detail(of result: GeocodeResult) -> String {
        switch result.subject {
        case .organization(let index):
            let organization = items.snapshot.directory.organizations[index]
            let kind = category(of: result)?.category.names.label(for: items.language).text
            let address = items.snapshot.addresses.label(of: organization, language: items.language)?.text
            return joined([kind, address ?? district(result.district)])
        case .street where result.house == nil:
            return joined([kind(of: result), districts(result.districts)])
        default:
            return joined([kind(of: result), district(result.district) ?? districts(result.districts)])
        }
    }

    private func joined(_ texts: [String?]) -> String {
        texts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func kind(of result: GeocodeResult) -> String { items.words["kind_\(result.kind.rawValue)"] }

    private func district(_ id: District.ID?) -> String? {
        id.flatMap { items.snapshot.districts[$0] }?.names.label(for: items.language).text
    }

    private func districts(_ ids: [District.ID]) -> String? {
        if ids.count > Self.maxDistricts { return items.words.count("districts_count", ids.count) }
        return ids.isEmpty ? nil : ids.compactMap(district).joined(separator: ", ")
    }

    private func category(of result: GeocodeResult) -> CategoryTree.Node? {
        guard case .organization(let index) = result.subject else { return nil }
        return items.snapshot.directory.categories[items.snapshot.directory.organizations[index].category]
    }

    private func icon(of result: GeocodeResult) -> String {
        category(of: result).map(items.symbol) ?? (result.kind == .district ? "district" : "pin")
    }

    private func page(of result: GeocodeResult) -> String {
        switch result.subject {
        case .organization(let index): items.link.organization(items.snapshot.directory.organizations[index].id)
        case .district(let index): items.link.district(items.snapshot.districts.all[index].id)
        default: items.link.map(pin: result.position, zoom: 16)
        }
    }
}
