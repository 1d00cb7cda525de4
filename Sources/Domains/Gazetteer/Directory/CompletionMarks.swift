/// Finds the words of a label that match a question, so that they can be marked.
struct CompletionMarks {
    private let asked: [DirectoryQuestion.Word]
    private let index: WordIndex

    init(_ question: DirectoryQuestion, in index: WordIndex) {
        asked = question.words
        self.index = index
    }

    /// Folded prefixes of the words of an organization's names: as much as was typed, or the whole word when it matched in
    /// another way.
    func words(of record: Int, in columns: OrganizationColumns) -> [String] {
        gathered { asked in
            if columns.has(record, aWordBeginning: asked.meant) { return asked.meant }
            let match = asked.matches.first { index.names[$0.term].hasSorted(Int32(record)) }
            return match.map { index.vocabulary[$0.term] }
        }
    }

    /// The same for a category's label, whose words may also match by stem or sound.
    ///
    /// - Parameter words: the folded words of the label.
    func words(among words: [String]) -> [String] {
        gathered { asked in
            if words.contains(where: { $0.utf8.starts(with: asked.meant.utf8) }) { return asked.meant }
            // A single letter has no stem or sound to compare.
            guard !WordIndex.isNumber(asked.meant), asked.meant.unicodeScalars.count > 1 else { return nil }
            let forms = asked.formsMeant
            return words.first { Self.isRelative($0, forms) }
        }
    }

    private func gathered(_ mark: (DirectoryQuestion.Word) -> String?) -> [String] {
        var marked: [String] = []
        for asked in asked {
            guard let mark = mark(asked), !marked.contains(mark) else { continue }
            marked.append(mark)
        }
        return marked
    }

    private static func isRelative(_ word: String, _ asked: WordForms) -> Bool {
        RussianStem.stem(word) == asked.russian || KazakhStem.stem(word) == asked.kazakh
            || asked.sounds.contains { $0.utf8.count > 1 && SoundKey.key(word).utf8.starts(with: $0.utf8) }
    }
}
