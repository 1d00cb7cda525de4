/// A part of a score: what one weight added to it.
public struct ScorePart: Sendable, Equatable {
    /// The name of the weight in `RankingWeights`.
    public let weight: String
    /// What it added; negative for a penalty.
    public let amount: Double
    /// The words that it applies to; nil when it applies to the whole answer.
    public let words: String?
    /// Why the weight exists.
    public let reason: String
}

/// Collects the parts of a score for an explanation; answering a query without one does not create it.
struct ScoreParts {
    private(set) var all: [ScorePart] = []

    /// The sum of the parts.
    var total: Double { all.reduce(0) { $0 + $1.amount } }

    /// Adds the contribution of a weight, unless it is zero.
    mutating func add<Value>(_ weight: RankingWeight<Value>, _ amount: Double, _ words: String? = nil) {
        guard abs(amount) > 1e-12 else { return }
        all.append(ScorePart(weight: weight.name, amount: amount, words: words, reason: weight.reason))
    }

    /// Adds the whole value of a weight.
    mutating func add(_ weight: RankingWeights.Weight, _ words: String? = nil) { add(weight, weight.value, words) }

    /// Subtracts the whole value of a weight, if there is one.
    mutating func subtract(_ weight: RankingWeights.Weight?, _ words: String? = nil) {
        if let weight { add(weight, -weight.value, words) }
    }

    /// Adds a part with the name of a weight that makes the sum equal to a score.
    mutating func settle(at score: Double, by weight: RankingWeights.Weight) { add(weight, score - total) }
}
