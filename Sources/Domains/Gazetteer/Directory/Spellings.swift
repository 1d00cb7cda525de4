/// Corrects typing errors using the words of the directory, their sounds, and their prefixes.
struct Spellings: Sendable {
    /// Prefixes are indexed from four letters, where typos are allowed, to eight; the rest is cut off.
    private static let beginnings = 4...8
    private static let maxSpellings = 24

    private let words: SpellingIndex
    private let sounds: SpellingIndex
    private let beginningWords: [String]
    private let beginningIndex: SpellingIndex

    init(words: [String], sounds: [String]) {
        self.words = SpellingIndex(words)
        self.sounds = SpellingIndex(sounds)
        beginningWords = Self.beginnings(of: words)
        beginningIndex = SpellingIndex(beginningWords)
    }

    /// The nearest words, all equally near, by index.
    func words(nearestTo word: String) -> (words: [Int], worth: Float)? { Self.nearest(to: word, in: words) }

    /// The nearest sound keys, all equally near, by index.
    func sounds(nearestTo key: String) -> (words: [Int], worth: Float)? { Self.nearest(to: key, in: sounds) }

    /// The known prefix nearest to an unfinished word.
    func beginning(nearestTo word: String) -> String? {
        let cut = String(word.unicodeScalars.prefix(Self.beginnings.upperBound))
        // In a word this short, two typing errors would make another word.
        let near = beginningIndex.nearest(to: cut, maxFound: Self.maxSpellings).prefix { $0.distance <= 1 }
        return near.map { beginningWords[$0.word] }.first { Self.mayBegin($0, cut) }
    }

    /// Whether an unfinished word may be a misspelt known one.
    ///
    /// A few letters are too little evidence for a typo in the first one: «санк» is not «банк».
    static func mayBegin(_ known: String, _ typed: String) -> Bool {
        typed.unicodeScalars.count >= 6 || known.unicodeScalars.first == typed.unicodeScalars.first
    }

    private static func nearest(to word: String, in index: SpellingIndex) -> (words: [Int], worth: Float)? {
        let found = index.nearest(to: word, maxFound: maxSpellings)
        guard let nearest = found.first else { return nil }
        let words = found.prefix { $0.distance == nearest.distance }.map(\.word)
        return (words, nearest.distance <= 1 ? RankingWeights.oneTypo.value : RankingWeights.twoTypos.value)
    }

    private static func beginnings(of words: [String]) -> [String] {
        var found: Set<String> = []
        for word in words where !WordIndex.isNumber(word) {
            let letters = word.unicodeScalars
            for length in beginnings where length < letters.count { found.insert(String(letters.prefix(length))) }
        }
        return found.sorted(by: SortedTexts.precedes)
    }
}
