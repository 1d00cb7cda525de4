import Geo

/// Finds where the streets of a query meet: crossings, corner houses, blocks between streets.
struct CrossingSearch {
    let interpretation: AddressInterpretation
    let spans: [NameSpan]
    private(set) var candidates: [Candidate] = []
    /// The parts of the confidence of each candidate; empty unless the search is traced.
    private(set) var parts: [ScoreParts] = []
    private let isTraced: Bool
    /// The number of street pairs tried.
    private(set) var pairCount = 0

    /// Lines that come within this distance count as meeting, metres: lines have gaps where blocks lack data.
    private static let meetingReach = 350.0
    /// How close streets must come, metres, when the query says that they meet but the data has no crossing.
    private static let explicitReach = 2_000.0
    /// No crossing is guessed among more names than this, unless the query asks for one.
    private static let maxGuessed = 4
    private static let maxExplicit = 8
    /// The most pairs of streets tested for their closest approach.
    private static let maxApproaches = 4
    /// The most pairs of streets tried.
    private static let maxPairs = 200

    /// Names that may be those of areas; next to two streets they do not count as unexplained words.
    private let areas: [Range<Int>]
    private let mayHaveHouse: Bool
    /// The parts of a query that lists several crossings, one in each part; empty for other queries.
    private(set) var listed: [Range<Int>] = []

    init(_ interpretation: AddressInterpretation, _ spans: [NameSpan], isTraced: Bool = false) {
        self.interpretation = interpretation
        self.isTraced = isTraced
        self.spans = spans
        let otherTown = interpretation.query.otherTown
        areas = spans.filter { !$0.areas.isEmpty && otherTown?.overlaps($0.range) != true }.map(\.range)
        mayHaveHouse = interpretation.query.tokens.contains(where: \.isNumber)
    }

    /// Two streets of the query, as indexes of spans, because copying spans costs more than testing most pairs.
    struct Pair {
        let first: Int
        let second: Int
        let streets: (Int, Int)
        let cost: Double
    }

    private func ranges(of pair: Pair) -> [Range<Int>] { [spans[pair.first].range, spans[pair.second].range] }

    private func corrections(of pair: Pair) -> [Correction] {
        spans[pair.first].corrections + spans[pair.second].corrections
    }

    mutating func interpret() {
        var meetings: [(pair: Pair, place: MeetingPoint)] = []
        var cheapest: [Pair] = []
        pairCount = forEachPair { pair in
            if let place = meeting(of: pair.streets) { meetings.append((pair, place)) }
            guard cheapest.count < Self.maxApproaches || pair.cost < cheapest[cheapest.count - 1].cost else { return }
            cheapest.insert(pair, at: cheapest.firstIndex { $0.cost > pair.cost } ?? cheapest.count)
            if cheapest.count > Self.maxApproaches { cheapest.removeLast() }
        }
        listed = listedCrossings(meetings.map(\.pair))
        for (pair, place) in meetings { interpret(pair, place) }
        if listed.isEmpty { interpretBlock(meetings) }
        // A list of streets is not a crossing.
        let isExplicit = interpretation.mentionsCrossing
        guard meetings.isEmpty, spans.count <= (isExplicit ? Self.maxExplicit : Self.maxGuessed) else { return }
        guessMeeting(
            of: isExplicit ? cheapest : Array(cheapest.prefix(1)),
            reach: isExplicit ? Self.explicitReach : Self.meetingReach
        )
    }

    // Uses the first streets that come close to each other, or else the place where any two come closest.
    private mutating func guessMeeting(of pairs: [Pair], reach: Double) {
        var nearest: (pair: Pair, place: MeetingPoint)?
        for pair in pairs {
            guard let place = approach(of: pair.streets, reach: reach) else { continue }
            if place.distance < nearest?.place.distance ?? .infinity { nearest = (pair, place) }
            if place.distance <= Self.meetingReach { break }
        }
        if let nearest { interpret(nearest.pair, nearest.place) }
    }

