/// How the weights of the directory combine; `docs/search.md` explains it.
enum Relevance {
    /// A prefix is worth more the more of the word it covers.
    static func beginning(_ typed: Int, of letters: Int) -> Float {
        RankingWeights.anyPrefix.value + RankingWeights.wholePrefix.value * Float(typed) / Float(max(letters, 1))
    }

    /// The weight of a word: the inverse document frequency, scaled so that a word of one organization counts 1.
    static func weight(ofWordIn found: Int, of all: Int) -> Float {
        guard found > 0 else { return 1 }
        return max(
            RankingWeights.leastWeight.value,
            Float(NaturalLogarithm.of(1 + Double(all) / Double(found)) / NaturalLogarithm.of(1 + Double(all)))
        )
    }

    /// The relevance, 0 to 1, in hundredths.
    ///
    /// - Parameters:
    ///   - share: the matched share of the query's weight.
    ///   - cover: the share of the name that the query covers, 0 to 1.
    ///   - begins: whether the name begins with the query.
    static func total(share: Float, cover: Float, begins: Bool) -> Int {
        let parts =
            RankingWeights.share.value * share + RankingWeights.cover.value * cover
            + (begins ? RankingWeights.beginning.value : 0)
        return Int((100 * parts).rounded())
    }

    /// The score of an organization that completes a query, 0 to 0.9, in hundredths.
    static func completion(share: Float, begins: Bool) -> Int {
        Int((Float(100 * RankingWeights.completedInstitution.value) * share).rounded())
            + (begins ? RankingWeights.completedBeginning.hundredths : 0)
    }
}

/// The natural logarithm without a mathematics library.
enum NaturalLogarithm {
    /// ln x for x ≥ 1, within 1e-12: x = m · 2ⁿ, and ln m = 2 artanh((m − 1) / (m + 1)) by its series.
    static func of(_ x: Double) -> Double {
        let m = x.significand
        let z = (m - 1) / (m + 1)
        let square = z * z
        var term = z
        var sum = 0.0
        var divisor = 1.0
        while divisor < 60 {
            sum += term / divisor
            term *= square
            divisor += 2
        }
        return 2 * sum + Double(x.exponent) * 0.693_147_180_559_945_3
    }
}
