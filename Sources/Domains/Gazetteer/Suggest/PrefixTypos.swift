/// Finds the known words that a mistyped prefix may be the beginning of.
///
/// The words are sorted and share rows of the edit distance (V. Levenshtein 1966) as far as they share letters; when a
/// prefix is already too far off, all words with it are skipped. Only the cells of a row within the bound of its diagonal
/// are computed. The first letter is assumed to be right.
struct PrefixTypos: Sendable {
    /// Shorter prefixes are not corrected.
    static let shortest = 4
    /// The most letters compared, of the typed text and of a word.
    private static let longest = 32

    private let texts: [String]
    /// The letters of all words, concatenated.
    private let letters: [UInt16]
    private let starts: [Int32]
    /// The number of letters each word shares with the one before.
    private let shared: [UInt8]
    /// For each word and each depth up to `skipped`, the next word that shares no more letters than that.
    private let next: [Int32]
    private static let skipped = 3

    init(_ known: some Sequence<String>) {
        let words = Set(known.filter { $0.first?.isLetter == true && $0.unicodeScalars.count >= Self.shortest })
            .map { (text: $0, letters: Self.spelled($0)) }
            .sorted { $0.letters.lexicographicallyPrecedes($1.letters) }
        texts = words.map(\.text)
        letters = words.flatMap(\.letters)
        starts = words.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.letters.count)) }
        let shared = words.indices.map { place in
            place == 0 ? 0 : UInt8(zip(words[place - 1].letters, words[place].letters).prefix { $0 == $1 }.count)
        }
        self.shared = shared
        next = Self.next(after: shared)
    }

    private static func next(after shared: [UInt8]) -> [Int32] {
        var next = [Int32](repeating: Int32(shared.count), count: shared.count * (skipped + 1))
        var nearest = [Int32](repeating: Int32(shared.count), count: skipped + 1)
        for place in shared.indices.reversed() {
            for depth in 0...skipped {
                next[place * (skipped + 1) + depth] = nearest[depth]
                if Int(shared[place]) <= depth { nearest[depth] = Int32(place) }
            }
        }
        return next
    }

    private static func spelled(_ word: String) -> [UInt16] {
        word.unicodeScalars.prefix(longest).map { UInt16(truncatingIfNeeded: $0.value) }
    }

    /// The words with nearly the typed prefix, nearest first.
    func words(beginning typed: String, most: Int) -> [(word: String, typos: Int)] {
        let typed = Self.spelled(typed)
        guard typed.count >= Self.shortest else { return [] }
        var rows = Rows(typed, bound: typed.count >= 8 ? 2 : 1)
        var found: [(place: Int, typos: Int)] = []
        var place = texts.indices.firstPlace { letters[Int(starts[$0])] >= typed[0] }
        var kept = 0
        // Slicing the array would count references for each word, which takes as long as the comparison.
        letters.withUnsafeBufferPointer { letters in
            while place < texts.count, letters[Int(starts[place])] == typed[0] {
                kept = min(kept, Int(shared[place]))
                let word = UnsafeBufferPointer(rebasing: letters[Int(starts[place])..<Int(starts[place + 1])])
                let (typos, depth) = rows.descend(word, from: kept)
                if let typos { found.append((place, typos)) }
                kept = depth
                place = rows.isHopeless ? placeAfter(place, sharing: depth) : place + 1
            }
        }
        found.sort { ($0.typos, $0.place) < ($1.typos, $1.place) }
        return found.prefix(most).map { (texts[$0.place], $0.typos) }
    }

    // The next word that shares no more letters; every word in between has the same too distant prefix.
    private func placeAfter(_ place: Int, sharing depth: Int) -> Int {
        if depth <= Self.skipped { return Int(next[place * (Self.skipped + 1) + depth]) }
        var place = place + 1
        while place < texts.count, Int(shared[place]) > depth { place += 1 }
        return place
    }

    /// The consecutive rows of the edit distance between prefixes of a word and the typed text.
    private struct Rows {
        private let typed: [UInt16]
        private let bound: Int
        private let width: Int
        private var cells: [UInt8]
        /// Whether the last word became too distant at the letter after the depth at which its rows end.
        private(set) var isHopeless = false

        init(_ typed: [UInt16], bound: Int) {
            self.typed = typed
            self.bound = bound
            width = typed.count + 1
            cells = [UInt8](repeating: UInt8(bound + 1), count: width * (PrefixTypos.longest + 1))
            for place in 0...bound { cells[place] = UInt8(place) }
        }

        // The fewest typos between the typed text and a prefix of the word, and the depth up to which rows are valid.
        mutating func descend(_ word: UnsafeBufferPointer<UInt16>, from kept: Int) -> (typos: Int?, depth: Int) {
            isHopeless = false
            var best = bound + 1
            var depth = 0
            while depth < kept {
                depth += 1
                best = min(best, Int(cells[depth * width + width - 1]))
            }
            let last = min(word.count, typed.count + bound)
            while depth < last {
                let least = fill(depth + 1, with: word[depth])
                if least > bound {
                    isHopeless = best > bound
                    break
                }
                depth += 1
                best = min(best, Int(cells[depth * width + width - 1]))
            }
            return (best <= bound ? best : nil, depth)
        }

        // Fills a row and returns its smallest cell.
        private mutating func fill(_ depth: Int, with letter: UInt16) -> Int {
            let (above, row) = ((depth - 1) * width, depth * width)
            let most = UInt8(bound + 1)
            let first = max(0, depth - bound)
            let end = min(typed.count, depth + bound)
            guard first <= end else { return bound + 1 }
            var least = most
            var left = most
            if first > 0 { cells[row + first - 1] = most }
            for place in first...end {
                var cost = place == 0 ? UInt8(min(depth, bound + 1)) : cells[above + place - 1]
                if place > 0 {
                    if typed[place - 1] != letter { cost += 1 }
                    cost = min(cost, left + 1)
                    // Cells beyond the band of the row above exceed the bound.
                    if place < depth + bound { cost = min(cost, cells[above + place] + 1) }
                }
                cost = min(cost, most)
                cells[row + place] = cost
                least = min(least, cost)
                left = cost
            }
            if end < typed.count { cells[row + typed.count] = most }
            return Int(least)
        }
    }
}