    // Streets of overlapping spans are interpretations of one name, not two streets.
    // Returns the number of pairs.
    private func forEachPair(_ body: (Pair) -> Void) -> Int {
        var pairCount = 0
        let streets = spans.map { span in
            let typeWords = interpretation.typeWords(beside: span.range)
            return span.streets.prefix(6).map {
                (index: $0.index, cost: cost(of: span, $0.index, $0.nameType, typeWords))
            }
        }
        let ranges = spans.map(\.range)
        for one in ranges.indices {
            for other in ranges.indices[(one + 1)...] where !ranges[other].overlaps(ranges[one]) {
                let isTurned = ranges[other].lowerBound < ranges[one].lowerBound
                let (first, second) = isTurned ? (other, one) : (one, other)
                let joining = mentionsMeeting ? 0 : joining(ranges[first], ranges[second])
                for left in streets[first] {
                    for right in streets[second] where left.index != right.index {
                        guard pairCount < Self.maxPairs else { return pairCount }
                        pairCount += 1
                        body(
                            Pair(
                                first: first,
                                second: second,
                                streets: (left.index, right.index),
                                cost: left.cost + right.cost + joining
                            )
                        )
                    }
                }
            }
        }
        return pairCount
    }

    /// Whether a word says that the streets meet or lie around something.
    var mentionsMeeting: Bool {
        interpretation.mentionsCrossing || interpretation.query.meanings.contains { $0.contains(.between) }
    }

    private func cost(
        of span: NameSpan,
        _ street: Int,
        _ nameType: NameIndex.NameType,
        _ typeWords: [AddressWord]
    ) -> Double {
        span.cost + AddressRanking.weight(of: nameType).cost + typeWeight(typeWords, street).cost
    }

    func typeWeight(_ typeWords: [AddressWord], _ street: Int) -> RankingWeights.Weight? {
        typeWords.isEmpty
            ? RankingWeights.noTypeWordAtCrossing
            : AddressRanking.weight(ofTypeWords: typeWords, for: .street(street), interpretation.snapshot)
    }

    func joining(_ first: Range<Int>, _ second: Range<Int>) -> Double {
        let query = interpretation.query
        let between = first.upperBound...second.lowerBound
        let isJoined = between.contains { index in
            let token = query.tokens[index]
            return query.hasMeaning(.and, at: index) || token.separator == .slash || token.separator == .hyphen
                || token.separator == .comma
        }
        return isJoined ? 0 : RankingWeights.juxtaposedStreets.value
    }
}

// Where two streets meet.
extension CrossingSearch {
    struct MeetingPoint {
        let position: Coordinate
        let uncertainty: Double?
        /// How far apart the streets are, metres; 0 for a known crossing.
        let distance: Double
        var isGuessed: Bool { distance > 0 }
    }

    private func meeting(of streets: (Int, Int)) -> MeetingPoint? {
        let places = interpretation.snapshot.crossingIndex.crossings(of: streets.0, streets.1)
        guard !places.isEmpty else { return nil }
        let known = interpretation.snapshot.crossings
        let first = known[places[0]].position
        // The carriageways of one street cross the other several times, so take the centre of the crossings that lie
        // together.
        let ruler = Ruler(latitude: first.latitude)
        let together = places.map { known[$0].position }.filter { ruler.distance(from: $0, to: first) < 200 }
        let count = Double(together.count)
        let middle = Coordinate(
            longitude: together.reduce(0) { $0 + $1.longitude } / count,
            latitude: together.reduce(0) { $0 + $1.latitude } / count
        )
        let uncertainty = places.compactMap { known[$0].precision }.max()
        return MeetingPoint(position: middle, uncertainty: uncertainty, distance: 0)
    }

