/// A piece of a label, which the typed words met or not.
public struct LabelPart: Sendable, Equatable {
    /// The text.
    public let text: String
    /// Whether it is what was typed.
    public let isMatch: Bool

    /// Parts a label where its words begin as the typed ones, in any spelling or alphabet.
    ///
    /// - Parameters:
    ///   - label: the text to show.
    ///   - words: folded words.
    public static func parts(of label: String, matching words: [String]) -> [LabelPart] {
        var parts: [LabelPart] = []
        func add(_ text: Substring, _ isMatch: Bool) {
            guard !text.isEmpty else { return }
            if let last = parts.last, last.isMatch == isMatch {
                parts[parts.count - 1] = LabelPart(text: last.text + text, isMatch: isMatch)
            } else {
                parts.append(LabelPart(text: String(text), isMatch: isMatch))
            }
        }
        var rest = label[...]
        while let first = rest.first {
            let isWord = first.isLetter || first.isNumber
            let run = rest.prefix { ($0.isLetter || $0.isNumber) == isWord }
            let met = isWord ? lettersMet(of: run, by: words) : 0
            add(run.prefix(met), true)
            add(run.dropFirst(met), false)
            rest = rest[run.endIndex...]
        }
        return parts
    }

    // How many letters of a word were typed: the longest typed word that begins it.
    private static func lettersMet(of word: Substring, by typed: [String]) -> Int {
        let folded = Normaliser.fold(String(word))
        var met = 0
        for text in typed {
            if folded.hasPrefix(text) {
                met = max(met, text.unicodeScalars.count)
            } else if isForeign(text, to: folded) {
                let sound = SoundKey.key(text)
                if sound.count > 1, SoundKey.key(folded).hasPrefix(sound) { met = max(met, text.unicodeScalars.count) }
            }
        }
        return min(met, word.count)
    }

    private static func isForeign(_ text: String, to word: String) -> Bool {
        (text.utf8.first.map { $0 < 0x80 } ?? false) != (word.utf8.first.map { $0 < 0x80 } ?? false)
    }
}
