/// Brings text to the one form in which names are stored and looked for.
///
/// The same normaliser runs when an index is built and when a question is asked; `version` changes with its rules.
/// Kazakh letters, ё, look-alike Latin letters and case are folded, so that «Әуезов», «Ауэзов» typed without Kazakh
/// letters and a Latin "A" inside a Cyrillic word all meet.
public enum Normaliser {
    /// Changes whenever the rules do.
    public static let version = 1

    /// Folds a text without splitting it: lower case, folded letters, quotes dropped.
    public static func fold(_ text: String) -> String {
        String(String.UnicodeScalarView(scalars(text)))
    }

    static func scalars(_ text: String) -> [Unicode.Scalar] {
        var folded: [Unicode.Scalar] = []
        folded.reserveCapacity(text.unicodeScalars.count)
        for scalar in text.lowercased().unicodeScalars {
            if let composed = compose(folded.last, scalar) {
                folded[folded.count - 1] = composed
            } else if let replaced = letters[scalar] {
                folded.append(replaced)
            } else if !dropped.contains(scalar), !(0x300...0x36F).contains(scalar.value) {
                folded.append(scalar)
            }
        }
        return unifyAlphabet(folded)
    }

    // й arrives as и + breve and ё as е + diaeresis from some keyboards and file systems (NFD).
    private static func compose(_ base: Unicode.Scalar?, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
        switch (base, mark) {
        case ("и", "\u{306}"): "й"
        case ("е", "\u{308}"): "е"
        default: nil
        }
    }

    // A word that has a Cyrillic letter is Cyrillic: a Latin letter in it is a look-alike.
    private static func unifyAlphabet(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result = scalars
        var start = 0
        while start < result.count {
            var end = start
            var cyrillic = false
            while end < result.count, result[end].properties.isAlphabetic {
                cyrillic = cyrillic || (0x400...0x4FF).contains(result[end].value)
                end += 1
            }
            if cyrillic {
                for index in start..<end { result[index] = lookalikes[result[index]] ?? result[index] }
            }
            start = max(end, start + 1)
        }
        return result
    }

    private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
        "ё": "е", "ә": "а", "ə": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
        "ä": "a", "á": "a", "ö": "o", "ó": "o", "ü": "u", "ú": "u", "ū": "u", "ş": "s", "ğ": "g", "ñ": "n", "ı": "i",
        "–": "-", "—": "-", "‑": "-", "−": "-", "\u{A0}": " ", "\u{202F}": " ", "№": " ", "#": " ",
    ]

    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
        "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у", "k": "к", "m": "м", "t": "т", "i": "и",
        "h": "х", "b": "в",
    ]

    private static let dropped: Set<Unicode.Scalar> = [
        "«", "»", "\"", "“", "”", "„", "'", "’", "ʼ", "`", "\u{AD}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{FEFF}",
    ]
}