    // A crossing missing from the block data: the closest approach of the two streets.
    private func approach(of streets: (Int, Int), reach: Double) -> MeetingPoint? {
        let places = interpretation.snapshot.addresses.streetPlaces
        guard
            let nearest = ClosestApproach.between(
                places.traces(of: streets.0),
                places.traces(of: streets.1),
                reach: reach
            )
        else { return nil }
        return MeetingPoint(
            position: nearest.middle,
            uncertainty: (nearest.distance + 30).rounded(),
            distance: max(1, nearest.distance)
        )
    }

    private mutating func interpret(_ pair: Pair, _ place: MeetingPoint) {
        let groups = mayHaveHouse ? interpretation.query.houseGroups(beside: ranges(of: pair)) : []
        if groups.isEmpty {
            let taken = ranges(of: pair) + otherListed(than: pair)
            append(
                crossing(pair, place, taken: taken, house: nil, cost: pair.cost),
                isTraced ? parts(pair, place, taken: taken, isHouse: false) : nil
            )
            return
        }
        // «Абая 52 / Байтурсынова 60»: each house belongs to the street before it.
        let taken = ranges(of: pair) + groups.prefix(2).map(\.range)
        let house = groups[0]
        let isSecond = house.range.lowerBound >= spans[pair.second].range.upperBound
        let street = isSecond ? pair.streets.1 : pair.streets.0
        let found = interpretation.findHouse(house.house, of: .street(street), preferring: nil)[0]
        if case .known = found.match, let position = found.position, isCorner(position, place) {
            add(house.house, found, of: street, other: isSecond ? pair.streets.0 : pair.streets.1, pair, taken)
        }
        append(
            crossing(
                pair,
                place,
                taken: taken,
                house: (street, house.house),
                cost: pair.cost + RankingWeights.cornerHouse.value
            ),
            isTraced ? parts(pair, place, taken: taken, isHouse: true) : nil
        )
    }

    // Whether a house is close enough to the crossing to be a corner house.
    private func isCorner(_ position: Coordinate, _ place: MeetingPoint) -> Bool {
        Ruler(latitude: position.latitude).distance(from: position, to: place.position) < 400
    }

    private mutating func add(
        _ house: HouseNumber,
        _ found: AddressInterpretation.PlacedHouse,
        of street: Int,
        other: Int,
        _ pair: Pair,
        _ taken: [Range<Int>]
    ) {
        let candidate = interpretation.candidate(
            .street(street),
            found,
            house: house.key,
            confidence: confidence(pair.cost, taken),
            corrections: corrections(of: pair),
            explained: taken
        )
        append(
            Candidate(
                result: candidate.result,
                street: street,
                crossStreet: other,
                microdistrict: nil,
                district: nil,
                house: house.key,
                explained: taken
            ),
            isTraced ? parts(pair, nil, taken: taken, isHouse: false) : nil
        )
    }

    private mutating func append(_ candidate: Candidate, _ parts: ScoreParts?) {
        candidates.append(candidate)
        if let parts { self.parts.append(parts) }
    }

    private func confidence(_ cost: Double, _ taken: [Range<Int>], weight: Double = 1) -> Double {
        let left = interpretation.unexplained(beside: taken + contextRanges(beside: taken))
        return max(0, min(1, 1 - cost - weight * left))
    }

    // «Алмалы ауданы, Абай мен Манас қиылысы»: a district next to the streets is not an unexplained word.
    func contextRanges(beside taken: [Range<Int>]) -> [Range<Int>] {
        areas.filter { area in !taken.contains { $0.overlaps(area) } }
    }

    // A house at a crossing stands some way from its centre, which adds to the uncertainty.
    func uncertainty(of place: MeetingPoint, isHouse: Bool) -> Double? {
        isHouse ? (place.uncertainty ?? 0) + 60 : place.uncertainty
    }

