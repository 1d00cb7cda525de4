/// The folded words that occur in names, found exactly, by their sounds, or despite typos.
///
/// A class, so that a query copies one reference instead of each part.
final class Vocabulary: Sendable {
    /// A known word that a typed one may stand for.
    struct Meaning: Sendable, Equatable {
        /// The index of the known word.
        let word: Int32
        /// 0 for the word itself, otherwise the penalty to the confidence of an answer.
        let cost: Double
    }

    /// The words by index.
    let words: [String]
    private let numbers: WordTable<Int32>
    private let bySound: WordTable<[Int32]>
    private let spelling: SpellingIndex
    private let soundSpelling: SpellingIndex
    private let sounds: [String]

    /// - Parameter words: without duplicates.
    init(_ words: [String]) {
        self.words = words
        var sounding: [String: [Int32]] = [:]
        for (number, word) in words.enumerated() where word.first?.isLetter == true {
            sounding[SoundKey.key(word), default: []].append(Int32(number))
        }
        sounds = sounding.keys.sorted()
        numbers = WordTable(words.enumerated().map { ($1, Int32($0)) })
        bySound = WordTable(sounding.map { ($0, $1) })
        spelling = SpellingIndex(words)
        soundSpelling = SpellingIndex(sounds)
    }

    /// The index of a word that is known exactly.
    func number(of word: String) -> Int32? { numbers[word] }

    /// The known words that sound like the typed one: another alphabet, «и» for «ы».
    func meanings(bySoundOf word: String) -> [Meaning] {
        let isLatin = word.utf8.first.map { $0 < 0x80 } ?? false
        return SoundKey.keys(ofTyped: word).flatMap { key in
            (bySound[key] ?? []).map {
                Meaning(word: $0, cost: isLatin ? RankingWeights.otherAlphabet.value : Self.cost(typos: 1, in: word))
            }
        }
    }

    /// The known words that a misspelt one may stand for, nearest first.
    func meanings(byTyposIn word: String) -> [Meaning] {
        let isLatin = word.utf8.first.map { $0 < 0x80 } ?? false
        if isLatin {
            return soundSpelling.nearest(to: SoundKey.key(word), maxFound: Self.maxMeanings).flatMap { found in
                (bySound[sounds[found.word]] ?? []).map {
                    Meaning(word: $0, cost: Self.cost(typos: found.distance, in: word))
                }
            }
        }
        return spelling.nearest(to: word, maxFound: Self.maxMeanings).map {
            Meaning(word: Int32($0.word), cost: Self.cost(typos: $0.distance, in: word))
        }
    }

    private static let maxMeanings = 6

    private static func cost(typos: Int, in word: String) -> Double {
        RankingWeights.typo.value + RankingWeights.typoInWord.value * Double(typos)
            / max(RankingWeights.shortestWord.value, Double(word.unicodeScalars.count))
    }
}
