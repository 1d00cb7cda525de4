import Geo

/// An answer with the reading of the question behind it.
struct Finding {
    let result: GeocodeResult
    let street: Int?
    let crossStreet: Int?
    let microdistrict: Int?
    let district: Int?
    let house: String?
    /// The tokens that the answer explains.
    let explained: [Range<Int>]
}

/// Reads one question in every way its names allow, and finds what each way leads to.
struct AddressSearch {
    let snapshot: GazetteerSnapshot
    let question: Question
    private(set) var findings: [Finding] = []
    /// How much was looked at: steps along names, readings, pairs of streets.
    private(set) var work = 0
    /// How many readings of places were looked at.
    private(set) var placeCount = 0

    /// No question needs more work; what would is not read to its end.
    static let mostWork = 4_000

    /// So many readings of places are looked at, the longest and surest names first: a question that repeats one name
    /// has hundreds, an address a dozen.
    static let mostPlaces = 40

    /// What each token takes that nothing explains.
    private let unexplainedCosts: [Double]

    init(_ snapshot: GazetteerSnapshot, _ question: Question) {
        self.snapshot = snapshot
        self.question = question
        unexplainedCosts = Self.unexplainedCosts(of: question, snapshot.names)
    }

    /// The surest answer so far.
    var best: Finding? {
        // By their places, for comparing findings would copy them.
        findings.indices.max { findings[$0].result.confidence < findings[$1].result.confidence }.map { findings[$0] }
    }

    /// Adds what the names lead to: single places, then crossings, then blocks of streets.
    mutating func read(_ spans: [NameSpan]) {
        let loose = looseWords(beside: spans)
        placeCount = 0
        for span in spans where placeCount < Self.mostPlaces && mayExplain(loose, span.range) {
            readPlaces(of: span, among: spans)
        }
        let streets = spans.filter(\.namesStreet)
        guard streets.count > 1 else { return }
        var search = CrossingSearch(self, streets)
        search.read()
        for finding in search.findings { add(finding) }
        work += search.pairCount
    }

    // The words that no district or microdistrict beside a place could explain.
    private func looseWords(beside spans: [NameSpan]) -> [Int] {
        let areas = spans.filter { !$0.areas.isEmpty }.map(\.range)
        return question.tokens.indices.filter { index in
            !question.tokens[index].isNumber && question.tokens[index].text.utf8.count > 4 && !question.isUnit[index]
                && question.meanings[index].isEmpty && !areas.contains { $0.contains(index) }
        }
    }

    // In a long list of names no single one is the answer; two words may be its other name.
    private func mayExplain(_ loose: [Int], _ name: Range<Int>) -> Bool {
        let left = loose.count(where: { !name.contains($0) }) - 2
        return Double(left) * AddressRanking.unexplainedWord < 1 - AddressRanking.threshold
    }

    /// Counts what finding the names took.
    mutating func count(_ steps: Int) { work += steps }

    /// So many places of one name are looked at.
    static let mostBearers = 8

    mutating func add(_ finding: Finding) {
        if finding.result.confidence >= AddressRanking.threshold { findings.append(finding) }
    }
}

// One place, with a house or without, and what else the question says of where it is.
extension AddressSearch {
    private mutating func readPlaces(of span: NameSpan, among spans: [NameSpan]) {
        let marks = marks(beside: span.range)
        let borrowed = borrowsMark(span.range) ? AddressRanking.oddHouse * 2 : 0
        let groups = question.houseGroups(beside: [span.range])
            .map { (group: $0, cost: placement(of: $0, beside: span.range)) }.sorted { $0.cost < $1.cost }.prefix(3)
        for bearer in span.bearers.prefix(Self.mostBearers) {
            let cost =
                span.cost + AddressRanking.cost(of: bearer.standing)
                + AddressRanking.cost(ofMarks: marks, for: bearer.place, snapshot) + borrowed
            guard cost < 1 - AddressRanking.threshold else { continue }
            if case .district = bearer.place {
                readPlace(bearer, span, house: nil, cost, among: spans)
                continue
            }
            if groups.isEmpty { readPlace(bearer, span, house: nil, cost, among: spans) }
            for (group, placement) in groups {
                readPlace(bearer, span, house: group, cost + placement, among: spans)
            }
        }
    }

