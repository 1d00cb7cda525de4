/// What runs in a gap: a street or a river, by its position in its list.
enum GapLabel: Hashable, Sendable, Comparable {
    case street(Int)
    case waterway(Int)

    private var order: (Int, Int) {
        switch self {
        case .street(let index): (0, index)
        case .waterway(let index): (1, index)
        }
    }

    static func < (left: Self, right: Self) -> Bool { left.order < right.order }
}

/// The names that each block gives to the gaps around it.
struct BlockNames: Sendable {
    /// For each block, the labels that its texts may mean, with the quality of the match.
    let labels: [[GapLabel: Double]]
    /// The rivers and canals that occur in texts.
    let waterways: [Waterway]
    /// How often each text occurs that matches neither.
    let unmatched: [String: Int]

    init(_ facts: StreetFacts) {
        let matcher = StreetTexts(facts)
        let texts = Set(facts.blocks.flatMap(\.streets))
        let waterways = Waterway.all(in: texts)
        var meanings: [String: [GapLabel: Double]] = [:]
        for text in texts {
            meanings[text] =
                Waterway.isWaterway(text)
                ? Dictionary(
                    uniqueKeysWithValues: waterways.indices.filter { waterways[$0].texts.contains(text) }
                        .map { (.waterway($0), 1) }
                )
                : matcher.labels(of: text)
        }
        var unmatched: [String: Int] = [:]
        for text in facts.blocks.flatMap(\.streets) where meanings[text]?.isEmpty == true && matcher.namesStreet(text) {
            unmatched[text, default: 0] += 1
        }
        self.waterways = waterways
        self.unmatched = unmatched
        labels = facts.blocks.map { block in
            var labels: [GapLabel: Double] = [:]
            for text in block.streets { labels.merge(meanings[text] ?? [:]) { max($0, $1) } }
            return labels
        }
    }
}
