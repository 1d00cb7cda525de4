import Civic

/// A typed text as words, each with the known words it may stand for.
struct ParsedQuery {
    /// A known word and its worth for the typed one, 0 to 1.
    struct Match {
        let term: Int
        let worth: Float
    }

    /// One word.
    struct Word {
        /// The word as typed, folded.
        var typed: String
        /// The word as interpreted, after a change of layout or a corrected typo.
        var meant: String
        let role: QueryWords.Role
        /// The forms of the word as first read.
        let forms: WordForms
        /// Whether the interpretation differs from the typed word.
        var isFuzzy = false
        /// Whether it matched only as a prefix or with a typing error, which is not evidence when other words are
        /// unexplained.
        var isGuess = false
        /// The known words, best first.
        var matches: [Match] = []
        /// The known words that begin with it, while it is being typed; each has the same worth.
        var beginning: (terms: Range<Int>, worth: Float)?

        /// The forms of the word as interpreted.
        var formsMeant: WordForms { meant == typed ? forms : WordForms(meant) }
        var isNumber: Bool { typed.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false }
        var isRequired: Bool { role == .required }
        /// Whether no known word stands for it.
        var isUnknown: Bool { matches.isEmpty && beginning == nil }

        /// Whether it matched only phonetically, which short words do by chance.
        var isSoundAlone: Bool {
            beginning == nil && matches.first.map { $0.worth <= RankingWeights.sounding.value } ?? false
        }

        /// Ranges of known words with their worth for it.
        var terms: [(terms: Range<Int>, worth: Float)] {
            matches.map { ($0.term..<$0.term + 1, $0.worth) } + (beginning.map { [$0] } ?? [])
        }
    }

    /// Words of the query that together name categories.
    struct Meaning {
        let words: Range<Int>
        let categories: [CategoryPhrases.Meaning]
    }

    var words: [Word] = []
    /// Whether the nearest should come first.
    var wantsNearest = false
    /// The categories named by runs of words.
    var meanings: [Meaning] = []

    /// The number of required words that no known word stands for.
    var unknownWords: Int { words.count { $0.isRequired && $0.isUnknown } }

    /// Required words that are unknown or matched only phonetically.
    var doubtfulWords: Int { words.count { $0.isRequired && ($0.isUnknown || $0.isSoundAlone) } }

    /// Whether it may have been typed in another keyboard layout, in which case known words are the exception.
    var mayBeRetyped: Bool {
        let unknown = unknownWords
        let known = words.count { $0.isRequired && !$0.isNumber && !$0.isUnknown }
        if unknown > 0 { return unknown >= known }
        return known > 0 && doubtfulWords == known
    }

    /// Discards guessed matches when another word has no match at all: «паспорт алу» must not find «Алуа».
    mutating func dropGuesses() {
        guard words.contains(where: { $0.isRequired && !$0.isNumber && $0.isUnknown }) else { return }
        for place in words.indices where words[place].isGuess {
            words[place].matches = []
            words[place].beginning = nil
            words[place].isFuzzy = false
        }
    }

    /// The categories named by all words of the query together.
    var wholeMeaning: [CategoryPhrases.Meaning] {
        meanings.filter { meaning in
            words.indices.allSatisfy { meaning.words.contains($0) || !words[$0].isRequired }
        }
        .flatMap(\.categories)
    }

    /// The interpreted words, joined by spaces.
    var text: String { words.map(\.meant).joined(separator: " ") }
}
