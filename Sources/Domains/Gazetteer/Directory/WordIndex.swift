/// The words of the directory, with the organizations and categories that have each, and the other forms by which it is
/// found.
///
/// A class, so that a query copies one reference instead of each part.
final class WordIndex: Sendable {
    /// The words, folded.
    let vocabulary: SortedTexts
    private let terms: WordTable<Int>
    /// For each word, the organizations that have it in their name.
    let names: Postings
    /// For each word, the organizations that have it in their address or their district's name.
    let addresses: Postings
    /// For each word, the categories that have it in a name or synonym, and its worth for them.
    private let meanings: [CategoryPhrases.Meaning]
    /// For each meaning its word, in order.
    private let meaningTerms: [Int32]
    /// The words that share a stem, for common nouns only.
    private let russianStems: WordTable<[Int32]>
    private let kazakhStems: WordTable<[Int32]>
    /// For each country the words for it: nouns, adjectives, in each language.
    private let countryWords: [Int: [Int32]]
    private let sounds: SortedTexts
    private let soundPlaces: WordTable<Int>
    private let wordsOfSound: Postings
    private let spellings: Spellings

    /// - Parameter count: the number of organizations.
    init(_ words: DirectoryWords, of count: Int) {
        let sorted = words.all.sorted(by: SortedTexts.precedes)
        vocabulary = SortedTexts(sorted: sorted)
        terms = WordTable(sorted.enumerated().map { ($1, $0) })
        names = Postings(sorted.map { words.names[$0] ?? [] }, of: count)
        addresses = Postings(sorted.map { words.addresses[$0] ?? [] }, of: count)
        var meanings: [CategoryPhrases.Meaning] = []
        var meaningTerms: [Int32] = []
        var russianStems: [String: [Int32]] = [:]
        var kazakhStems: [String: [Int32]] = [:]
        var sounds: [String: [Int32]] = [:]
        var countryWords: [Int: [Int32]] = [:]
        for (term, word) in sorted.enumerated() {
            for meaning in words.categories[word] ?? [] {
                meanings.append(meaning)
                meaningTerms.append(Int32(term))
            }
            if words.common.contains(word), !Self.isNumber(word) {
                russianStems[RussianStem.stem(word), default: []].append(Int32(term))
                kazakhStems[KazakhStem.stem(word), default: []].append(Int32(term))
            }
            sounds[SoundKey.key(word), default: []].append(Int32(term))
            if let country = CountryNames.country(of: word, stem: KazakhStem.stem(word)) {
                countryWords[country, default: []].append(Int32(term))
            }
        }
        self.countryWords = countryWords
        self.meanings = meanings
        self.meaningTerms = meaningTerms
        self.russianStems = WordTable(russianStems.map { ($0, $1) })
        self.kazakhStems = WordTable(kazakhStems.map { ($0, $1) })
        let keys = sounds.keys.sorted(by: SortedTexts.precedes)
        self.sounds = SortedTexts(sorted: keys)
        soundPlaces = WordTable(keys.enumerated().map { ($1, $0) })
        wordsOfSound = Postings(keys.map { sounds[$0] ?? [] })
        spellings = Spellings(words: sorted, sounds: keys)
    }

    /// The categories that have one of these consecutive words.
    func categories(of terms: Range<Int>) -> ArraySlice<CategoryPhrases.Meaning> {
        let first = meaningTerms.indices.firstPlace { meaningTerms[$0] >= terms.lowerBound }
        var end = first
        while end < meaningTerms.count, meaningTerms[end] < terms.upperBound { end += 1 }
        return meanings[first..<end]
    }

