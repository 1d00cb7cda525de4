/// The results of a group of queries, as counts.
struct OutcomeTally: Encodable {
    /// Queries that must find something.
    private(set) var queries = 0
    /// The number of them whose top answer is right.
    private(set) var rightAtOne = 0
    /// The number of them with a right answer among the first five.
    private(set) var rightAtFive = 0
    /// Queries whose right district is known.
    private(set) var districtKnown = 0
    /// The number of them whose top answer lies in it.
    private(set) var districtRight = 0
    /// Queries that must find nothing.
    private(set) var negatives = 0
    /// The number of them that found something with confidence.
    private(set) var falsePositives = 0
    /// The distances of the top answers from the nearest expected place, metres.
    private(set) var errors = Quantiles()

    /// Counts the outcomes.
    init(_ outcomes: some Sequence<QueryOutcome>) {
        for outcome in outcomes { count(outcome) }
    }

    private mutating func count(_ outcome: QueryOutcome) {
        if outcome.query.isNegative {
            negatives += 1
            falsePositives += outcome.falsePositive ? 1 : 0
            return
        }
        queries += 1
        rightAtOne += outcome.rank == 1 ? 1 : 0
        rightAtFive += outcome.rank == nil ? 0 : 1
        districtKnown += outcome.rightDistrict == nil ? 0 : 1
        districtRight += outcome.rightDistrict == true ? 1 : 0
        if let error = outcome.error { errors.add(error) }
    }
}

/// A collection of values that reports quantiles.
struct Quantiles: Encodable {
    private var values: [Double] = []

    /// Adds a value.
    mutating func add(_ value: Double) { values.append(value) }

    /// The number of values.
    var count: Int { values.count }

    /// The smallest value that this share of all values does not exceed; nil when there are no values.
    func at(_ share: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let place = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return sorted[min(max(place, 0), sorted.count - 1)]
    }

    /// Encodes count, median and ninth decile.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(count, forKey: .count)
        try container.encode(at(0.5), forKey: .median)
        try container.encode(at(0.9), forKey: .ninthDecile)
    }

    private enum Key: String, CodingKey {
        case count
        case median
        case ninthDecile
    }
}
