/// Reads one query in every way its names allow and finds the places for each interpretation.
struct AddressSearch {
    let interpretation: AddressInterpretation
    private(set) var candidates: [Candidate] = []
    /// The work so far: steps along names, interpretations, pairs of streets.
    private(set) var work = 0
    /// The number of place interpretations tried.
    private(set) var placeCount = 0
    private var namesakes = Namesakes()
    private(set) var isCrossingFound = false
    /// The names of the streets that the query says meet.
    private(set) var meetingNames: [Range<Int>] = []

    /// Limit of the work for one query; whatever exceeds it is not searched.
    static let maxWork = 4_000

    /// Limit of the place interpretations, longest and surest names first: a query that repeats one name has hundreds, an
    /// address about a dozen.
    static let maxPlaces = 40

    private let trace: QueryTrace?
    /// The indexes of the candidates in the trace; empty without one.
    private(set) var traced: [Int] = []

    init(_ interpretation: AddressInterpretation, trace: QueryTrace? = nil) {
        self.interpretation = interpretation
        self.trace = trace
    }

    private var query: AddressQuery { interpretation.query }

    /// The answer with the highest confidence so far.
    var best: Candidate? {
        // Compare by index, because comparing candidates would copy them.
        candidates.indices.max { candidates[$0].result.confidence < candidates[$1].result.confidence }.map {
            candidates[$0]
        }
    }

    /// Adds the candidates of these names: single places, then crossings, then blocks between streets.
    mutating func interpret(_ spans: [NameSpan]) {
        let unexplained = unexplainedWords(beside: spans)
        let crossings = interpretCrossings(of: spans)
        isCrossingFound = interpretation.mentionsCrossing && !crossings.candidates.isEmpty
        meetingNames = interpretation.mentionsCrossing ? spans.filter(\.namesStreet).map(\.range) : []
        placeCount = 0
        namesakes = Namesakes()
        for span in spans where placeCount < Self.maxPlaces && mayExplain(unexplained, span.range) {
            interpretPlaces(of: span, among: spans)
        }
        namesakes.lower(&candidates, in: query) { candidate, confidence in
            trace?.lower(traced[candidate], to: confidence, by: RankingWeights.exactName)
        }
        for (place, candidate) in crossings.candidates.enumerated() {
            add(candidate, crossings.parts.isEmpty ? nil : crossings.parts[place])
        }
    }

    private mutating func interpretCrossings(of spans: [NameSpan]) -> CrossingSearch {
        let streets = spans.filter(\.namesStreet)
        var search = CrossingSearch(interpretation, streets, isTraced: trace != nil)
        guard streets.count > 1 else { return search }
        search.interpret()
        work += search.pairCount
        return search
    }

    // The words that no district or microdistrict next to a place could explain.
    private func unexplainedWords(beside spans: [NameSpan]) -> [Int] {
        let areas = spans.filter { !$0.areas.isEmpty }.map(\.range)
        return query.tokens.indices.filter { index in
            !query.tokens[index].isNumber && query.tokens[index].text.utf8.count > 4 && !query.isNonAddress[index]
                && query.meanings[index].isEmpty && !areas.contains { $0.contains(index) }
        }
    }

    // In a long list of names no single name is the answer. Up to two words left over may be another name of the place.
    private func mayExplain(_ unexplained: [Int], _ name: Range<Int>) -> Bool {
        let left = unexplained.count(where: { !name.contains($0) }) - 2
        return Double(left) * RankingWeights.unexplainedWord.value < 1 - RankingWeights.threshold.value
    }

    /// Adds the steps taken to find the names.
    mutating func count(_ steps: Int) { work += steps }

    /// The most places tried for one name.
    static let maxNamedPlaces = 8

    /// - Parameter parts: the parts of its confidence; nil without a trace.
    private mutating func add(_ candidate: Candidate, _ parts: ScoreParts?) {
        let isKept = candidate.result.confidence >= RankingWeights.threshold.value
        if isKept { candidates.append(candidate) }
        guard let trace, let parts else { return }
        let index = trace.add(candidate.result, parts)
        if isKept { traced.append(index) }
    }
}

// Single places, with or without a house, and the rest of what the query says about their location.
extension AddressSearch {
    private mutating func interpretPlaces(of span: NameSpan, among spans: [NameSpan]) {
        let typeWords = interpretation.typeWords(beside: span.range, among: spans)
        let borrowed =
            interpretation.hasBorrowedTypeWord(span.range, among: spans) ? RankingWeights.borrowedTypeWord.value : 0
        let groups = query.houseGroups(beside: [span.range])
            .map { (group: $0, cost: interpretation.placement(of: $0, beside: span.range).cost) }.sorted {
                $0.cost < $1.cost
            }
            .prefix(3)
        // A name with a district's type word does not mean a street if a district has that name.
        let isDistrict = typeWords.contains(.district) && spans.contains { $0.range == span.range && $0.namesDistrict }
        for namedPlace in span.namedPlaces.prefix(Self.maxNamedPlaces) where !isChance(namedPlace, span, typeWords) {
            if isDistrict, case .street = namedPlace.place { continue }
            let cost =
                span.cost + AddressRanking.weight(of: namedPlace.nameType).cost
                + AddressRanking.weight(ofTypeWords: typeWords, for: namedPlace.place, interpretation.snapshot).cost
                + borrowed
            guard cost < 1 - RankingWeights.threshold.value else { continue }
            if case .district = namedPlace.place {
                interpretPlace(namedPlace, span, house: nil, cost, among: spans)
                continue
            }
            var hasHouse = false
            for (group, placement) in groups where !interpretation.isOfArea(group, not: namedPlace.place, span.range) {
                hasHouse = true
                if isOfKnownStreet(group, not: namedPlace.place, span.range, spans) { continue }
                interpretPlace(namedPlace, span, house: group, cost + placement, among: spans)
            }
            if !hasHouse { interpretPlace(namedPlace, span, house: nil, cost, among: spans) }
        }
    }

