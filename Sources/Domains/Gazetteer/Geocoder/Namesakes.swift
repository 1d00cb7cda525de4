/// The places that one name of a question may mean: the one that bears it letter by letter, and those that bear a like one.
///
/// «Ауэзова» is the name of a street; that of another, «Ауэзовой», is said so too. What is known of their houses tells
/// nothing of which was meant, so that a like name is never surer than the very name.
struct Namesakes {
    private struct Reading {
        let finding: Int
        let range: Range<Int>
        let isExact: Bool
        let isFormer: Bool
        let claim: Double
    }

    private var readings: [Reading] = []

    /// Adds a place that is about to be found.
    ///
    /// - Parameters:
    ///   - finding: where it will stand among the findings.
    ///   - claim: its confidence without what is known of its house.
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

    // What a name in Latin letters takes that is known in Cyrillic ones.
    private static let otherAlphabet = 0.01

    /// Lowers each place of a like name below the one whose very name was typed, if that fits the question as well.
    func lower(_ findings: inout [Finding], in question: Question) {
        let exact = readings.filter(\.isExact)
        // A former name is typed letter by letter too: there a known house tells which street was meant.
        for like in readings where !like.isFormer {
            let better = exact.filter { $0.claim >= like.claim && isLike(like, $0, question) }
            guard let surest = better.map({ findings[$0.finding].result.confidence }).max() else { continue }
            findings[like.finding].lower(to: surest - AddressRanking.exactName)
        }
    }

    // A part of a longer name is a like name, unless what is left is a number, which may be the house.
    private func isLike(_ reading: Reading, _ exact: Reading, _ question: Question) -> Bool {
        if reading.range == exact.range { return !reading.isExact }
        guard exact.range.contains(reading.range.lowerBound), exact.range.upperBound >= reading.range.upperBound else {
            return false
        }
        return exact.range.allSatisfy { reading.range.contains($0) || !question.tokens[$0].isNumber }
    }
}