    /// The known words that a finished word stands for: itself, other inflections, other words for the same country, and
    /// words with the same sounds.
    ///
    /// - Parameter forms: the forms of the word.
    func matches(of word: String, _ forms: WordForms) -> [ParsedQuery.Match] {
        var found = Found()
        if let term = terms[word] { found.add(term, 1) }
        guard !Self.isNumber(word) else { return found.matches }
        for term in russianStems[forms.russian] ?? [] { found.add(Int(term), RankingWeights.inflected.value) }
        for term in kazakhStems[forms.kazakh] ?? [] { found.add(Int(term), RankingWeights.inflected.value) }
        if let country = CountryNames.country(of: word, stem: forms.kazakh) {
            for term in countryWords[country] ?? [] { found.add(Int(term), RankingWeights.country.value) }
        }
        // «пол» is not «pool»: short words sound alike by chance.
        let least = word.utf8.allSatisfy { $0 < 0x80 } ? 2 : 4
        for key in forms.sounds {
            guard key.utf8.count >= least, let sound = soundPlaces[key] else { continue }
            for term in wordsOfSound[sound] { found.add(Int(term), RankingWeights.sounding.value) }
        }
        return found.matches
    }

    /// The known words that begin with an unfinished one, which are adjacent.
    func terms(beginningWith word: String) -> Range<Int> { vocabulary.places(beginningWith: word) }

    /// The known words that begin with an unfinished one, worth more the more of them was typed.
    func matches(beginningWith word: String) -> [ParsedQuery.Match] {
        let length = word.unicodeScalars.count
        return vocabulary.places(beginningWith: word).map { term in
            .init(term: term, worth: Relevance.beginning(length, of: vocabulary.letterCount(term)))
        }
    }

    /// The known words whose sounds begin with those of an unfinished one: `mekt` begins «мектеп».
    func matches(beginningWithSoundsOf word: String) -> [ParsedQuery.Match] {
        var matches: [ParsedQuery.Match] = []
        var seen: [Range<Int>] = []
        for key in SoundKey.keys(ofTyped: word) where !key.isEmpty {
            let length = key.utf8.count
            let found = sounds.places(beginningWith: key)
            // Each word has only one sound key, so only the same key could add it twice.
            for sound in found where !seen.contains(where: { $0.contains(sound) }) {
                let worth = RankingWeights.sounding.value * Relevance.beginning(length, of: sounds.letterCount(sound))
                matches += wordsOfSound[sound].map { .init(term: Int($0), worth: worth) }
            }
            seen.append(found)
        }
        return matches
    }

    /// The known words nearest to a misspelt one, all equally near.
    func matches(nearestTo word: String) -> [ParsedQuery.Match] {
        let near = spellings.words(nearestTo: word)
        if word.utf8.allSatisfy({ $0 < 0x80 }), let sounding = spellings.sounds(nearestTo: SoundKey.key(word)),
            sounding.worth > near?.worth ?? 0
        {
            return sounding.words.flatMap { sound in
                wordsOfSound[sound].map { .init(term: Int($0), worth: sounding.worth * RankingWeights.sounding.value) }
            }
        }
        return near.map { near in near.words.map { .init(term: $0, worth: near.worth) } } ?? []
    }

    /// Whether a word and a known one are written in the same alphabet.
    func isSameAlphabet(_ word: String, _ term: Int) -> Bool {
        word.utf8.allSatisfy { $0 < 0x80 } == vocabulary.isASCII(term)
    }

    /// The prefix of known words nearest to an unfinished, misspelt word.
    func beginning(nearestTo word: String) -> String? { spellings.beginning(nearestTo: word) }

    static func isNumber(_ word: String) -> Bool { word.utf8.first.map { (0x30...0x39).contains($0) } ?? false }

    /// The index of a known word.
    func term(of word: String) -> Int? { terms[word] }

    // A word found in two ways counts with the greater worth.
    private struct Found {
        private(set) var matches: [ParsedQuery.Match] = []

        mutating func add(_ term: Int, _ worth: Float) {
            if matches.contains(where: { $0.term == term }) { return }
            matches.append(.init(term: term, worth: worth))
        }
    }
}
