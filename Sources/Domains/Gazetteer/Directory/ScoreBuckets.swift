/// Groups the organizations that answer a query into buckets that match the same words equally well.
///
/// For each word in turn a bucket is split by the word's levels, best first, and buckets that can no longer come close to the
/// best answer are dropped. A small bucket is evaluated record by record.
struct ScoreBuckets {
    /// Organizations that match the words equally.
    struct Bucket {
        let records: RecordSet
        /// The total weight of the words they match.
        let matched: Float
        /// The number of words that occur in their names.
        let named: Int
    }

    /// A single organization.
    struct SingleRecord {
        let record: Int
        let matched: Float
        let named: Int
    }

    /// The words of the query.
    let words: [TermMatches]
    /// The most that the words from each index on can add.
    private let rest: [Float]
    /// The weight of all words.
    let weight: Float
    private let smallBucket: Int
    private var best: Float = 0
    private(set) var buckets: [Bucket] = []
    private(set) var singles: [SingleRecord] = []

    /// - Parameters:
    ///   - words: the words and the organizations that match them.
    ///   - meant: the organizations that match more than the address.
    ///   - count: the number of all organizations.
    init(_ words: [TermMatches], among meant: RecordSet, of count: Int) {
        self.words = words
        weight = words.reduce(0) { $0 + $1.weight }
        rest = words.indices.map { words[$0...].reduce(0) { $0 + $1.most } } + [0]
        smallBucket = max(64, count / 64)
        guard weight > 0, !meant.isEmpty else { return }
        split(meant, at: 0, matched: 0, named: 0)
        let least = self.least
        buckets.removeAll { $0.matched < least }
        singles.removeAll { $0.matched < least }
    }

    /// The number of organizations that answer the query.
    var count: Int { buckets.reduce(singles.count) { $0 + $1.records.count } }

    // An answer matches at least half of the query and comes close to the best.
    private var least: Float {
        max(best * RankingWeights.besideBest.value, weight * RankingWeights.leastShare.value) - 1e-4
    }

    private mutating func split(_ records: RecordSet, at place: Int, matched: Float, named: Int) {
        guard place < words.count else {
            best = max(best, matched)
            buckets.append(Bucket(records: records, matched: matched, named: named))
            return
        }
        if records.count(atMost: smallBucket) != nil {
            return scoreSeparately(records, at: place, matched: matched, named: named)
        }
        let word = words[place]
        for level in word.levels {
            let reached = matched + level.worth * word.weight
            guard reached + rest[place + 1] >= least else { return }
            guard let common = records.common(with: level.records) else { continue }
            split(common, at: place + 1, matched: reached, named: named + (level.isNamed ? 1 : 0))
        }
        guard matched + rest[place + 1] >= least, let other = records.without(word.all) else { return }
        split(other, at: place + 1, matched: matched, named: named)
    }

    private mutating func scoreSeparately(_ records: RecordSet, at place: Int, matched: Float, named: Int) {
        let words = words[place...]
        var (best, least) = (best, least)
        for record in records {
            var (matched, named) = (matched, named)
            for place in words.indices {
                guard let (worth, isNamed) = words[place].worth(for: record) else { continue }
                matched += worth * words[place].weight
                if isNamed { named += 1 }
            }
            guard matched >= least else { continue }
            if matched > best {
                best = matched
                least = max(least, best * RankingWeights.besideBest.value - 1e-4)
            }
            singles.append(SingleRecord(record: record, matched: matched, named: named))
        }
        self.best = best
    }
}
