/// Finds the known words that a mistyped beginning may be going to be.
///
/// The words lie sorted and share the rows of the edit distance (V. Levenshtein 1966) as far as they share letters; a
/// beginning that is too far off already is skipped with all words that have it. The first letter counts as right.
struct PrefixSlips: Sendable {
    /// Shorter beginnings are taken as they are.
    static let shortest = 4

    private let words: [[UInt16]]
    private let texts: [String]
    /// How many letters each word shares with the one before.
    private let shared: [Int]

    init(_ known: some Sequence<String>) {
        texts = Set(known.filter { $0.first?.isLetter == true && $0.unicodeScalars.count >= Self.shortest }).sorted {
            Self.spelled($0).lexicographicallyPrecedes(Self.spelled($1))
        }
        let words = texts.map(Self.spelled)
        self.words = words
        shared = words.indices.map { place in
            place == 0 ? 0 : zip(words[place - 1], words[place]).prefix { $0 == $1 }.count
        }
    }

    private static func spelled(_ word: String) -> [UInt16] {
        word.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) }
    }

    /// The words that begin nearly as typed, nearest first.
    func words(beginning typed: String, most: Int) -> [(word: String, slips: Int)] {
        let letters = Self.spelled(typed)
        guard letters.count >= Self.shortest else { return [] }
        let bound = letters.count >= 8 ? 2 : 1
        var rows = [Array(0...letters.count)]
        var found: [(word: String, slips: Int)] = []
        var place = firstIndex(letters[0])
        var kept = 0
        while place < words.count, words[place][0] == letters[0] {
            kept = min(kept, shared[place])
            rows.removeLast(rows.count - 1 - min(kept, rows.count - 1))
            let (slips, depth) = descend(words[place], letters, bound, &rows)
            kept = rows.count - 1
            if let slips { found.append((texts[place], slips)) }
            place += 1
            guard let depth else { continue }
            // Every word with this beginning is as far off.
            while place < words.count, shared[place] > depth { place += 1 }
            kept = min(kept, depth)
        }
        found.sort { ($0.slips, $0.word) < ($1.slips, $1.word) }
        return Array(found.prefix(most))
    }

    // The fewest slips between what was typed and a beginning of the word; else the depth from which there is no way.
    private func descend(
        _ word: [UInt16],
        _ typed: [UInt16],
        _ bound: Int,
        _ rows: inout [[Int]]
    ) -> (slips: Int?, hopelessAt: Int?) {
        var best: Int?
        for depth in 1..<rows.count { best = Self.lesser(best, rows[depth][typed.count], bound) }
        while rows.count <= word.count {
            let depth = rows.count - 1
            let last = rows[depth]
            var row = [depth + 1]
            for (place, letter) in typed.enumerated() {
                row.append(min(last[place + 1] + 1, row[place] + 1, last[place] + (letter == word[depth] ? 0 : 1)))
            }
            if row.min() ?? 0 > bound { return (best, best == nil ? depth : nil) }
            best = Self.lesser(best, row[typed.count], bound)
            rows.append(row)
        }
        return (best, nil)
    }

    private static func lesser(_ best: Int?, _ slips: Int, _ bound: Int) -> Int? {
        slips <= bound ? min(best ?? slips, slips) : best
    }

    private func firstIndex(_ letter: UInt16) -> Int {
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if words[middle][0] < letter { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
