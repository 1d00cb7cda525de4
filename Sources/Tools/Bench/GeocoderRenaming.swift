import Console

/// Gives places of a made-up city names that no real place bears, out of the real city's own syllables.
///
/// Every syllable of a word but the last is exchanged for another of the same city, by one fixed exchange a copy: so
/// each copy has as many different words as the city, they end and sound as its words do, and two copies share hardly
/// any. Words that many records bear («школа», «парк») stay as they are, because a larger city has more schools and no
/// other word for them. Numbers grow by 300 a copy.
struct GeocoderRenaming {
    /// A word that so many records bear says what they are, not which one it is.
    static let common = 25

    private let kept: Set<String>
    private let first: [String]
    private let inner: [String]
    private let places: (first: [String: Int], inner: [String: Int])

    /// Learns the words of names.
    ///
    /// - Parameters:
    ///   - names: the texts of each record.
    ///   - kept: texts whose words always stay.
    ///   - seed: the order of the syllables.
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

    /// A text with the words of a copy; copy 0 is the city itself.
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
            // A step of its own for each copy: no syllable stays, and no two copies agree.
            syllables[index] = list[(place + copy * (list.count / 11 + 1)) % list.count]
        }
        let renamed = syllables.joined()
        return word.first?.isUppercase == true ? renamed.prefix(1).uppercased() + renamed.dropFirst() : renamed
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }

    /// The syllables of a word: each ends with its vowel, the last holds what is left.
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
