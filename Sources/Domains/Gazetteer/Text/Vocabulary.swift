/// The folded words that names are made of, found as they are, by their sounds, or in spite of slips.
///
/// A class, so that a question copies one reference and not each of its parts.
final class Vocabulary: Sendable {
    /// A known word that a typed one stands for.
    struct Meaning: Sendable, Equatable {
        /// The number of the known word.
        let word: Int32
        /// 0 for the word itself; else what its difference takes from an answer's confidence.
        let cost: Double
    }

    /// The words by their numbers.
    let words: [String]
    private let numbers: WordTable<Int32>
    private let bySound: WordTable<[Int32]>
    private let spelling: SpellingIndex
    private let soundSpelling: SpellingIndex
    private let sounds: [String]

    /// - Parameter words: each once.
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

    /// The number of a word that is known as it is.
    func number(of word: String) -> Int32? { numbers[word] }

    /// The known words that sound as a typed one does: another alphabet, «и» for «ы».
    func meanings(bySoundOf word: String) -> [Meaning] {
        let isLatin = word.utf8.first.map { $0 < 0x80 } ?? false
        return SoundKey.keys(ofTyped: word).flatMap { key in
            (bySound[key] ?? []).map { Meaning(word: $0, cost: isLatin ? 0.01 : Self.cost(slips: 1, in: word)) }
        }
    }

    /// The known words that a mistyped one may stand for, nearest first.
    func meanings(bySlipsIn word: String) -> [Meaning] {
        let isLatin = word.utf8.first.map { $0 < 0x80 } ?? false
        if isLatin {
            return soundSpelling.nearest(to: SoundKey.key(word), mostFound: Self.mostMeanings).flatMap { found in
                (bySound[sounds[found.word]] ?? []).map {
                    Meaning(word: $0, cost: Self.cost(slips: found.distance, in: word))
                }
            }
        }
        return spelling.nearest(to: word, mostFound: Self.mostMeanings).map {
            Meaning(word: Int32($0.word), cost: Self.cost(slips: $0.distance, in: word))
        }
    }

    private static let mostMeanings = 6

    // A slip weighs more in a short word: «Саина» is not «сауна».
    private static func cost(slips: Int, in word: String) -> Double {
        0.05 + 0.6 * Double(slips) / Double(max(4, word.unicodeScalars.count))
    }
}