    // Garden societies have the names of common things («Совет», «Ветеран»). A misspelt word means such a society only when
    // the query marks it as a place, not on its own («света», «ветеринар»).
    private func isChance(_ namedPlace: NameIndex.NamedPlace, _ span: NameSpan, _ typeWords: [AddressWord]) -> Bool {
        guard !span.corrections.isEmpty, case .microdistrict(let index) = namedPlace.place else { return false }
        return interpretation.snapshot.addresses.microdistricts[index].kind == .gardenSociety && isBare(span, typeWords)
    }

    // Whether nothing marks a name as part of an address: no adjacent type word and no number.
    private func isBare(_ span: NameSpan, _ typeWords: [AddressWord]? = nil) -> Bool {
        (typeWords ?? interpretation.typeWords(beside: span.range)).isEmpty && !query.tokens.contains(where: \.isNumber)
    }

    // «мкр. Акжар, ул. Егинсу, 33» asks for the street, «мкр. Акжар, ул. Тепличная, 33» at least for the microdistrict.
    private func isOfKnownStreet(
        _ group: AddressQuery.HouseGroup,
        not place: PlaceReference,
        _ name: Range<Int>,
        _ spans: [NameSpan]
    ) -> Bool {
        guard case .microdistrict = place, let words = interpretation.otherStreet(before: group, beside: name) else {
            return false
        }
        return spans.contains { $0.namesStreet && words.overlaps($0.range) && $0.range.upperBound == words.upperBound }
    }

    private mutating func interpretPlace(
        _ namedPlace: NameIndex.NamedPlace,
        _ span: NameSpan,
        house group: AddressQuery.HouseGroup?,
        _ cost: Double,
        among spans: [NameSpan]
    ) {
        placeCount += 1
        let taken = [span.range] + (group.map { [$0.range] } ?? [])
        let context = LocationContext(of: namedPlace.place, in: interpretation, taken, spans)
        // A house of an unknown street cannot be found here.
        let isOfAnother = group.map { interpretation.otherStreet(before: $0, beside: span.range) != nil } ?? false
        let houses =
            isOfAnother
            ? [AddressInterpretation.PlacedHouse(.none, at: nil)]
            : interpretation.findHouse(group?.house, of: namedPlace.place, preferring: context)
        for found in houses {
            work += 1
            interpretPlace(namedPlace, span, house: group, found, cost, taken, context, among: spans)
        }
    }

    private mutating func interpretPlace(
        _ namedPlace: NameIndex.NamedPlace,
        _ span: NameSpan,
        house group: AddressQuery.HouseGroup?,
        _ found: AddressInterpretation.PlacedHouse,
        _ cost: Double,
        _ taken: [Range<Int>],
        _ context: LocationContext,
        among spans: [NameSpan]
    ) {
        var score = 1 - cost - found.cost
        let isArea = if case .microdistrict = namedPlace.place { true } else { false }
        let unexplained = interpretation.unexplained(beside: taken + context.ranges, name: span.range, isArea: isArea)
        if !span.corrections.isEmpty, unexplained >= RankingWeights.unexplainedWord.value, isBare(span) { return }
        score -=
            unexplained
            * (span.corrections.isEmpty ? 1 : RankingWeights.typosAndMore.value)
        if interpretation.namesOtherTown(span.range, taken) { score -= RankingWeights.otherTown.value }
        let place = found.position ?? interpretation.position(of: namedPlace.place, found.part)
        if !context.areas.isEmpty {
            let agrees = context.agrees(namedPlace.place, found.part, at: place, isHouse: found.position != nil)
            score += agrees ? RankingWeights.agreement.value : -RankingWeights.disagreement.value
            score -= RankingWeights.doubtfulArea.value * Double(context.doubtful)
        }
        if context.repeatsName { score += RankingWeights.agreement.value }
        // «угол Абая и Манаса» does not ask for either street alone.
        if isCrossingFound, group == nil, span.namesStreet { score -= RankingWeights.streetOfCrossing.value }
        let isKept = score >= RankingWeights.threshold.value
        guard isKept || trace != nil else { return }
        if isKept { namesakes.add(candidate: candidates.count, namedPlace, span, claim: score + found.cost) }
        let confidence = max(0, min(found.maxConfidence, score))
        let candidate = interpretation.candidate(
            namedPlace.place,
            found,
            house: group?.house.key,
            confidence: confidence,
            corrections: span.corrections,
            explained: taken + context.ranges
        )
        func scoreParts() -> ScoreParts {
            var parts = parts(namedPlace, span, house: group, found, context, among: spans)
            parts.add(RankingWeights.uncertainty, min(0, found.maxConfidence - score))
            return parts
        }
        add(candidate, trace == nil ? nil : scoreParts())
    }
}
