/// A piece of a label, marked when it matches typed words.
public struct LabelPart: Sendable, Equatable {
    /// The text.
    public let text: String
    /// Whether it matches what was typed.
    public let isMatch: Bool

    /// Splits a label where its words begin like the typed ones, in any spelling or alphabet.
    ///
    /// - Parameters:
    ///   - label: the text to show.
    ///   - words: the typed words, folded.
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

    // The number of typed letters at the beginning of a word, according to the longest typed word that matches it.
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
