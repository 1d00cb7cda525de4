// The parts of scores, for explanations. Rules are not duplicated: each part reads the same weight as the score itself.
extension AddressSearch {
    /// The parts of the score of a place or house.
    func parts(
        _ namedPlace: NameIndex.NamedPlace,
        _ span: NameSpan,
        house group: AddressQuery.HouseGroup?,
        _ found: AddressInterpretation.PlacedHouse,
        _ context: LocationContext,
        among spans: [NameSpan]
    ) -> ScoreParts {
        let query = interpretation.query
        let name = query.text(of: span.range)
        var parts = ScoreParts()
        parts.add(RankingWeights.exactMatch)
        parts.add(RankingWeights.spelling, -span.cost, name)
        parts.subtract(AddressRanking.weight(of: namedPlace.nameType), name)
        let typeWords = interpretation.typeWords(beside: span.range, among: spans)
        parts.subtract(
            AddressRanking.weight(ofTypeWords: typeWords, for: namedPlace.place, interpretation.snapshot),
            name
        )
        if interpretation.hasBorrowedTypeWord(span.range, among: spans) {
            parts.subtract(RankingWeights.borrowedTypeWord, name)
        }
        if let group {
            parts.subtract(interpretation.placement(of: group, beside: span.range), query.text(of: group.range))
        }
        found.explain(isAsked: group != nil, &parts)
        let taken = [span.range] + (group.map { [$0.range] } ?? [])
        let isArea = if case .microdistrict = namedPlace.place { true } else { false }
        interpretation.explainUnexplained(
            beside: taken + context.ranges,
            name: span.range,
            isArea: isArea,
            factor: span.corrections.isEmpty ? nil : RankingWeights.typosAndMore,
            &parts
        )
        if interpretation.namesOtherTown(span.range, taken) { parts.subtract(RankingWeights.otherTown, name) }
        if !context.areas.isEmpty {
            let place = found.position ?? interpretation.position(of: namedPlace.place, found.part)
            if context.agrees(namedPlace.place, found.part, at: place, isHouse: found.position != nil) {
                parts.add(RankingWeights.agreement)
            } else {
                parts.subtract(RankingWeights.disagreement)
            }
            parts.add(RankingWeights.doubtfulArea, -RankingWeights.doubtfulArea.value * Double(context.doubtful))
        }
        if context.repeatsName { parts.add(RankingWeights.agreement) }
        if isCrossingFound, group == nil, span.namesStreet { parts.subtract(RankingWeights.streetOfCrossing, name) }
        return parts
    }
}

extension AddressInterpretation {
    /// The penalties for what nothing explains.
    ///
    /// - Parameters:
    ///   - name: the place's name; an adjacent number or letter that is not explained would make it another name.
    ///   - isArea: whether the place is a microdistrict.
    ///   - factor: multiplies them; nil for 1.
    func explainUnexplained(
        beside taken: [Range<Int>],
        name: Range<Int>? = nil,
        isArea: Bool = false,
        factor: RankingWeights.Weight?,
        _ parts: inout ScoreParts
    ) {
        let before = parts.total
        if let name {
            forEachChange(of: name, isArea: isArea, beside: taken) { parts.subtract($0, query.text(of: name)) }
        }
        for index in query.tokens.indices where !taken.contains(where: { $0.contains(index) }) {
            let weight = Self.unexplainedWeight(of: index, query, snapshot.names)
            parts.subtract(weight, query.tokens[index].text)
        }
        if let factor { parts.add(factor, (factor.value - 1) * (parts.total - before)) }
    }
}

extension AddressInterpretation.PlacedHouse {
    /// The penalties for a house and its position.
    ///
    /// - Parameter isAsked: whether the query names a house.
    fileprivate func explain(isAsked: Bool, _ parts: inout ScoreParts) {
        guard isAsked else { return parts.add(RankingWeights.oneOfParts, -cost) }
        switch match {
        case .known: break
        case .related: parts.subtract(RankingWeights.relatedHouse)
        case .estimated(let estimate):
            parts.add(RankingWeights.uncertainty, AddressRanking.most(atUncertainty: estimate.uncertainty) - 1)
            if !estimate.isFromHouses { parts.subtract(RankingWeights.byConvention) }
        case .none: parts.subtract(RankingWeights.missingHouse)
        }
        // The rest is for the parts of a street that share a record, of which the later ones cost more.
        parts.add(RankingWeights.oneOfParts, match.cost - cost)
    }
}
