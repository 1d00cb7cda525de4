/// Reads one question in every way its names allow and finds the places for each reading.
struct AddressSearch {
    let reading: AddressReading
    private(set) var findings: [Finding] = []
    /// The work so far: steps along names, readings, pairs of streets.
    private(set) var work = 0
    /// The number of place readings tried.
    private(set) var placeCount = 0
    private var namesakes = Namesakes()
    private var isCrossingFound = false
    /// The names of the streets that the question says meet.
    private(set) var meetingNames: [Range<Int>] = []

    /// Limit of the work for one question; the rest of it is left unread.
    static let mostWork = 4_000

    /// Limit of the place readings, longest and surest names first: a question that repeats one name has hundreds, an
    /// address about a dozen.
    static let mostPlaces = 40

    init(_ reading: AddressReading) { self.reading = reading }

    private var question: Question { reading.question }

    /// The answer with the highest confidence so far.
    var best: Finding? {
        // Compare by index, because comparing findings would copy them.
        findings.indices.max { findings[$0].result.confidence < findings[$1].result.confidence }.map { findings[$0] }
    }

    /// Adds the findings of these names: single places, then crossings, then blocks between streets.
    mutating func read(_ spans: [NameSpan]) {
        let loose = looseWords(beside: spans)
        let crossings = readCrossings(of: spans)
        isCrossingFound = reading.saysCrossing && !crossings.isEmpty
        meetingNames = reading.saysCrossing ? spans.filter(\.namesStreet).map(\.range) : []
        placeCount = 0
        namesakes = Namesakes()
        for span in spans where placeCount < Self.mostPlaces && mayExplain(loose, span.range) {
            readPlaces(of: span, among: spans)
        }
        namesakes.lower(&findings, in: question)
        for finding in crossings { add(finding) }
    }

    private mutating func readCrossings(of spans: [NameSpan]) -> [Finding] {
        let streets = spans.filter(\.namesStreet)
        guard streets.count > 1 else { return [] }
        var search = CrossingSearch(reading, streets)
        search.read()
        work += search.pairCount
        return search.findings
    }

    // The words that no district or microdistrict next to a place could explain.
    private func looseWords(beside spans: [NameSpan]) -> [Int] {
        let areas = spans.filter { !$0.areas.isEmpty }.map(\.range)
        return question.tokens.indices.filter { index in
            !question.tokens[index].isNumber && question.tokens[index].text.utf8.count > 4 && !question.isAside[index]
                && question.meanings[index].isEmpty && !areas.contains { $0.contains(index) }
        }
    }

    // In a long list of names no single name is the answer. Up to two words left over may be another name of the place.
    private func mayExplain(_ loose: [Int], _ name: Range<Int>) -> Bool {
        let left = loose.count(where: { !name.contains($0) }) - 2
        return Double(left) * AddressRanking.unexplainedWord < 1 - AddressRanking.threshold
    }

    /// Adds the steps taken to find the names.
    mutating func count(_ steps: Int) { work += steps }

    /// The most places tried for one name.
    static let mostBearers = 8

    mutating func add(_ finding: Finding) {
        if finding.result.confidence >= AddressRanking.threshold { findings.append(finding) }
    }
}

// Single places, with or without a house, and the rest of what the question says about their location.
extension AddressSearch {
    private mutating func readPlaces(of span: NameSpan, among spans: [NameSpan]) {
        let marks = reading.marks(beside: span.range, among: spans)
        let borrowed = reading.borrowsMark(span.range, among: spans) ? AddressRanking.borrowedMark : 0
        let groups = question.houseGroups(beside: [span.range])
            .map { (group: $0, cost: reading.placement(of: $0, beside: span.range)) }.sorted { $0.cost < $1.cost }
            .prefix(3)
        // A name with a district's type word does not mean a street if a district has that name.
        let isDistrict = marks.contains(.district) && spans.contains { $0.range == span.range && $0.namesDistrict }
        for bearer in span.bearers.prefix(Self.mostBearers) where !isChance(bearer, span, marks) {
            if isDistrict, case .street = bearer.place { continue }
            let cost =
                span.cost + AddressRanking.cost(of: bearer.standing)
                + AddressRanking.cost(ofMarks: marks, for: bearer.place, reading.snapshot) + borrowed
            guard cost < 1 - AddressRanking.threshold else { continue }
            if case .district = bearer.place {
                readPlace(bearer, span, house: nil, cost, among: spans)
                continue
            }
            var hasHouse = false
            for (group, placement) in groups where !reading.isOfArea(group, not: bearer.place, span.range) {
                hasHouse = true
                if isOfKnownStreet(group, not: bearer.place, span.range, spans) { continue }
                readPlace(bearer, span, house: group, cost + placement, among: spans)
            }
            if !hasHouse { readPlace(bearer, span, house: nil, cost, among: spans) }
        }
    }

