import Civic

/// A hash table from folded words to values, over the bytes of the words.
///
/// A dictionary of strings looks every letter up in Unicode's tables, because equal strings may be encoded in several ways.
/// Folded words are equal only when their bytes are, and a query looks up many of them.
struct WordTable<Value: Sendable>: Sendable {
    private let values: [Value]
    /// The bytes of all words, concatenated.
    private let bytes: [UInt8]
    private let starts: [Int32]
    // The number of the word in each slot, from 1; 0 for an empty slot. The number of slots is a power of two.
    private let slots: [Int32]

    /// - Parameter entries: the words and their values; for a repeated word the first value counts.
    init(_ entries: some Collection<(String, Value)>) {
        var count = 8
        while count < 2 * entries.count { count *= 2 }
        var slots = [Int32](repeating: 0, count: count)
        var values: [Value] = []
        var bytes: [UInt8] = []
        var starts: [Int32] = [0]
        for (word, value) in entries {
            let letters = Array(word.utf8)
            let (slot, known) = letters.withUnsafeBufferPointer { letters in
                Self.find(letters, slots, bytes, starts)
            }
            guard known == nil else { continue }
            values.append(value)
            bytes += letters
            starts.append(Int32(bytes.count))
            slots[slot] = Int32(values.count)
        }
        (self.values, self.bytes, self.starts, self.slots) = (values, bytes, starts, slots)
    }

    subscript(word: String) -> Value? {
        // All strings here are native and so contiguous; any other is copied.
        let found = word.utf8.withContiguousStorageIfAvailable { Self.find($0, slots, bytes, starts).known }
        guard let found else { return self[copy(word)] }
        return found.map { values[$0] }
    }

    /// Looks up bytes without making a string of them.
    subscript(letters: UnsafeBufferPointer<UInt8>) -> Value? {
        Self.find(letters, slots, bytes, starts).known.map { values[$0] }
    }

    func contains(_ word: String) -> Bool { self[word] != nil }

    private func copy(_ word: String) -> String { String(decoding: Array(word.utf8), as: UTF8.self) }

    // The slot of a word, and its number when it is known.
    private static func find(
        _ word: UnsafeBufferPointer<UInt8>,
        _ slots: [Int32],
        _ bytes: [UInt8],
        _ starts: [Int32]
    ) -> (slot: Int, known: Int?) {
        var slot = Int(truncatingIfNeeded: hash(word)) & (slots.count - 1)
        while slots[slot] > 0 {
            let number = Int(slots[slot]) - 1
            if isEqual(word, bytes, Int(starts[number])..<Int(starts[number + 1])) { return (slot, number) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return (slot, nil)
    }

    private static func isEqual(_ word: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard word.count == range.count else { return false }
        for place in 0..<word.count where word[place] != bytes[range.lowerBound + place] { return false }
        return true
    }

    // Hashes pairs of bytes, because most letters take two.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = FNV1a.empty
        var place = 0
        while place + 1 < word.count {
            hash = FNV1a.extend(hash, by: UInt64(word[place]) << 8 | UInt64(word[place + 1]))
            place += 2
        }
        if place < word.count { hash = FNV1a.extend(hash, by: UInt64(word[place])) }
        return hash ^ (hash >> 29)
    }
}

extension WordTable where Value == Bool {
    /// A set of words.
    init(words: some Collection<String>) { self.init(words.map { ($0, true) }) }
}
