/// The figures by which answers are ranked; `docs/search.md` explains them.
enum Relevance {
    // How much a met word is worth by where it stands.
    static let name: Float = 1
    static let category: Float = 0.95
    static let synonym: Float = 0.9
    static let group: Float = 0.7
    static let address: Float = 0.6
    /// A number of an address is a house more often than what was asked.
    static let addressNumber: Float = 0.3
    /// A word of a category's name of several words, met alone: «центр» of «торговый центр».
    static let partOfPhrase: Float = 0.75

    // How much it is worth by how it was met.
    static let inflected: Float = 0.95
    static let country: Float = 0.94
    static let sounding: Float = 0.9
    static let retyped: Float = 0.9
    static let oneSlip: Float = 0.8
    static let twoSlips: Float = 0.7

    /// A beginning is worth more the more of the word it is.
    static func beginning(_ typed: Int, of letters: Int) -> Float { 0.5 + 0.4 * Float(typed) / Float(max(letters, 1)) }

    /// While typing, the last word is unfinished and its beginning is as good as any other.
    static let unfinished: Float = 0.9

    /// What a word that only helps counts beside one that must be met.
    static let helping: Float = 0.1
    /// What a word that the directory does not know counts; a number that it does not know counts fully.
    ///
    /// More than the minimum weight of a known word, so that one frequent word beside an unknown one is no answer.
    static let unknown: Float = 0.55
    /// The least that a word counts, however many organizations have it.
    static let leastWeight: Float = 0.5

    /// The minimum weight of a word that names a kind of place; above that of an unknown word, so «парк аптека» finds parks.
    static let leastWeightOfKind: Float = 0.56

    /// The least that a number counts: «школа 25» is no other school.
    static let leastWeightOfNumber: Float = 0.8

    /// The least share of a question's weight that an answer must meet.
    static let leastShare: Float = 0.5
    /// How near an answer must come to the best one to stand beside it.
    static let besideBest: Float = 0.8

    /// How much a word tells: the inverse document frequency, scaled so that a word of one organization counts 1.
    static func weight(ofWordIn found: Int, of all: Int) -> Float {
        guard found > 0 else { return 1 }
        return max(
            leastWeight,
            Float(NaturalLogarithm.of(1 + Double(all) / Double(found)) / NaturalLogarithm.of(1 + Double(all)))
        )
    }

    /// The relevance, 0 to 1, to hundredths.
    ///
    /// - Parameters:
    ///   - share: how much of the question's weight was met.
    ///   - cover: how much of the name the question is, 0 to 1.
    ///   - begins: whether the name begins with the question.
    static func total(share: Float, cover: Float, begins: Bool) -> Int {
        Int((100 * (0.85 * share + 0.1 * cover + (begins ? 0.05 : 0))).rounded())
    }

    /// The score of an organization that completes a question, 0 to 0.9, to hundredths.
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
