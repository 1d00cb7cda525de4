/// Sorts the organizations that answer a question into classes that meet the same words for the same worth.
///
/// Word by word a class is parted by the word's levels, the best met first, and what can no longer come near the best
/// answer is not followed. A class of few is settled record by record.
struct AnswerClasses {
    /// Organizations that meet the words alike.
    struct Class {
        let records: RecordSet
        /// The weight of what they meet.
        let met: Float
        /// How many of the words their names have.
        let named: Int
    }

    /// An organization alone.
    struct Single {
        let record: Int
        let met: Float
        let named: Int
    }

    private let words: [MetWord]
    /// The most that the words from a place on can add.
    private let rest: [Float]
    /// The weight of all words.
    let weight: Float
    private let few: Int
    private var best: Float = 0
    private(set) var classes: [Class] = []
    private(set) var singles: [Single] = []

    /// - Parameters:
    ///   - words: the words and who meets them.
    ///   - meant: the organizations of which more than the address is met.
    ///   - count: how many organizations there are.
    init(_ words: [MetWord], among meant: RecordSet, of count: Int) {
        self.words = words
        weight = words.reduce(0) { $0 + $1.weight }
        rest = words.indices.map { words[$0...].reduce(0) { $0 + $1.most } } + [0]
        few = max(64, count / 64)
        guard weight > 0, !meant.isEmpty else { return }
        part(meant, at: 0, met: 0, named: 0)
        let least = self.least
        classes.removeAll { $0.met < least }
        singles.removeAll { $0.met < least }
    }

    /// How many organizations answer.
    var count: Int { classes.reduce(singles.count) { $0 + $1.records.count } }

    // An answer meets at least half of the question and comes near the best.
    private var least: Float { max(best * Relevance.besideBest, weight * Relevance.leastShare) - 1e-4 }

    private mutating func part(_ records: RecordSet, at place: Int, met: Float, named: Int) {
        guard place < words.count else {
            best = max(best, met)
            classes.append(Class(records: records, met: met, named: named))
            return
        }
        if records.count(atMost: few) != nil { return settle(records, at: place, met: met, named: named) }
        let word = words[place]
        for level in word.levels {
            let reached = met + level.worth * word.weight
            guard reached + rest[place + 1] >= least else { return }
            guard let common = records.common(with: level.records) else { continue }
            part(common, at: place + 1, met: reached, named: named + (level.isNamed ? 1 : 0))
        }
        guard met + rest[place + 1] >= least, let other = records.without(word.all) else { return }
        part(other, at: place + 1, met: met, named: named)
    }

    private mutating func settle(_ records: RecordSet, at place: Int, met: Float, named: Int) {
        let words = words[place...]
        var (best, least) = (best, least)
        for record in records {
            var (met, named) = (met, named)
            for place in words.indices {
                guard let (worth, isNamed) = words[place].worth(for: record) else { continue }
                met += worth * words[place].weight
                if isNamed { named += 1 }
            }
            guard met >= least else { continue }
            if met > best {
                best = met
                least = max(least, best * Relevance.besideBest - 1e-4)
            }
            singles.append(Single(record: record, met: met, named: named))
        }
        self.best = best
    }
}
