/// Normalises text to the form in which names are stored and searched.
///
/// The same normaliser runs when an index is built and when a query is asked; `version` changes with its rules. Kazakh
/// letters, ё, look-alike Latin letters and case are folded, so that «Әуезов», «Ауэзов» typed without Kazakh letters, and
/// the same word with a Latin "A" all match. Invisible characters are dropped; control characters become spaces.
public enum Normaliser {
    /// Changes whenever the rules do; an index records the version it was built with.
    public static let version = 2

    /// Folds a text without splitting it: lower case, folded letters, quotes dropped.
    public static func fold(_ text: String) -> String {
        String(String.UnicodeScalarView(scalars(text)))
    }

    static func scalars(_ text: String) -> [Unicode.Scalar] {
        var folded: [Unicode.Scalar] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.value < simple.count, let letter = simple[Int(scalar.value)] {
                folded.append(letter)
            } else {
                fold(scalar, into: &folded)
            }
        }
        return unifyAlphabet(folded)
    }

    // Folds a scalar that does not map to exactly one letter.
    private static func fold(_ scalar: Unicode.Scalar, into folded: inout [Unicode.Scalar]) {
        for scalar in scalar.properties.lowercaseMapping.unicodeScalars {
            if let composed = compose(folded.last, scalar) {
                folded[folded.count - 1] = composed
            } else if let replaced = letters[scalar] {
                folded += replaced
            } else if scalar.value < 0x20 || scalar.value == 0x7F {
                folded.append(" ")
            } else if !isInvisible(scalar) {
                folded.append(scalar)
            }
        }
    }

    /// For each scalar up to the end of Cyrillic that folds to a single scalar: that scalar; nil for the others.
    private static let simple: [Unicode.Scalar?] = (0..<0x530).map { (value: UInt32) in
        guard let scalar = Unicode.Scalar(value), !(0x300...0x36F).contains(value) else { return nil }
        var folded: [Unicode.Scalar] = []
        fold(scalar, into: &folded)
        return folded.count == 1 ? folded[0] : nil
    }

    // й arrives as и + breve and ё as е + diaeresis from some keyboards and file systems (NFD).
    private static func compose(_ base: Unicode.Scalar?, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
        switch (base, mark) {
        case ("и", "\u{306}"): "й"
        case ("е", "\u{308}"): "е"
        default: nil
        }
    }

    // A word with a Cyrillic letter is Cyrillic: a Latin letter in it is a look-alike.
    private static func unifyAlphabet(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        // Most texts use one alphabet.
        let hasLatin = scalars.contains { (0x61...0x7A).contains($0.value) }
        guard hasLatin, scalars.contains(where: isCyrillic) else { return scalars }
        var result = scalars
        var start = 0
        while start < result.count {
            var end = start
            var cyrillic = false
            while end < result.count, result[end].isWordLetter {
                cyrillic = cyrillic || isCyrillic(result[end])
                end += 1
            }
            if cyrillic {
                for index in start..<end { result[index] = lookalikes[result[index]] ?? result[index] }
            }
            start = max(end, start + 1)
        }
        return result
    }

    private static func isCyrillic(_ scalar: Unicode.Scalar) -> Bool { (0x400...0x4FF).contains(scalar.value) }

    // Quotes, soft hyphens, direction marks and joiners are not part of a name.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x22, 0x27, 0x60, 0xAB, 0xBB, 0xAD, 0x2BC, 0x300...0x36F, 0x200B...0x200F, 0x2018...0x201F,
            0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF:
            true
        default: false
        }
    }

    // A letter of another alphabet may stand for two: "ş" is written "sh" where the cedilla is unavailable.
    private static let letters: [Unicode.Scalar: [Unicode.Scalar]] = {
        var letters: [Unicode.Scalar: [Unicode.Scalar]] = [
            "ş": ["s", "h"], "š": ["s", "h"], "ç": ["c", "h"], "č": ["c", "h"], "ž": ["z", "h"], "ı": ["i"],
        ]
        let pairs: [(String, String)] = [
            ("ёәəғқңөұүһі", "еаагкноуухи"), ("äáàâāöóōüúūğñńéêēíîīý", "aaaaaooouuugnneeeiiiy"),
            ("–—‑−‐‒―\u{A0}\u{202F}\u{2009}№#", "-------     "),
        ]
        for (from, to) in pairs {
            for (letter, folded) in zip(from.unicodeScalars, to.unicodeScalars) { letters[letter] = [folded] }
        }
        return letters
    }()

    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
        "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у", "k": "к", "m": "м", "t": "т", "i": "и",
        "h": "х", "b": "в",
    ]
}

extension Unicode.Scalar {
    /// Whether it is a letter; those of our alphabets are decided without Unicode's tables.
    var isWordLetter: Bool {
        switch value {
        case 0x61...0x7A, 0x41...0x5A, 0x400...0x481, 0x48A...0x52F: true
        case 0...0x7F: false
        default: properties.isAlphabetic
        }
    }
}
