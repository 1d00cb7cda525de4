/// Groups the organizations that answer a question into classes that match the same words equally well.
///
/// For each word in turn a class is split by the word's levels, best first, and classes that can no longer come close to the
/// best answer are dropped. A small class is evaluated record by record.
struct AnswerClasses {
    /// Organizations that match the words equally.
    struct Class {
        let records: RecordSet
        /// The total weight of the words they match.
        let met: Float
        /// The number of words that occur in their names.
        let named: Int
    }

    /// A single organization.
    struct Single {
        let record: Int
        let met: Float
        let named: Int
    }

    private let words: [MetWord]
    /// The most that the words from each index on can add.
    private let rest: [Float]
    /// The weight of all words.
    let weight: Float
    private let few: Int
    private var best: Float = 0
    private(set) var classes: [Class] = []
    private(set) var singles: [Single] = []

    /// - Parameters:
    ///   - words: the words and the organizations that match them.
    ///   - meant: the organizations that match more than the address.
    ///   - count: the number of all organizations.
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

    /// The number of organizations that answer the question.
    var count: Int { classes.reduce(singles.count) { $0 + $1.records.count } }

    // An answer matches at least half of the question and comes close to the best.
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