    // Garden societies have the names of common things («Совет», «Ветеран»). A misspelt word means such a society only when
    // the question marks it as a place, not on its own («света», «ветеринар»).
    private func isChance(_ bearer: NameIndex.Bearer, _ span: NameSpan, _ marks: [AddressWord]) -> Bool {
        guard !span.corrections.isEmpty, case .microdistrict(let index) = bearer.place else { return false }
        return reading.snapshot.addresses.microdistricts[index].kind == .gardenSociety && isBare(span, marks)
    }

    // Whether nothing marks a name as part of an address: no adjacent type word and no number.
    private func isBare(_ span: NameSpan, _ marks: [AddressWord]? = nil) -> Bool {
        (marks ?? reading.marks(beside: span.range)).isEmpty && !question.tokens.contains(where: \.isNumber)
    }

    // «мкр. Акжар, ул. Егинсу, 33» asks for the street, «мкр. Акжар, ул. Тепличная, 33» at least for the microdistrict.
    private func isOfKnownStreet(
        _ group: Question.HouseGroup,
        not place: PlaceReference,
        _ name: Range<Int>,
        _ spans: [NameSpan]
    ) -> Bool {
        guard case .microdistrict = place, let words = reading.otherStreet(before: group, beside: name) else {
            return false
        }
        return spans.contains { $0.namesStreet && words.overlaps($0.range) && $0.range.upperBound == words.upperBound }
    }

    private mutating func readPlace(
        _ bearer: NameIndex.Bearer,
        _ span: NameSpan,
        house group: Question.HouseGroup?,
        _ cost: Double,
        among spans: [NameSpan]
    ) {
        placeCount += 1
        let taken = [span.range] + (group.map { [$0.range] } ?? [])
        let context = Context(of: bearer.place, in: reading, taken, spans)
        // A house of an unknown street cannot be found here.
        let isOfAnother = group.map { reading.otherStreet(before: $0, beside: span.range) != nil } ?? false
        let houses =
            isOfAnother
            ? [AddressReading.PlacedHouse(.none, at: nil)]
            : reading.findHouse(group?.house, of: bearer.place, preferring: context)
        for found in houses {
            work += 1
            readPlace(bearer, span, house: group, found, cost, taken, context)
        }
    }

    private mutating func readPlace(
        _ bearer: NameIndex.Bearer,
        _ span: NameSpan,
        house group: Question.HouseGroup?,
        _ found: AddressReading.PlacedHouse,
        _ cost: Double,
        _ taken: [Range<Int>],
        _ context: Context
    ) {
        var score = 1 - cost - found.cost
        let isArea = if case .microdistrict = bearer.place { true } else { false }
        let unexplained = reading.unexplained(beside: taken + context.ranges, name: span.range, isArea: isArea)
        if !span.corrections.isEmpty, unexplained >= AddressRanking.unexplainedWord, isBare(span) { return }
        score -=
            unexplained
            * (span.corrections.isEmpty ? 1 : AddressRanking.slipsAndMore)
        if reading.namesOtherTown(span.range, taken) { score -= AddressRanking.elsewhere }
        let place = found.position ?? reading.position(of: bearer.place, found.part)
        if !context.areas.isEmpty {
            let agrees = context.agrees(bearer.place, found.part, at: place, isHouse: found.position != nil)
            score += agrees ? AddressRanking.agreement : -AddressRanking.disagreement
            score -= AddressRanking.doubtfulArea * Double(context.doubtful)
        }
        if context.repeatsName { score += AddressRanking.agreement }
        // «угол Абая и Манаса» does not ask for either street alone.
        if isCrossingFound, group == nil, span.namesStreet { score -= AddressRanking.streetOfCrossing }
        guard score >= AddressRanking.threshold else { return }
        namesakes.add(
            finding: findings.count,
            bearer,
            span,
            claim: score + found.cost
        )
        add(
            reading.finding(
                bearer.place,
                found,
                house: group?.house.key,
                confidence: max(0, min(found.mostConfidence, score)),
                corrections: span.corrections,
                explained: taken + context.ranges
            )
        )
    }
}