    private mutating func readPlace(
        _ bearer: NameIndex.Bearer,
        _ span: NameSpan,
        house group: Question.HouseGroup?,
        _ cost: Double,
        among spans: [NameSpan]
    ) {
        placeCount += 1
        work += 1
        let taken = [span.range] + (group.map { [$0.range] } ?? [])
        let context = Context(of: bearer.place, in: self, taken, spans)
        let found = group.map { findHouse($0.house, of: bearer.place, preferring: context) } ?? .none
        var score = 1 - cost - (group == nil ? 0 : found.cost)
        score -=
            unexplained(beside: taken + context.ranges) * (span.corrections.isEmpty ? 1 : AddressRanking.slipsAndMore)
        if namesOtherTown(span.range, taken) { score -= AddressRanking.elsewhere }
        let place = found.position ?? position(of: bearer.place)
        if !context.areas.isEmpty {
            let agrees = context.agrees(bearer.place, at: place, isHouse: found.position != nil)
            score += agrees ? AddressRanking.agreement : -AddressRanking.disagreement
            score -= AddressRanking.doubtfulArea * Double(context.doubtful)
        }
        if context.repeatsName { score += AddressRanking.agreement }
        guard score >= AddressRanking.threshold else { return }
        add(
            finding(
                bearer.place,
                found,
                house: group?.house.key,
                confidence: max(0, min(1, score)),
                corrections: span.corrections,
                explained: taken + context.ranges
            )
        )
    }

    // «5 мкр 12» is house 12 of the fifth microdistrict: the type word belongs to the number before it.
    private func borrowsMark(_ name: Range<Int>) -> Bool {
        let mark = name.lowerBound - 1
        guard question.tokens[name].allSatisfy(\.isNumber), mark > 0, !question.meanings[mark].isEmpty else {
            return false
        }
        return question.tokens[mark - 1].isNumber && question.tokens[mark].separator != .comma
    }

    /// The type words that touch a name.
    func marks(beside range: Range<Int>) -> [AddressWord] {
        var marks: [AddressWord] = []
        for index in [range.lowerBound - 1, range.lowerBound - 2, range.upperBound, range.upperBound + 1]
        where question.tokens.indices.contains(index) && touches(index, range) {
            for meaning in question.meanings[index] {
                switch meaning {
                case .street, .microdistrict, .district: marks.append(meaning)
                default: break
                }
            }
        }
        return marks
    }

    // Two tokens away only for an abbreviation in two: «р-н».
    private func touches(_ index: Int, _ range: Range<Int>) -> Bool {
        let tokens = question.tokens
        switch index {
        case range.lowerBound - 1: return tokens[range.lowerBound].separator != .comma
        case range.upperBound: return tokens[index].separator != .comma
        case range.lowerBound - 2:
            return question.meanings[index] == question.meanings[index + 1] && !question.meanings[index].isEmpty
        default:
            return question.meanings[index] == question.meanings[index - 1] && !question.meanings[index].isEmpty
                && tokens[index - 1].separator != .comma
        }
    }

    // A house stands behind its street, marked or not; before it in Kazakh and English; elsewhere seldom.
    private func placement(of group: Question.HouseGroup, beside name: Range<Int>) -> Double {
        if group.isMarked { return 0 }
        let between = name.upperBound..<max(name.upperBound, group.range.lowerBound)
        if group.range.lowerBound >= name.upperBound, between.allSatisfy({ !question.meanings[$0].isEmpty }) {
            // «Самал-2» is likelier a name than house 2 of Самал.
            return question.tokens[group.range.lowerBound].separator == .hyphen ? AddressRanking.oddHouse : 0
        }
        return group.range.upperBound == name.lowerBound ? 0.01 : AddressRanking.oddHouse
    }

    /// What the tokens take that nothing explains.
    func unexplained(beside taken: [Range<Int>]) -> Double {
        var cost = 0.0
        for (index, own) in unexplainedCosts.enumerated() where own > 0 {
            if !taken.contains(where: { $0.contains(index) }) { cost += own }
        }
        return cost
    }

    private static func unexplainedCosts(of question: Question, _ names: NameIndex) -> [Double] {
        question.tokens.indices.map { index in
            if question.isUnit[index] { return 0 }
            if let elsewhere = question.elsewhere, elsewhere.contains(index) {
                return index == elsewhere.lowerBound ? AddressRanking.elsewhere : 0
            }
            guard question.meanings[index].isEmpty else { return 0 }
            let token = question.tokens[index]
            return names.isGivenName(token.text) ? AddressRanking.givenName : AddressRanking.unexplained(token)
        }
    }

    // A town's name may be a street's; not when another name stands beside it.
    private func namesOtherTown(_ name: Range<Int>, _ taken: [Range<Int>]) -> Bool {
        guard let elsewhere = question.elsewhere, elsewhere.overlaps(name), marks(beside: name).isEmpty else {
            return false
        }
        return question.tokens.indices.contains { index in
            !question.tokens[index].isNumber && question.meanings[index].isEmpty && !question.isUnit[index]
                && !taken.contains { $0.contains(index) }
        }
    }

    func position(of place: PlaceReference) -> Coordinate? {
        switch place {
        case .street(let index): snapshot.addresses.streetPlaces.positions[index]
        case .microdistrict(let index): snapshot.addresses.microdistricts[index].position
        case .district(let index): snapshot.districts.points[index]
        }
    }
}
