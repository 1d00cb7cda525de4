/// Scores how well a place answers a reading of the question: 1 is a place that explains every word as it was said.
struct AddressRanking {
    /// What a candidate explains and what it leaves.
    struct Evidence {
        let reading: AddressReading
        let range: Range<Int>
        let place: PlaceReference
        let standing: NameIndex.Standing
        let streetKind: Street.Kind?
        /// Tokens that other names in the question explain.
        let context: Set<Int>
        /// Whether those other names agree with where the place is; nil when there are none.
        let contextAgrees: Bool?
        let houseFound: Bool
    }

    /// Below this an answer is not worth giving.
    static let threshold = 0.35

    func score(_ evidence: Evidence) -> Double {
        var score = 1.0
        score -= 0.3 * Double(unexplained(evidence))
        score -= markPenalty(evidence)
        switch evidence.standing {
        case .current: break
        case .variant: score -= 0.02
        case .former: score -= 0.1
        }
        if evidence.reading.house != nil, !evidence.houseFound { score -= 0.2 }
        if let agrees = evidence.contextAgrees { score += agrees ? 0.02 : -0.25 }
        return max(0, min(1, score))
    }

    private func unexplained(_ evidence: Evidence) -> Int {
        evidence.reading.tokens.indices.count(where: { index in
            !evidence.range.contains(index) && !evidence.reading.explained.contains(index)
                && !evidence.context.contains(index)
        })
    }

    private func markPenalty(_ evidence: Evidence) -> Double {
        let marks = adjacentMarks(evidence)
        if marks.isEmpty {
            let bareNumber = evidence.reading.tokens[evidence.range].allSatisfy(\.isNumber)
            return bareNumber ? 0.7 : 0.03
        }
        return marks.map { penalty(of: $0, for: evidence) }.min() ?? 0
    }

    private func penalty(of mark: AddressWord, for evidence: Evidence) -> Double {
        switch (mark, evidence.place) {
        case (.street(let kind), .street): kind == evidence.streetKind ? 0 : 0.12
        case (.microdistrict, .microdistrict), (.district, .district): 0
        default: 0.5
        }
    }

    // Only a mark that touches the name speaks of it: «мкр Самал-2, ул. Мендикулова».
    private func adjacentMarks(_ evidence: Evidence) -> [AddressWord] {
        [evidence.range.lowerBound - 1, evidence.range.lowerBound - 2, evidence.range.upperBound]
            .filter { touches($0, evidence) }
            .flatMap { evidence.reading.marks[$0] ?? [] }
            .filter { mark in
                switch mark {
                case .street, .microdistrict, .district: true
                default: false
                }
            }
    }

    private func touches(_ index: Int, _ evidence: Evidence) -> Bool {
        let tokens = evidence.reading.tokens
        guard tokens.indices.contains(index), evidence.reading.marks[index] != nil else { return false }
        if index == evidence.range.upperBound { return tokens[index].separator != .comma }
        // Two back only for an abbreviation in two tokens: «р-н».
        if index == evidence.range.lowerBound - 2 { return tokens[index + 1].separator == .hyphen }
        return tokens[index + 1].separator != .comma
    }
}
