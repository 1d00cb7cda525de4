/// Finds the known words that a mistyped one may stand for.
///
/// Words are found by what is left of their first letters when one or two are dropped (the deletion neighbourhood of
/// W. Garbe's SymSpell, with its prefix): two words a slip apart share such a remainder. The cost of a question
/// grows with its word, not with the vocabulary.
public struct SpellingIndex: Sendable {
    /// Shorter words are never taken for another.
    public static let shortest = 4
    private static let longEnoughForTwo = 8
    private static let prefix = 7

    private let letters: [UInt16]
    private let starts: [Int32]
    /// Words by the hash of a remainder: those of bucket `b` are `entries[buckets[b]..<buckets[b + 1]]`.
    private let buckets: [Int32]
    private let entries: [Int32]

    /// Prepares the known words, which are folded; those with digits are never found.
    public init(_ words: [String]) {
        var letters: [UInt16] = []
        var starts: [Int32] = [0]
        var remainders: [(hash: UInt64, word: Int32)] = []
        for (place, word) in words.enumerated() {
            let spelled = Self.spelled(word)
            letters += spelled
            starts.append(Int32(letters.count))
            guard Self.isSought(spelled) else { continue }
            for hash in Self.remainders(of: spelled[...]) { remainders.append((hash, Int32(place))) }
        }
        self.letters = letters
        self.starts = starts
        var count = 1
        while count < remainders.count { count *= 2 }
        var buckets = [Int32](repeating: 0, count: count + 1)
        for entry in remainders { buckets[Int(entry.hash & UInt64(count - 1)) + 1] += 1 }
        for bucket in 0..<count { buckets[bucket + 1] += buckets[bucket] }
        var next = buckets
        var entries = [Int32](repeating: 0, count: remainders.count)
        for entry in remainders {
            let bucket = Int(entry.hash & UInt64(count - 1))
            entries[Int(next[bucket])] = entry.word
            next[bucket] += 1
        }
        self.buckets = buckets
        self.entries = entries
    }

    /// The known words within reach of a word, by their place in the list, nearest first, then in the list's order.
    ///
    /// One slip is forgiven in words of four to seven letters, two in longer ones; none where a digit stands.
    public func nearest(to word: String, mostFound: Int) -> [(word: Int, distance: Int)] {
        let spelled = Self.spelled(word)
        guard Self.isSought(spelled) else { return [] }
        let allowed = spelled.count >= Self.longEnoughForTwo ? 2 : 1
        var candidates: [Int32] = []
        for hash in Self.remainders(of: spelled[...]) {
            let bucket = Int(hash & UInt64(buckets.count - 2))
            for candidate in entries[Int(buckets[bucket])..<Int(buckets[bucket + 1])] {
                let length = Int(starts[Int(candidate) + 1] - starts[Int(candidate)])
                if abs(length - spelled.count) <= allowed { candidates.append(candidate) }
            }
        }
        candidates.sort()
        var found: [(word: Int, distance: Int)] = []
        var seen: Int32 = -1
        for candidate in candidates where candidate != seen {
            seen = candidate
            let known = letters[Int(starts[Int(candidate)])..<Int(starts[Int(candidate) + 1])]
            // A short word with a slip is not taken for a long one's two.
            let bound = min(allowed, known.count >= Self.longEnoughForTwo ? 2 : 1)
            if let slips = EditDistance.between(spelled[...], known, atMost: bound) {
                found.append((Int(candidate), slips))
            }
        }
        found.sort { ($0.distance, $0.word) < ($1.distance, $1.word) }
        return Array(found.prefix(mostFound))
    }

    private static func isSought(_ spelled: [UInt16]) -> Bool {
        spelled.count >= shortest && !spelled.contains { (0x30...0x39).contains($0) }
    }

    private static func spelled(_ word: String) -> [UInt16] {
        word.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) }
    }

    // Hashes of the first letters whole, without any one of them, and in long words without any two.
    private static func remainders(of word: ArraySlice<UInt16>) -> [UInt64] {
        let head = Array(word.prefix(prefix))
        var hashes = [hash(head, without: -1, -1)]
        for first in head.indices {
            hashes.append(hash(head, without: first, -1))
            guard word.count >= longEnoughForTwo else { continue }
            for second in head.indices where second > first { hashes.append(hash(head, without: first, second)) }
        }
        return hashes
    }

    // FNV-1a, 64 bits.
    private static func hash(_ letters: [UInt16], without first: Int, _ second: Int) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for (index, letter) in letters.enumerated() where index != first && index != second {
            hash = (hash ^ UInt64(letter)) &* 0x0000_0100_0000_01b3
        }
        return hash ^ (hash >> 32)
    }
}
