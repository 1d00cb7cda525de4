import Civic

/// Finds the known words that a misspelt word may stand for.
///
/// Words are found by the remainders of their first letters after dropping one or two (the deletion neighbourhood of W.
/// Garbe's SymSpell, with its prefix): two words one typo apart share such a remainder. The cost of a lookup grows with the
/// word, not with the vocabulary.
public struct SpellingIndex: Sendable {
    /// Shorter words are never corrected.
    public static let shortest = 4
    private static let longEnoughForTwo = 8
    private static let prefix = 7

    private let letters: [UInt16]
    private let starts: [Int32]
    private let masks: [UInt32]
    /// Words by the hash of a remainder: those of bucket `b` are `entries[buckets[b]..<buckets[b + 1]]`.
    private let buckets: [Int32]
    private let entries: [Int32]

    /// Builds the index of the known words, which must be folded; words with digits are never found.
    public init(_ words: [String]) {
        var letters: [UInt16] = []
        var starts: [Int32] = [0]
        var masks: [UInt32] = []
        var remainders: [(hash: UInt64, word: Int32)] = []
        for (place, word) in words.enumerated() {
            let spelled = Self.spelled(word)
            letters += spelled
            starts.append(Int32(letters.count))
            masks.append(Self.mask(of: spelled[...]))
            guard Self.isSought(spelled) else { continue }
            for hash in Self.remainders(of: spelled[...]) { remainders.append((hash, Int32(place))) }
        }
        self.letters = letters
        self.starts = starts
        self.masks = masks
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

    /// The known words within reach of a word, by their index in the list, nearest first, then in the order of the list.
    ///
    /// One typo is allowed in words of four to seven letters, two in longer ones; none in words with a digit.
    public func nearest(to word: String, maxFound: Int) -> [(word: Int, distance: Int)] {
        let spelled = Self.spelled(word)
        guard Self.isSought(spelled) else { return [] }
        let allowed = spelled.count >= Self.longEnoughForTwo ? 2 : 1
        let mask = Self.mask(of: spelled[...])
        var candidates: [Int32] = []
        for hash in Self.remainders(of: spelled[...]) {
            let bucket = Int(hash & UInt64(buckets.count - 2))
            for candidate in entries[Int(buckets[bucket])..<Int(buckets[bucket + 1])] {
                let length = Int(starts[Int(candidate) + 1] - starts[Int(candidate)])
                guard abs(length - spelled.count) <= allowed,
                    (masks[Int(candidate)] ^ mask).nonzeroBitCount <= 2 * allowed
                else { continue }
                candidates.append(candidate)
            }
        }
        candidates.sort()
        var found: [(word: Int, distance: Int)] = []
        var seen: Int32 = -1
        for candidate in candidates where candidate != seen {
            seen = candidate
            let known = letters[Int(starts[Int(candidate)])..<Int(starts[Int(candidate) + 1])]
            // A short word with a typo must not match a long word at two typos.
            let bound = min(allowed, known.count >= Self.longEnoughForTwo ? 2 : 1)
            if let typos = EditDistance.between(spelled[...], known, atMost: bound) {
                found.append((Int(candidate), typos))
            }
        }
        found.sort { ($0.distance, $0.word) < ($1.distance, $1.word) }
        return Array(found.prefix(maxFound))
    }

    private static func isSought(_ spelled: [UInt16]) -> Bool {
        spelled.count >= shortest && !spelled.contains { (0x30...0x39).contains($0) }
    }

    private static func spelled(_ word: String) -> [UInt16] {
        word.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) }
    }

    // Hashes of the first letters as they are, without any one of them, and in long words without any two. The common
    // beginning of remainders is hashed once.
    private static func remainders(of word: ArraySlice<UInt16>) -> [UInt64] {
        let head = Array(word.prefix(prefix))
        let dropsTwo = word.count >= longEnoughForTwo
        var hashes: [UInt64] = []
        hashes.reserveCapacity(1 + head.count * (head.count + 1) / 2)
        var before = FNV1a.empty
        for first in head.indices {
            var withoutFirst = before
            for second in head.indices[(first + 1)...] {
                if dropsTwo { hashes.append(spread(extended(withoutFirst, by: head[(second + 1)...]))) }
                withoutFirst = extended(withoutFirst, by: head[second...second])
            }
            hashes.append(spread(withoutFirst))
            before = extended(before, by: head[first...first])
        }
        hashes.append(spread(before))
        return hashes
    }

    private static func extended(_ hash: UInt64, by letters: ArraySlice<UInt16>) -> UInt64 {
        var hash = hash
        for letter in letters { hash = FNV1a.extend(hash, by: UInt64(letter)) }
        return hash
    }

    private static func spread(_ hash: UInt64) -> UInt64 { hash ^ (hash >> 32) }

    // The set of letters of a word, by their last five bits; each typo changes two bits at most.
    private static func mask(of letters: ArraySlice<UInt16>) -> UInt32 {
        letters.reduce(0) { $0 | 1 << UInt32($1 & 31) }
    }
}
