/// The constants by which answers are ranked; `docs/search.md` explains them.
enum Relevance {
    // The worth of a matched word by the field in which it occurs.
    static let name: Float = 1
    static let category: Float = 0.95
    static let synonym: Float = 0.9
    static let group: Float = 0.7
    static let address: Float = 0.6
    /// A number in an address is more often an unrelated house than what was asked for.
    static let addressNumber: Float = 0.3
    /// A single word of a multi-word category name: «центр» of «торговый центр».
    static let partOfPhrase: Float = 0.75

    // The worth by how the word matched.
    static let inflected: Float = 0.95
    static let country: Float = 0.94
    static let sounding: Float = 0.9
    static let retyped: Float = 0.9
    static let oneTypo: Float = 0.8
    static let twoTypos: Float = 0.7

    /// A prefix is worth more the more of the word it covers.
    static func beginning(_ typed: Int, of letters: Int) -> Float { 0.5 + 0.4 * Float(typed) / Float(max(letters, 1)) }

    /// While typing, the last word is unfinished, and all its completions are equally good.
    static let unfinished: Float = 0.9

    /// The weight of a word that only helps, relative to a required word.
    static let helping: Float = 0.1
    /// The weight of a word that the directory does not have; an unknown number has full weight.
    ///
    /// More than the minimum weight of a known word, so that one frequent word next to an unknown one is not an answer.
    static let unknown: Float = 0.55
    /// The least weight of a word, however many organizations have it.
    static let leastWeight: Float = 0.5

    /// The minimum weight of a word that names a category; above that of an unknown word, so «парк аптека» finds parks.
    static let leastWeightOfKind: Float = 0.56

    /// The least weight of a number: «школа 25» is not another school.
    static let leastWeightOfNumber: Float = 0.8

    /// The least share of a query's weight that an answer must match.
    static let leastShare: Float = 0.5
    /// How close an answer must come to the best one to be kept.
    static let besideBest: Float = 0.8

    /// The weight of a word: the inverse document frequency, scaled so that a word of one organization counts 1.
    static func weight(ofWordIn found: Int, of all: Int) -> Float {
        guard found > 0 else { return 1 }
        return max(
            leastWeight,
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
        Int((100 * (0.85 * share + 0.1 * cover + (begins ? 0.05 : 0))).rounded())
    }

    /// The score of an organization that completes a query, 0 to 0.9, in hundredths.
    static func completion(share: Float, begins: Bool) -> Int {
        Int((75 * share).rounded()) + (begins ? 15 : 0)
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
