/// The places that one name of a question may mean: those with exactly this name, and those with a similar one.
///
/// «Ауэзова» is the name of a street, but people also say it for another, «Ауэзовой». What is known of their houses does not
/// tell which was meant, so a similar name never ranks above the exact name.
struct Namesakes {
    private struct Reading {
        let finding: Int
        let range: Range<Int>
        let isExact: Bool
        let isFormer: Bool
        let claim: Double
    }

    private var readings: [Reading] = []

    /// Adds a place that is about to become a finding.
    ///
    /// - Parameters:
    ///   - finding: its future index in the findings.
    ///   - claim: its confidence before the house is considered.
    mutating func add(finding: Int, _ bearer: NameIndex.Bearer, _ span: NameSpan, claim: Double) {
        let isExact = bearer.standing.isExact && span.cost <= Self.otherAlphabet
        readings.append(
            Reading(
                finding: finding,
                range: span.range,
                isExact: isExact,
                isFormer: bearer.standing == .former,
                claim: claim
            )
        )
    }

    // The penalty for a name in Latin letters that is known in Cyrillic.
    private static let otherAlphabet = 0.01

    /// Lowers each place with a similar name below the one with the exact name, if that one fits the question as well.
    func lower(_ findings: inout [Finding], in question: Question) {
        let exact = readings.filter(\.isExact)
        // A former name can also be typed exactly; there a known house tells which street was meant.
        for like in readings where !like.isFormer {
            let better = exact.filter { $0.claim >= like.claim && isLike(like, $0, question) }
            guard let surest = better.map({ findings[$0.finding].result.confidence }).max() else { continue }
            findings[like.finding].lower(to: surest - AddressRanking.exactName)
        }
    }

    // Part of a longer name is a similar name, unless the rest is a number, which may be the house.
    private func isLike(_ reading: Reading, _ exact: Reading, _ question: Question) -> Bool {
        if reading.range == exact.range { return !reading.isExact }
        guard exact.range.contains(reading.range.lowerBound), exact.range.upperBound >= reading.range.upperBound else {
            return false
        }
        return exact.range.allSatisfy { reading.range.contains($0) || !question.tokens[$0].isNumber }
    }
}
