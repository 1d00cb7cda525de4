/// Finds which words of a label answer a question, so that they can be marked.
struct CompletionMarks {
    private let asked: [DirectoryQuestion.Word]
    private let index: WordIndex

    init(_ question: DirectoryQuestion, in index: WordIndex) {
        asked = question.words
        self.index = index
    }

    /// Folded beginnings of the words of an organization's names: as much as was typed, or the whole word when it was
    /// met otherwise.
    func words(of record: Int, in columns: OrganizationColumns) -> [String] {
        gathered { asked in
            if columns.has(record, aWordBeginning: asked.meant) { return asked.meant }
            let match = asked.matches.first { index.names[$0.term].hasSorted(Int32(record)) }
            return match.map { index.vocabulary[$0.term] }
        }
    }

    /// The same of a category's label, which may also have been met by a word of the same stem or sound.
    ///
    /// - Parameter words: the folded words of the label.
    func words(among words: [String]) -> [String] {
        gathered { asked in
            if words.contains(where: { $0.utf8.starts(with: asked.meant.utf8) }) { return asked.meant }
            // Of one letter there are no relatives.
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
