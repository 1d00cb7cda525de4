/// The words of the directory: which organizations and categories have each, and by what other forms it is found.
struct WordIndex: Sendable {
    /// The words, folded.
    let vocabulary: SortedTexts
    /// For each word the organizations that have it in their name.
    let names: Postings
    /// For each word the organizations that have it in their address or their district's name.
    let addresses: Postings
    /// For each word the categories that have it in a name or synonym, and what it is worth for them.
    private let categories: [Int: [CategoryPhrases.Meaning]]
    /// The words of one stem, for common nouns only.
    private let stems: [String: [Int32]]
    private let sounds: SortedTexts
    private let wordsOfSound: Postings
    private let spellings: Spellings

    init(_ words: DirectoryWords) {
        let sorted = words.all.sorted(by: SortedTexts.precedes)
        vocabulary = SortedTexts(sorted: sorted)
        names = Postings(sorted.map { words.names[$0] ?? [] })
        addresses = Postings(sorted.map { words.addresses[$0] ?? [] })
        var categories: [Int: [CategoryPhrases.Meaning]] = [:]
        var stems: [String: [Int32]] = [:]
        var sounds: [String: [Int32]] = [:]
        for (term, word) in sorted.enumerated() {
            categories[term] = words.categories[word]
            if words.common.contains(word) {
                for stem in Self.stems(of: word) { stems[stem, default: []].append(Int32(term)) }
            }
            sounds[SoundKey.key(word), default: []].append(Int32(term))
        }
        self.categories = categories
        self.stems = stems
        let keys = sounds.keys.sorted(by: SortedTexts.precedes)
        self.sounds = SortedTexts(sorted: keys)
        wordsOfSound = Postings(keys.map { sounds[$0] ?? [] })
        spellings = Spellings(words: sorted, sounds: keys)
    }

    /// The categories that have a word.
    func categories(of term: Int) -> [CategoryPhrases.Meaning] { categories[term] ?? [] }

    /// The known words that a finished word stands for: itself, its other inflections, the same sounds.
    func matches(of word: String) -> [DirectoryQuestion.Match] {
        var found = Found()
        if let term = vocabulary.place(of: word) { found.add(term, 1) }
        for stem in Self.stems(of: word) {
            for term in stems[stem] ?? [] { found.add(Int(term), Relevance.inflected) }
        }
        guard !Self.isNumber(word) else { return found.matches }
        // «пол» is no «pool»: short words sound alike by chance.
        let least = word.utf8.allSatisfy { $0 < 0x80 } ? 2 : 4
        for key in SoundKey.keys(ofTyped: word) {
            guard key.utf8.count >= least, let sound = sounds.place(of: key) else { continue }
            for term in wordsOfSound[sound] { found.add(Int(term), Relevance.sounding) }
        }
        return found.matches
    }

    /// The known words that begin with an unfinished one.
    func matches(beginningWith word: String) -> [DirectoryQuestion.Match] {
        let length = word.unicodeScalars.count
        return vocabulary.places(beginningWith: word).map { term in
            .init(term: term, worth: Relevance.beginning(length, of: vocabulary.letterCount(term)))
        }
    }

    /// The known words that sound as if they began with an unfinished one: `mekt` begins «мектеп».
    func matches(beginningWithSoundsOf word: String) -> [DirectoryQuestion.Match] {
        var found = Found()
        for key in SoundKey.keys(ofTyped: word) where !key.isEmpty {
            for sound in sounds.places(beginningWith: key) {
                for term in wordsOfSound[sound] {
                    found.add(
                        Int(term),
                        Relevance.sounding * Relevance.beginning(key.utf8.count, of: sounds.letterCount(sound))
                    )
                }
            }
        }
        return found.matches
    }

    /// The known words that a mistyped one is nearest to, all as near.
    func matches(nearestTo word: String) -> [DirectoryQuestion.Match] {
        let near = spellings.words(nearestTo: word)
        if word.utf8.allSatisfy({ $0 < 0x80 }), let sounding = spellings.sounds(nearestTo: SoundKey.key(word)),
            sounding.worth > near?.worth ?? 0
        {
            return sounding.words.flatMap { sound in
                wordsOfSound[sound].map { .init(term: Int($0), worth: sounding.worth * Relevance.sounding) }
            }
        }
        return near.map { near in near.words.map { .init(term: $0, worth: near.worth) } } ?? []
    }

    /// Whether a word and a known one are written in the same alphabet.
    func isSameAlphabet(_ word: String, _ term: Int) -> Bool {
        word.utf8.allSatisfy { $0 < 0x80 } == vocabulary.isASCII(term)
    }

    /// The beginning of known words that an unfinished mistyped word is nearest to.
    func beginning(nearestTo word: String) -> String? { spellings.beginning(nearestTo: word) }

    static func isNumber(_ word: String) -> Bool {
        word.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false
    }

    static func stems(of word: String) -> [String] {
        guard !isNumber(word) else { return [] }
        return ["r" + RussianStem.stem(word), "k" + KazakhStem.stem(word)]
    }

    // A word found in two ways counts by the better one.
    private struct Found {
        private(set) var matches: [DirectoryQuestion.Match] = []

        mutating func add(_ term: Int, _ worth: Float) {
            if matches.contains(where: { $0.term == term }) { return }
            matches.append(.init(term: term, worth: worth))
        }
    }
}
