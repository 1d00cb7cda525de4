/// Finds the entries with the greatest weight that begin with a text.
///
/// Keys are sorted, so keys with one prefix are adjacent. For prefixes of one to three letters, which thousands of keys
/// share, the heaviest entries are listed in advance.
struct PrefixTable: Sendable {
    /// A key that leads to a value.
    struct Entry {
        let key: String
        let value: Int32
        let weight: Double
    }

    private static let listed = 24
    private static let shortPrefix = 3
    /// The most keys of one prefix examined.
    private static let maxScanned = 512

    private let keys: [[UInt8]]
    private let values: [Int32]
    private let weights: [Double]
    private let short: [[UInt8]: [Int32]]

    init(_ entries: [Entry]) {
        let sorted = entries.map { (key: Array($0.key.utf8), entry: $0) }
            .sorted { left, right in
                left.key == right.key
                    ? left.entry.value < right.entry.value : left.key.lexicographicallyPrecedes(right.key)
            }
        keys = sorted.map(\.key)
        values = sorted.map(\.entry.value)
        weights = sorted.map(\.entry.weight)
        var short: [[UInt8]: [Int32]] = [:]
        let byWeight = sorted.indices.sorted { left, right in
            let pair = (sorted[left].entry.weight, sorted[right].entry.weight)
            return pair.0 != pair.1 ? pair.0 > pair.1 : left < right
        }
        for place in byWeight {
            for letters in 1...Self.shortPrefix {
                let prefix = Array(
                    sorted[place].entry.key.unicodeScalars.prefix(letters).map(Character.init)
                        .map(String.init).joined().utf8
                )
                if short[prefix, default: []].count < Self.listed { short[prefix, default: []].append(Int32(place)) }
            }
        }
        self.short = short
    }

    /// The entries that begin with a text, heaviest first; `isWhole` means that the key ends there.
    func entries(beginning text: String, most: Int) -> [(value: Int32, weight: Double, isWhole: Bool)] {
        let prefix = Array(text.utf8)
        let places: [Int]
        if text.unicodeScalars.count <= Self.shortPrefix, let listed = short[prefix] {
            places = listed.map(Int.init) + whole(prefix)
        } else {
            let first = firstIndex(notBelow: prefix)
            var end = first
            while end < keys.count, end - first < Self.maxScanned, keys[end].starts(with: prefix) { end += 1 }
            places = Array(first..<end)
        }
        let found = places.map { (value: values[$0], weight: weights[$0], isWhole: keys[$0].count == prefix.count) }
        return Array(
            found.sorted { left, right in
                let scores = (left.weight + (left.isWhole ? 1 : 0), right.weight + (right.isWhole ? 1 : 0))
                return scores.0 != scores.1 ? scores.0 > scores.1 : left.value < right.value
            }.prefix(most)
        )
    }

    /// Whether any key begins with a text.
    func hasKey(beginning text: String) -> Bool {
        let prefix = Array(text.utf8)
        let first = firstIndex(notBelow: prefix)
        return first < keys.count && keys[first].starts(with: prefix)
    }

    // A short key that equals the typed text counts whatever its weight.
    private func whole(_ prefix: [UInt8]) -> [Int] {
        var place = firstIndex(notBelow: prefix)
        var found: [Int] = []
        while place < keys.count, keys[place] == prefix, found.count < Self.listed {
            found.append(place)
            place += 1
        }
        return found
    }

    private func firstIndex(notBelow prefix: [UInt8]) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
