/// How organizations match one word of a query: disjoint sets, best match first.
struct TermMatches {
    /// The organizations for which the word has the same worth.
    struct Level {
        let worth: Float
        /// Whether they have the word in their name.
        let isNamed: Bool
        let records: RecordSet
    }

    /// The word as typed.
    let word: String
    let levels: [Level]
    /// All organizations that match the word.
    let all: RecordSet
    /// The weight of the word.
    let weight: Float

    /// The most that the word can contribute to an organization.
    var most: Float { (levels.first?.worth ?? 0) * weight }

    /// - Parameters:
    ///   - word: the word as typed.
    ///   - ways: the ways in which the word is matched.
    ///   - weigh: the weight of a word by the number of organizations that have it.
    init(_ word: String, _ ways: TermMatchesBuilder, weigh: (Int) -> Float) {
        self.word = word
        // Most words are matched in one way, and most have no organizations beyond those of their best way.
        var all = ways.none
        var levels: [Level] = []
        // The best way of each organization counts.
        for way in ways.byWorth.sorted(by: { $0.worth > $1.worth }) {
            let isFirst = levels.isEmpty
            guard let new = isFirst ? (way.records.isEmpty ? nil : way.records) : way.records.without(all) else {
                continue
            }
            if isFirst { all = new } else { all.formUnion(new) }
            if way.isNamed || !ways.isNamed {
                levels.append(Level(worth: way.worth, isNamed: way.isNamed, records: new))
                continue
            }
            if let named = new.common(with: ways.named) {
                levels.append(Level(worth: way.worth, isNamed: true, records: named))
            }
            if let other = new.without(ways.named) {
                levels.append(Level(worth: way.worth, isNamed: false, records: other))
            }
        }
        self.levels = levels
        self.all = all
        weight = weigh(all.count)
    }

    /// The worth of the word for an organization; reads the levels in place, because copying their sets costs more.
    func worth(for record: Int) -> (worth: Float, isNamed: Bool)? {
        for place in levels.indices where levels[place].records.contains(record) {
            return (levels[place].worth, levels[place].isNamed)
        }
        return nil
    }
}

/// Collects the ways in which organizations match a word.
struct TermMatchesBuilder {
    /// The empty set; copying it costs nothing.
    let none: RecordSet
    /// Whether any has the word in its name.
    private(set) var isNamed = false
    /// The organizations by the worth of the word, and whether all of that worth have it in their name.
    private(set) var byWorth: [(worth: Float, isNamed: Bool, records: RecordSet)] = []
    /// Those that have the word in their name.
    private(set) var named: RecordSet

    /// - Parameter none: the empty set over all organizations.
    init(_ none: RecordSet) {
        self.none = none
        named = none
    }

    mutating func add(named terms: Range<Int>, in postings: Postings, worth: Float) {
        guard !postings.isEmpty(terms) else { return }
        isNamed = true
        postings.add(terms, to: &named)
        postings.add(terms, to: &byWorth[place(of: worth, isNamed: true)].records)
    }

    mutating func add(_ terms: Range<Int>, in postings: Postings, worth: Float) {
        guard !postings.isEmpty(terms) else { return }
        postings.add(terms, to: &byWorth[place(of: worth, isNamed: false)].records)
    }

    mutating func add(_ records: RecordSet, worth: Float) {
        byWorth[place(of: worth, isNamed: false)].records.formUnion(records)
    }

    private mutating func place(of worth: Float, isNamed: Bool) -> Int {
        if let place = byWorth.firstIndex(where: { $0.worth == worth }) {
            byWorth[place].isNamed = byWorth[place].isNamed && isNamed
            return place
        }
        byWorth.append((worth, isNamed, none))
        return byWorth.count - 1
    }
}
