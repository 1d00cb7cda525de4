import Geo
import Testing

@testable import Gazetteer

/// The rules of `docs/search.md` applied to every record in turn, without an index: the reference for the search.
struct DirectoryScan {
    private let directory: OrganizationDirectory

    init(_ directory: OrganizationDirectory) { self.directory = directory }

    /// The answers by their index in the directory.
    func answers(to query: OrganizationQuery) -> [(index: Int, relevance: Double)] {
        let parsed = QueryParser(index: directory.index, phrases: directory.phrases).parse(query.text ?? "")
        guard !parsed.words.isEmpty else { return [] }
        let worths = directory.organizations.map { organization in
            parsed.words.indices.map { worth(of: $0, in: parsed, organization) }
        }
        let weights = parsed.words.indices.map { place in
            weight(
                parsed.words[place],
                worths.count { $0[place].worth > 0 },
                isKind: parsed.meanings.contains { $0.words == place..<place + 1 }
            )
        }
        let all = weights.reduce(0, +)
        let matched = worths.map { zip($0, weights).reduce(0) { $0 + $1.0.worth * $1.1 } }
        let meant = worths.map { $0.contains(where: \.isMeant) }
        let best = zip(matched, meant).filter(\.1).map(\.0).max() ?? 0
        return directory.organizations.indices.compactMap { index in
            guard meant[index], matched[index] >= max(0.8 * best, 0.5 * all) - 1e-4, all > 0 else { return nil }
            let organization = directory.organizations[index]
            if let category = query.category, !directory.categories.isWithin(organization.category, category) {
                return nil
            }
            return (index, relevance(parsed, organization, matched[index] / all, worths[index]))
        }
    }

    private struct Worth {
        var worth: Float = 0
        var isNamed = false
        var isMeant = false
    }

    private func weight(_ word: ParsedQuery.Word, _ found: Int, isKind: Bool) -> Float {
        let role: Float = word.role == .required ? 1 : 0.1
        var weight: Float = word.isNumber ? 1 : 0.55
        if found > 0 {
            weight = Relevance.weight(ofWordIn: found, of: directory.organizations.count)
            if word.isNumber { weight = max(0.8, weight) }
        }
        return isKind && word.role == .required ? max(0.56, weight) : role * weight
    }

    private func worth(of place: Int, in parsed: ParsedQuery, _ organization: Organization) -> Worth {
        let word = parsed.words[place]
        let names = Set(organization.names.all.flatMap { Token.tokens(of: $0).map(\.text) })
        let addresses = address(of: organization)
        let isBesideStreet = parsed.words.contains { other in
            !other.isNumber && other.matches.contains { addresses.contains(directory.index.vocabulary[$0.term]) }
        }
        let hasWords = parsed.words.contains { !$0.isNumber && $0.role == .required }
        var result = Worth()
        for match in word.matches {
            let known = directory.index.vocabulary[match.term]
            if names.contains(known) {
                result.worth = max(result.worth, match.worth)
                result.isNamed = true
                result.isMeant = result.isMeant || !word.isNumber || !hasWords
            }
            if addresses.contains(known), !word.isNumber || isBesideStreet {
                result.worth = max(result.worth, (word.isNumber ? 0.3 : 0.6) * match.worth)
            }
            for phrase in phrases(of: organization) where phrase.words.contains(known) {
                result.worth = max(result.worth, phrase.worth * (phrase.words.count > 1 ? 0.75 : 1) * match.worth)
                result.isMeant = true
            }
        }
        for meaning in parsed.meanings where meaning.words.contains(place) {
            for category in meaning.categories {
                let id = directory.categories.nodes[category.category].category.id
                guard directory.categories.isWithin(organization.category, id) else { continue }
                let worth = organization.category == id ? category.worth : 0.7
                result.worth = max(result.worth, worth * (word.isFuzzy ? word.matches.first?.worth ?? 0.8 : 1))
                result.isMeant = true
            }
        }
        return result
    }

    private func address(of organization: Organization) -> Set<String> {
        var texts = [organization.addressText].compactMap { $0 }
        if organization.district == "west" { texts += ["Батыс ауданы", "Западный район"] }
        if organization.district == "east" { texts += ["Шығыс ауданы", "Восточный район"] }
        return Set(texts.flatMap { Token.tokens(of: $0).map(\.text) })
    }

    private func phrases(of organization: Organization) -> [(words: [String], worth: Float)] {
        guard let node = directory.categories[organization.category] else { return [] }
        let own = node.category
        let group = directory.categories.nodes[node.group].category
        func words(_ text: String) -> [String] { Token.tokens(of: text).map(\.text) }
        return (own.names.all + own.plurals.all).map { (words($0), 0.95) } + own.synonyms.map { (words($0), 0.9) }
            + (group.names.all + group.plurals.all + group.synonyms).map { (words($0), 0.7) }
    }

    private func relevance(
        _ parsed: ParsedQuery,
        _ organization: Organization,
        _ share: Float,
        _ worths: [Worth]
    ) -> Double {
        let category = directory.categories[organization.category]?.index
        let isKind = parsed.wholeMeaning.contains { $0.category == category }
        let names = organization.names.all.map { Token.tokens(of: $0).map(\.text) }
        let shortest = names.map(\.count).min() ?? 1
        let cover = isKind ? 1 : min(1, Float(worths.count(where: \.isNamed)) / Float(shortest))
        let begins = isKind || names.contains { $0.joined(separator: " ").hasPrefix(parsed.text) }
        return Double(0.85 * share + 0.1 * cover + (begins ? 0.05 : 0))
    }
}
