/// How the organizations meet one word of a question: sets that share no member, the best met first.
struct MetWord {
    /// The organizations for which the word is worth as much.
    struct Level {
        let worth: Float
        /// Whether they have the word in their name.
        let isNamed: Bool
        let records: RecordSet
    }

    let levels: [Level]
    /// All that meet the word.
    let all: RecordSet
    /// How much the word counts.
    let weight: Float

    /// The most that an organization can have of the word.
    var most: Float { (levels.first?.worth ?? 0) * weight }

    /// - Parameters:
    ///   - ways: how the word is met.
    ///   - weigh: how much a word counts that so many organizations have.
    init(_ ways: MetWays, weigh: (Int) -> Float) {
        // Most ways are one, and most words have no other organizations than those of their best way.
        var all = ways.none
        var levels: [Level] = []
        // An organization counts by the best of its ways.
        for (worth, records) in ways.byWorth.sorted(by: { $0.worth > $1.worth }) {
            let isFirst = levels.isEmpty
            guard let new = isFirst ? (records.isEmpty ? nil : records) : records.without(all) else { continue }
            if isFirst { all = new } else { all.formUnion(new) }
            guard ways.isNamed else {
                levels.append(Level(worth: worth, isNamed: false, records: new))
                continue
            }
            if let named = new.common(with: ways.named) {
                levels.append(Level(worth: worth, isNamed: true, records: named))
            }
            if let other = new.without(ways.named) {
                levels.append(Level(worth: worth, isNamed: false, records: other))
            }
        }
        self.levels = levels
        self.all = all
        weight = weigh(all.count)
    }

    /// What an organization has of the word.
    func level(of record: Int) -> Level? { levels.first { $0.records.contains(record) } }
}

/// Gathers the ways in which organizations meet a word.
struct MetWays {
    /// The empty set, which costs nothing to copy.
    let none: RecordSet
    /// Whether any has the word in its name.
    private(set) var isNamed = false
    private(set) var byWorth: [(worth: Float, records: RecordSet)] = []
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
        add(terms, in: postings, worth: worth)
    }

    mutating func add(_ terms: Range<Int>, in postings: Postings, worth: Float) {
        guard !postings.isEmpty(terms) else { return }
        let place = place(of: worth)
        postings.add(terms, to: &byWorth[place].records)
    }

    mutating func add(_ records: RecordSet, worth: Float) {
        let place = place(of: worth)
        byWorth[place].records.formUnion(records)
    }

    private mutating func place(of worth: Float) -> Int {
        if let place = byWorth.firstIndex(where: { $0.worth == worth }) { return place }
        byWorth.append((worth, none))
        return byWorth.count - 1
    }
}
