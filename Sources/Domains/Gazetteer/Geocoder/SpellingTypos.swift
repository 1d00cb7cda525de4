/// Finds the known word one typing error away from a misspelt word, or two typos away when it is long.
///
/// Words are found by their remainders after dropping a letter (the deletion neighbourhood of W. Garbe's SymSpell): two
/// words one typo apart share such a remainder.
struct SpellingTypos: Sendable {
    private static let shortest = 6
    private static let longEnoughForTwo = 11
    private var words: [String: [String]] = [:]

    init(_ known: [String]) {
        for word in known where word.count >= Self.shortest {
            for remainder in Self.remainders(of: word) { words[remainder, default: []].append(word) }
        }
    }

    /// The single nearest known word; none when several are equally near.
    func nearest(to word: String) -> [String] {
        guard word.count >= Self.shortest else { return [] }
        let allowed = word.count >= Self.longEnoughForTwo ? 2 : 1
        var best: [String] = []
        var bestDistance = allowed
        var seen: Set<String> = []
        for remainder in Self.remainders(of: word) {
            for candidate in words[remainder] ?? [] where seen.insert(candidate).inserted {
                // Different numbers are never typos of each other.
                guard candidate.filter(\.isNumber) == word.filter(\.isNumber) else { continue }
                let distance = Self.distance(Array(word), Array(candidate))
                if distance < bestDistance { (best, bestDistance) = ([], distance) }
                if distance == bestDistance { best.append(candidate) }
            }
        }
        return best.count == 1 ? best : []
    }

    private static func remainders(of word: String) -> Set<String> {
        let letters = Array(word)
        var remainders: Set<String> = [word]
        for index in letters.indices {
            remainders.insert(String(letters[..<index] + letters[(index + 1)...]))
        }
        return remainders
    }

    // Levenshtein distance, computed row by row.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
