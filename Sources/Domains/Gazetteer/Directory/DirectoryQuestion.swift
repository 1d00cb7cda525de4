/// What a person typed, read as words with the known words that each may stand for.
struct DirectoryQuestion {
    /// A known word and how much it is worth for the typed one, 0 to 1.
    struct Match {
        let term: Int
        let worth: Float
    }

    /// One word.
    struct Word {
        /// As typed and folded.
        var typed: String
        /// As it was taken: another layout read, a slip mended.
        var meant: String
        let standing: QuestionWords.Standing
        /// The forms of the word as it was first read.
        let forms: WordForms
        /// Whether it was taken for something else than typed.
        var isFuzzy = false
        /// Whether it matched only as a prefix or with a typing error, which is no evidence beside unexplained words.
        var isGuess = false
        /// The known words, the best first.
        var matches: [Match] = []
        /// The known words that begin with it, while it is being typed; each is worth as much.
        var beginning: (terms: Range<Int>, worth: Float)?

        /// The forms of the word as it was taken.
        var formsMeant: WordForms { meant == typed ? forms : WordForms(meant) }
        var isNumber: Bool { typed.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false }
        var mustBeMet: Bool { standing == .counts }
        /// Whether nothing known stands for it.
        var isUnknown: Bool { matches.isEmpty && beginning == nil }

        /// Whether it matched only phonetically, which short words do by chance.
        var isSoundAlone: Bool {
            beginning == nil && matches.first.map { $0.worth <= Relevance.sounding } ?? false
        }

        /// Runs of known words and what they are worth for it.
        var terms: [(terms: Range<Int>, worth: Float)] {
            matches.map { ($0.term..<$0.term + 1, $0.worth) } + (beginning.map { [$0] } ?? [])
        }
    }

    /// Words of the question that together name categories.
    struct Meaning {
        let words: Range<Int>
        let categories: [CategoryPhrases.Meaning]
    }

    var words: [Word] = []
    /// Whether the nearest are asked for first.
    var wantsNearest = false
    /// The categories that runs of words name.
    var meanings: [Meaning] = []

    /// Words that must be met and that nothing known stands for.
    var unknownWords: Int { words.count { $0.mustBeMet && $0.isUnknown } }

    /// Required words that are unknown or matched only phonetically.
    var doubtfulWords: Int { words.count { $0.mustBeMet && ($0.isUnknown || $0.isSoundAlone) } }

    /// Whether it may have been typed on another keyboard layout: then known words are the exception.
    var mayBeRetyped: Bool {
        let unknown = unknownWords
        let known = words.count { $0.mustBeMet && !$0.isNumber && !$0.isUnknown }
        if unknown > 0 { return unknown >= known }
        return known > 0 && doubtfulWords == known
    }

    /// Discards guessed matches when another word has no match at all: «паспорт алу» must not find «Алуа».
    mutating func dropGuesses() {
        guard words.contains(where: { $0.mustBeMet && !$0.isNumber && $0.isUnknown }) else { return }
        for place in words.indices where words[place].isGuess {
            words[place].matches = []
            words[place].beginning = nil
            words[place].isFuzzy = false
        }
    }

    /// The categories that all words of the question together name.
    var wholeMeaning: [CategoryPhrases.Meaning] {
        meanings.filter { meaning in
            words.indices.allSatisfy { meaning.words.contains($0) || !words[$0].mustBeMet }
        }
        .flatMap(\.categories)
    }

    /// The words as they were taken, in a row.
    var text: String { words.map(\.meant).joined(separator: " ") }
}