    private func crossing(
        _ pair: Pair,
        _ place: MeetingPoint,
        taken: [Range<Int>],
        house: (street: Int, number: HouseNumber)?,
        cost: Double
    ) -> Candidate {
        let guessed = place.isGuessed ? RankingWeights.guessedCrossing.value : 0
        let uncertainty = uncertainty(of: place, isHouse: house != nil)
        let all = cost + max(guessed, 1 - AddressRanking.most(atUncertainty: uncertainty ?? 0))
        let (low, high) = (min(pair.streets.0, pair.streets.1), max(pair.streets.0, pair.streets.1))
        let result = GeocodeResult(
            kind: house == nil ? .intersection : .address,
            match: house == nil && !place.isGuessed ? .exact : .interpolated,
            confidence: confidence(all, taken),
            position: place.position,
            uncertainty: uncertainty,
            district: interpretation.snapshot.districts.id(at: place.position),
            subject: house.map { .street($0.street) } ?? .crossing(low, high),
            house: house?.number.key,
            corrections: corrections(of: pair)
        )
        let street = house?.street ?? pair.streets.0
        return Candidate(
            result: result,
            street: street,
            crossStreet: street == pair.streets.0 ? pair.streets.1 : pair.streets.0,
            microdistrict: nil,
            district: nil,
            house: house?.number.key,
            explained: taken
        )
    }
}

// Three or more streets: the block between them.
extension CrossingSearch {
    private mutating func interpretBlock(_ meetings: [(pair: Pair, place: MeetingPoint)]) {
        var corners: [(pair: Pair, place: MeetingPoint)] = []
        for meeting in meetings.sorted(by: { $0.pair.cost < $1.pair.cost }) {
            // «Кабанбай» inside «Кабанбай батыра» is not a separate street.
            if !corners.contains(where: { isAnotherReading(meeting.pair, of: $0.pair) }) { corners.append(meeting) }
        }
        let named = Array(Set(corners.flatMap { ranges(of: $0.pair) }))
        guard named.count > 2, corners.count > 1 else { return }
        let points = corners.map(\.place.position)
        let count = Double(points.count)
        let middle = Coordinate(
            longitude: points.reduce(0) { $0 + $1.longitude } / count,
            latitude: points.reduce(0) { $0 + $1.latitude } / count
        )
        let ruler = Ruler(latitude: middle.latitude)
        let reach = points.map { ruler.distance(from: $0, to: middle) }.max() ?? 0
        guard reach < 2_000 else { return }
        let leastSure = corners.map(\.pair).max { $0.cost < $1.cost }
        let confidence = confidence(
            (leastSure?.cost ?? 0) + RankingWeights.block.value,
            named,
            weight: RankingWeights.besideBlock.value
        )
        let most = AddressRanking.most(atUncertainty: reach)
        let first = corners[0].pair.streets
        func scoreParts() -> ScoreParts {
            var parts = parts(ofBlock: leastSure, named: named)
            parts.add(RankingWeights.uncertainty, min(0, most - confidence))
            return parts
        }
        append(
            Candidate(
                result: GeocodeResult(
                    kind: .intersection,
                    match: .area,
                    confidence: min(most, confidence),
                    position: middle,
                    uncertainty: reach,
                    district: interpretation.snapshot.districts.id(at: middle),
                    subject: .crossing(min(first.0, first.1), max(first.0, first.1)),
                    corrections: corners.flatMap { corrections(of: $0.pair) }
                ),
                street: first.0,
                crossStreet: first.1,
                microdistrict: nil,
                district: nil,
                house: nil,
                explained: named
            ),
            isTraced ? scoreParts() : nil
        )
    }

    // Whether two pairs occupy the same place in the query, or have names that overlap without being equal.
    private func isAnotherReading(_ pair: Pair, of other: Pair) -> Bool {
        let (first, second) = (spans[pair.first].range, spans[pair.second].range)
        let (known, next) = (spans[other.first].range, spans[other.second].range)
        if first == known, second == next { return true }
        func differs(_ one: Range<Int>, _ two: Range<Int>) -> Bool { one != two && one.overlaps(two) }
        return differs(first, known) || differs(first, next) || differs(second, known) || differs(second, next)
    }
}
