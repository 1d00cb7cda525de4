import Civic

/// Reads a text as a query to the directory.
///
/// Each word is looked up as typed, by inflection, and by sound. If a word remains unknown, the whole text is read as if
/// typed in another keyboard layout; a word that is still unknown is looked up as a prefix, and finally as misspelt.
struct QueryParser {
    /// The longest text that is read, in scalars.
    static let longestText = 200
    /// The most words looked up.
    static let maxWords = 12
    /// Shorter prefixes are not evidence in a finished query.
    private static let shortestBeginning = 2
    /// The shortest prefix that counts next to unexplained words; a shorter one matches by chance, even while typing.
    private static let shortestCertainBeginning = 4

    let index: WordIndex
    let phrases: CategoryPhrases

    /// The part of a text that is read.
    static func cut(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestText)))
    }

    /// Reads a finished query.
    func parse(_ text: String) -> ParsedQuery {
        let text = Self.cut(text)
        var parsed = read(text)
        if parsed.mayBeRetyped { parsed = retyped(text, instead: parsed) }
        for place in parsed.words.indices { complete(&parsed.words[place]) }
        parsed.dropGuesses()
        parsed.meanings = phrases.meanings(in: parsed.words.map(\.formsMeant))
        return parsed
    }

    /// Reads a query being typed: the last word is a prefix, unless a space follows it.
    ///
    /// - Parameter tokens: the tokens of the text.
    func parseUnfinished(_ text: String, _ tokens: [Token]) -> ParsedQuery {
        let isOpen = text.unicodeScalars.last.map { !$0.properties.isWhitespace } ?? false
        var parsed = read(tokens, isOpen: isOpen)
        if isOpen { open(&parsed) }
        if parsed.mayBeRetyped { parsed = retypedUnfinished(text, isOpen: isOpen, instead: parsed) }
        for place in parsed.words.indices {
            let isLast = isOpen && place == parsed.words.count - 1
            if isLast { correctUnfinished(&parsed.words[place]) } else { complete(&parsed.words[place]) }
        }
        if isOpen, let last = parsed.words.indices.last { markShortBeginning(&parsed.words[last]) }
        parsed.dropGuesses()
        parsed.meanings = phrases.meanings(in: parsed.words.map(\.formsMeant))
        return parsed
    }

    private func read(_ text: String, isOpen: Bool = false) -> ParsedQuery {
        read(Token.tokens(of: text), isOpen: isOpen)
    }

    private func read(_ all: [Token], isOpen: Bool) -> ParsedQuery {
        var parsed = ParsedQuery()
        var ignored: [ParsedQuery.Word] = []
        let tokens = all.prefix(Self.maxWords)
        for (place, token) in tokens.enumerated() {
            // «на», while being typed, may become «набережная».
            let isUnfinished = isOpen && place == tokens.count - 1
            let role = isUnfinished ? .required : QueryWords.role(of: token.text)
            let word = word(token.text, role)
            switch role {
            case .nearest: parsed.wantsNearest = true
            case .ignored: ignored.append(word)
            case .required, .optional: parsed.words.append(word)
            }
        }
        // «Для вас» may be a name.
        if parsed.words.isEmpty { parsed.words = ignored }
        return parsed
    }

    private func word(_ text: String, _ role: QueryWords.Role) -> ParsedQuery.Word {
        let forms = WordForms(text)
        var word = ParsedQuery.Word(
            typed: text,
            meant: text,
            role: role,
            forms: forms,
            matches: index.matches(of: text, forms)
        )
        // The same sounds in the same alphabet mean a typo («поликлинника»), in another alphabet only another spelling.
        if let best = word.matches.first, best.worth == RankingWeights.sounding.value {
            word.isFuzzy = word.matches.allSatisfy { index.isSameAlphabet(text, $0.term) }
            if word.isFuzzy { word.meant = index.vocabulary[best.term] }
        }
        return word
    }

    // A word that no known word begins or sounds like may be known in another layout.
    private func retyped(_ text: String, instead parsed: ParsedQuery) -> ParsedQuery {
        best(of: KeyboardLayout.retyped(text).map { read($0) }, of: text, instead: parsed)
    }

    private func retypedUnfinished(
        _ text: String,
        isOpen: Bool,
        instead parsed: ParsedQuery
    ) -> ParsedQuery {
        let alternatives = KeyboardLayout.retyped(text).map { text in
            var alternative = read(text, isOpen: isOpen)
            if isOpen { open(&alternative) }
            return alternative
        }
        return best(of: alternatives, of: text, instead: parsed)
    }

    private func best(
        of alternatives: [ParsedQuery],
        of text: String,
        instead parsed: ParsedQuery
    ) -> ParsedQuery {
        let first = alternatives.min { left, right in
            (left.unknownWords, left.doubtfulWords) < (right.unknownWords, right.doubtfulWords)
        }
        guard var best = first, best.words.contains(where: { !$0.isUnknown }) else { return parsed }
        // A phonetic match yields only to words that match exactly.
        let explainsMore = best.unknownWords < parsed.unknownWords
        guard explainsMore || parsed.unknownWords == 0 && best.doubtfulWords == 0 else { return parsed }
        // A letter key may be a comma, which splits tokens, so report the typed text as it was between spaces.
        let typed = text.split(whereSeparator: \.isWhitespace).map { Normaliser.fold(String($0)) }
        for place in best.words.indices where !parsed.words.contains(where: { $0.typed == best.words[place].meant }) {
            best.words[place].isFuzzy = true
            best.words[place].matches = best.words[place].matches.map {
                .init(term: $0.term, worth: $0.worth * RankingWeights.retyped.value)
            }
            best.words[place].beginning?.worth *= RankingWeights.retyped.value
            if typed.count == best.words.count { best.words[place].typed = typed[place] }
        }
        return best
    }

    private func complete(_ word: inout ParsedQuery.Word) {
        guard word.matches.isEmpty, !WordIndex.isNumber(word.meant) else { return }
        word.isGuess = true
        if word.meant.unicodeScalars.count >= Self.shortestBeginning {
            word.matches = index.matches(beginningWith: word.meant)
            if word.matches.isEmpty, word.meant.utf8.allSatisfy({ $0 < 0x80 }) {
                word.matches = index.matches(beginningWithSoundsOf: word.meant)
            }
        }
        guard word.matches.isEmpty else { return }
        correct(&word)
    }

    private func correct(_ word: inout ParsedQuery.Word, isUnfinished: Bool = false) {
        word.matches = index.matches(nearestTo: word.meant).filter { match in
            !isUnfinished || Spellings.mayBegin(index.vocabulary[match.term], word.meant)
        }
        guard let best = word.matches.first else { return }
        word.isFuzzy = true
        // Of equally near words, one that names a category is more often meant.
        let meant = word.matches.first { !index.categories(of: $0.term..<$0.term + 1).isEmpty } ?? best
        word.meant = index.vocabulary[meant.term]
    }

    // The last word is also read as a prefix.
    private func open(_ parsed: inout ParsedQuery) {
        guard let last = parsed.words.indices.last else { return }
        let word = parsed.words[last]
        let terms = index.terms(beginningWith: word.meant)
        if !terms.isEmpty {
            // An inflection of an unfinished word would be a coincidence: «пол» is not yet «поле».
            parsed.words[last].matches.removeAll { $0.worth == RankingWeights.inflected.value }
            parsed.words[last].beginning = (terms, RankingWeights.unfinished.value)
        } else if word.matches.isEmpty, word.meant.utf8.allSatisfy({ $0 < 0x80 }) {
            parsed.words[last].matches = index.matches(beginningWithSoundsOf: word.meant).map {
                .init(term: $0.term, worth: RankingWeights.unfinished.value)
            }
        }
    }

    private func markShortBeginning(_ word: inout ParsedQuery.Word) {
        guard word.matches.isEmpty, word.meant.unicodeScalars.count < Self.shortestCertainBeginning else { return }
        word.isGuess = true
    }

    private func correctUnfinished(_ word: inout ParsedQuery.Word) {
        guard word.isUnknown, !WordIndex.isNumber(word.meant) else { return }
        word.isGuess = true
        correct(&word, isUnfinished: true)
        guard let beginning = index.beginning(nearestTo: word.meant) else { return }
        if word.matches.isEmpty { word.meant = beginning }
        word.isFuzzy = true
        word.beginning = (
            index.terms(beginningWith: beginning), RankingWeights.unfinished.value * RankingWeights.oneTypo.value
        )
    }
}
