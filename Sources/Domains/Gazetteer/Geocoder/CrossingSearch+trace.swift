// The parts of the scores of crossings, for explanations.
extension CrossingSearch {
    /// The parts of the score of a crossing, or of a house at it.
    ///
    /// - Parameters:
    ///   - place: where the streets meet; nil for a corner house, whose position is known.
    ///   - isHouse: whether a house of one of the streets is asked for.
    func parts(_ pair: Pair, _ place: MeetingPoint?, taken: [Range<Int>], isHouse: Bool) -> ScoreParts {
        var parts = parts(pair)
        if let place {
            if isHouse { parts.subtract(RankingWeights.cornerHouse) }
            let guessed = place.isGuessed ? RankingWeights.guessedCrossing.value : 0
            let uncertainty = 1 - AddressRanking.most(atUncertainty: self.uncertainty(of: place, isHouse: isHouse) ?? 0)
            if guessed >= uncertainty {
                parts.add(RankingWeights.guessedCrossing, -guessed)
            } else {
                parts.add(RankingWeights.uncertainty, -uncertainty)
            }
        }
        interpretation.explainUnexplained(beside: taken + contextRanges(beside: taken), factor: nil, &parts)
        return parts
    }

    /// The parts of the score of the block between streets; `pair` is the crossing of them with the lowest score.
    func parts(ofBlock pair: Pair?, named: [Range<Int>]) -> ScoreParts {
        var parts = pair.map { self.parts($0) } ?? ScoreParts()
        parts.subtract(RankingWeights.block)
        interpretation.explainUnexplained(
            beside: named + contextRanges(beside: named),
            factor: RankingWeights.besideBlock,
            &parts
        )
        return parts
    }

    private func parts(_ pair: Pair) -> ScoreParts {
        var parts = ScoreParts()
        parts.add(RankingWeights.exactMatch)
        for (index, street) in [(pair.first, pair.streets.0), (pair.second, pair.streets.1)] {
            let span = spans[index]
            let name = interpretation.query.text(of: span.range)
            let nameType = span.streets.first { $0.index == street }?.nameType ?? .current
            parts.add(RankingWeights.spelling, -span.cost, name)
            parts.subtract(AddressRanking.weight(of: nameType), name)
            parts.subtract(typeWeight(interpretation.typeWords(beside: span.range), street), name)
        }
        if !mentionsMeeting, joining(spans[pair.first].range, spans[pair.second].range) > 0 {
            parts.subtract(RankingWeights.juxtaposedStreets)
        }
        return parts
    }
}
