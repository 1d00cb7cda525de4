/// Collects the words of organizations and categories by the field in which they occur.
struct DirectoryWords {
    /// A word written in lower case in this many names is a common noun, not a proper name.
    private static let commonFrom = 3

    private(set) var names: [String: [Int32]] = [:]
    private(set) var addresses: [String: [Int32]] = [:]
    private(set) var categories: [String: [CategoryPhrases.Meaning]] = [:]
    /// Common nouns, which have stems.
    private(set) var common: Set<String> = []

    /// Every word.
    var all: Set<String> { Set(names.keys).union(addresses.keys).union(categories.keys) }

    /// - Parameter names: the folded words of each organization's names.
    init(
        _ organizations: [Organization],
        names allNames: [[[String]]],
        phrases: [CategoryPhrases.Phrase],
        tree: CategoryTree,
        districts: DistrictMap
    ) {
        var seenSmall: [String: Int] = [:]
        let districtWords = Dictionary(
            districts.all.map { ($0.id, Set($0.names.all.flatMap { Token.tokens(of: $0).map(\.text) })) },
            uniquingKeysWith: { first, _ in first }
        )
        for (place, organization) in organizations.enumerated() {
            for word in Set(allNames[place].joined()) {
                names[word, default: []].append(Int32(place))
            }
            var address = Set(organization.addressText.map { Token.tokens(of: $0).map(\.text) } ?? [])
            if let district = organization.district { address.formUnion(districtWords[district] ?? []) }
            for word in address { addresses[word, default: []].append(Int32(place)) }
            for word in Set(organization.names.all.flatMap(Self.smallWords)) { seenSmall[word, default: 0] += 1 }
        }
        let seen = seenSmall.filter { $0.value >= Self.commonFrom }.keys
        common = Set(seen.flatMap { Token.tokens(of: $0).map(\.text) })
        // «Медеуский район», «в Медеуском районе»: the adjectives of districts are inflected like common words.
        for words in districtWords.values { common.formUnion(words) }
        add(phrases, tree)
    }

    private mutating func add(_ phrases: [CategoryPhrases.Phrase], _ tree: CategoryTree) {
        for phrase in phrases {
            let part = phrase.words.count > 1 ? RankingWeights.partOfPhrase.value : 1
            let node = tree.nodes[phrase.meaning.category]
            for word in phrase.words {
                common.insert(word)
                add(word, phrase.meaning.category, phrase.meaning.worth * part)
                for child in node.children { add(word, child, RankingWeights.groupField.value * part) }
            }
        }
    }

    private mutating func add(_ word: String, _ category: Int, _ worth: Float) {
        let meaning = CategoryPhrases.Meaning(category: category, worth: worth)
        guard let place = categories[word]?.firstIndex(where: { $0.category == category }) else {
            categories[word, default: []].append(meaning)
            return
        }
        if categories[word]?[place].worth ?? 0 < worth { categories[word]?[place] = meaning }
    }

    // Words of four letters or more that are written in lower case, which names of people and places are not.
    private static func smallWords(_ text: String) -> [String] {
        let scalars = text.unicodeScalars
        return scalars.split(whereSeparator: { !$0.properties.isAlphabetic }).filter { word in
            word.count > 3 && word.first?.properties.isLowercase ?? false
        }
        .map { String($0) }
    }
}
