/// Finds the words of a label that match a query, so that they can be marked.
struct CompletionMarks {
    private let queryWords: [ParsedQuery.Word]
    private let index: WordIndex

    init(_ parsed: ParsedQuery, in index: WordIndex) {
        queryWords = parsed.words
        self.index = index
    }

    /// Folded prefixes of the words of an organization's names: as much as was typed, or the whole word when it matched in
    /// another way.
    func words(of record: Int, in columns: OrganizationColumns) -> [String] {
        gathered { word in
            if columns.has(record, aWordBeginning: word.meant) { return word.meant }
            let match = word.matches.first { index.names[$0.term].hasSorted(Int32(record)) }
            return match.map { index.vocabulary[$0.term] }
        }
    }

    /// The same for a category's label, whose words may also match by stem or sound.
    ///
    /// - Parameter words: the folded words of the label.
    func words(among words: [String]) -> [String] {
        gathered { word in
            if words.contains(where: { $0.utf8.starts(with: word.meant.utf8) }) { return word.meant }
            // A single letter has no stem or sound to compare.
            guard !WordIndex.isNumber(word.meant), word.meant.unicodeScalars.count > 1 else { return nil }
            let forms = word.formsMeant
            return words.first { Self.isRelative($0, forms) }
        }
    }

    private func gathered(_ mark: (ParsedQuery.Word) -> String?) -> [String] {
        var marked: [String] = []
        for word in queryWords {
            guard let mark = mark(word), !marked.contains(mark) else { continue }
            marked.append(mark)
        }
        return marked
    }

    private static func isRelative(_ word: String, _ forms: WordForms) -> Bool {
        RussianStem.stem(word) == forms.russian || KazakhStem.stem(word) == forms.kazakh
            || forms.sounds.contains { $0.utf8.count > 1 && SoundKey.key(word).utf8.starts(with: $0.utf8) }
    }
}
