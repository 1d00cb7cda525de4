import Civic

/// Gives the places of a made-up city names that no real place has, built from the real city's own syllables.
///
/// Every syllable of a word except the last is replaced by another syllable of the same city, with one fixed substitution
/// per copy. Each copy thus has as many different words as the city, they end and sound like its words, and two copies share
/// hardly any. Words that many records have («школа», «парк») are kept, because a larger city has more schools but no other
/// word for them. Numbers increase by 300 per copy.
struct GeocoderRenaming {
    /// A word in at least this many records says what they are, not which one.
    static let common = 25

    private let kept: Set<String>
    private let first: [String]
    private let inner: [String]
    private let places: (first: [String: Int], inner: [String: Int])

    /// Learns the words of names.
    ///
    /// - Parameters:
    ///   - names: the texts of each record.
    ///   - kept: texts whose words are never replaced.
    ///   - seed: determines the order of the syllables.
    init(_ names: [[String]], keeping kept: [String], seed: UInt64) {
        var bearers: [String: Int] = [:]
        for texts in names { for word in Set(texts.flatMap(Self.words)) { bearers[word, default: 0] += 1 } }
        self.kept = Set(kept.flatMap(Self.words)).union(bearers.filter { $0.value >= Self.common }.keys)
        let syllables = bearers.keys.map(Self.syllables)
        var random = SplitMix64(seed: seed)
        first = Set(syllables.compactMap(\.first)).sorted().shuffled(using: &random)
        inner = Set(syllables.flatMap { $0.dropFirst().dropLast() }).sorted().shuffled(using: &random)
        places = (Self.places(of: first), Self.places(of: inner))
    }

    /// A text with the words of a copy replaced; copy 0 is the city itself.
    func rename(_ text: String, copy: Int, numbersToo: Bool = true) -> String {
        guard copy > 0 else { return text }
        var renamed = ""
        var run = ""
        func flush() {
            renamed += run.first?.isNumber == true ? (numbersToo ? number(run, copy) : run) : word(run, copy)
            run = ""
        }
        for character in text {
            guard character.isLetter || character.isNumber else {
                flush()
                renamed.append(character)
                continue
            }
            if let last = run.last, last.isLetter != character.isLetter { flush() }
            run.append(character)
        }
        flush()
        return renamed
    }

    private func number(_ digits: String, _ copy: Int) -> String {
        Int(digits).flatMap { $0 < 10_000 ? String($0 + 300 * copy) : nil } ?? digits
    }

    private func word(_ word: String, _ copy: Int) -> String {
        let lower = word.lowercased()
        guard word.count > 2, !kept.contains(lower) else { return word }
        var syllables = Self.syllables(of: lower)
        for index in syllables.indices where index == 0 || index + 1 < syllables.count {
            let (list, known) = index == 0 ? (first, places.first) : (inner, places.inner)
            guard let place = known[syllables[index]] else { continue }
            // Each copy uses a different step, so that no syllable stays the same and no two copies agree.
            syllables[index] = list[(place + copy * (list.count / 11 + 1)) % list.count]
        }
        let renamed = syllables.joined()
        return word.first?.isUppercase == true ? renamed.prefix(1).uppercased() + renamed.dropFirst() : renamed
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }

    /// The syllables of a word: each ends with its vowel, and the last takes the remaining letters.
    private static func syllables(of word: String) -> [String] {
        var syllables: [String] = []
        var current = ""
        for letter in word {
            current.append(letter)
            guard vowels.contains(letter) else { continue }
            syllables.append(current)
            current = ""
        }
        if syllables.isEmpty { return [current] }
        syllables[syllables.count - 1] += current
        return syllables
    }

    private static let vowels = Set("аеёиоуыэюяәіөүұaeiouyäöü")

    private static func places(of list: [String]) -> [String: Int] {
        Dictionary(list.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
