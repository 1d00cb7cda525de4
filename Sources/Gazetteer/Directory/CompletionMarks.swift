/// Finds which words of a label answer a question, so that they can be marked.
struct CompletionMarks {
    /// A word of the question; how it sounds and what its stems are is asked only when no label begins so.
    private struct Asked {
        let word: String
        let stems: [String]
        let sounds: [String]

        init(_ word: String) {
            self.word = word
            stems = WordIndex.stems(of: word)
            sounds = WordIndex.isNumber(word) ? [] : SoundKey.keys(ofTyped: word).filter { $0.utf8.count > 1 }
        }
    }

    private let asked: [Asked]

    init(_ question: DirectoryQuestion) { asked = question.words.map { Asked($0.meant) } }

    /// Folded beginnings of a name's words: as much as was typed, or the whole word when it was met otherwise.
    ///
    /// - Parameter words: the folded words of the name.
    func words(among words: [String]) -> [String] {
        var marked: [String] = []
        for asked in asked {
            guard let mark = mark(for: asked, in: words), !marked.contains(mark) else { continue }
            marked.append(mark)
        }
        return marked
    }

    private func mark(for asked: Asked, in words: [String]) -> String? {
        if words.contains(where: { $0.hasPrefix(asked.word) }) { return asked.word }
        return words.first { word in
            guard !WordIndex.isNumber(word) else { return false }
            let sound = SoundKey.key(word)
            return asked.sounds.contains { sound.hasPrefix($0) }
                || WordIndex.stems(of: word).contains(where: asked.stems.contains)
        }
    }
}
