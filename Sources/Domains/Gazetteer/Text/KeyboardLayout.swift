/// Re-reads text typed with another keyboard layout active: `gjkrbkbybrf` is «поликлиника».
public enum KeyboardLayout {
    /// Every other reading of a raw, unfolded text, as if typed blind on a Russian, Kazakh or English layout.
    ///
    /// A word changes only if all its characters are letter keys of the other layout. A full stop or comma can also be a
    /// letter key, so a word that ends in one has a reading with it and one without.
    public static func retyped(_ text: String) -> [String] {
        let hasLatin = text.unicodeScalars.contains(where: isLatin)
        let hasCyrillic = text.unicodeScalars.contains(where: isCyrillic)
        let hasStops = text.unicodeScalars.contains(where: isStop)
        var readings: [String] = []
        for layout in (hasLatin ? [russian, kazakh] : []) + (hasCyrillic ? [english] : []) {
            for keepsStops in hasStops ? [true, false] : [false] {
                guard let reading = retyped(text, layout, keepsStops: keepsStops) else { continue }
                if reading != text, !readings.contains(reading) { readings.append(reading) }
            }
        }
        return readings
    }

    private static func retyped(_ text: String, _ layout: Layout, keepsStops: Bool) -> String? {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        result.reserveCapacity(2 * scalars.count)
        var start = 0
        for place in 0...scalars.count where place == scalars.count || isSpace(scalars[place]) {
            guard append(scalars[start..<place], layout, keepsStops: keepsStops, to: &result) else { return nil }
            if place < scalars.count { result.append(scalars[place]) }
            start = place + 1
        }
        return String(result)
    }

    // Whether a scalar separates words; those of our alphabets are decided without Unicode's tables.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x7E, 0x400...0x52F: false
        default: scalar.properties.isWhitespace
        }
    }

    private static func isStop(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ".", ";", ":": true
        default: false
        }
    }

    // Keeps a word that has a character other than a letter key. Returns false when a word would have a full stop or comma
    // inside it: «любая» would be "k.,fz", so the text was not typed in the other layout.
    private static func append(
        _ word: ArraySlice<Unicode.Scalar>,
        _ layout: Layout,
        keepsStops: Bool,
        to result: inout String.UnicodeScalarView
    ) -> Bool {
        let stops = keepsStops ? word.reversed().prefix(while: isStop).count : 0
        let body = word.dropLast(stops)
        guard body.contains(where: layout.isLetter), body.allSatisfy({ layout.letter(for: $0) != nil }) else {
            for scalar in word { result.append(scalar) }
            return true
        }
        var isEnded = false
        for scalar in body {
            let letter = layout.letter(for: scalar) ?? scalar
            let isPart = letter.value >= 0x400 || isLatin(letter) || ("0"..."9").contains(letter)
            if isEnded, isPart { return false }
            isEnded = !isPart
            result.append(letter)
        }
        for scalar in word.suffix(stops) { result.append(scalar) }
        return true
    }

    private struct Layout: Sendable {
        /// The intended letter by the typed character; the alphabets used in this city end before U+0500.
        private let letters: [Unicode.Scalar?]
        /// A word without such a letter is not a word: «25», «№5».
        let isLetter: @Sendable (Unicode.Scalar) -> Bool

        /// - Parameter keepsDigits: whether the digit keys give digits; on the Kazakh layout they give letters.
        init(
            _ rows: [(String, String)],
            keepsDigits: Bool = true,
            isLetter: @escaping @Sendable (Unicode.Scalar) -> Bool
        ) {
            var letters = [Unicode.Scalar?](repeating: nil, count: 0x500)
            if keepsDigits { for digit in "0123456789".unicodeScalars { letters[Int(digit.value)] = digit } }
            for (signs, meant) in rows {
                for (sign, letter) in zip(signs.unicodeScalars, meant.unicodeScalars) {
                    letters[Int(sign.value)] = letter
                }
            }
            self.letters = letters
            self.isLetter = isLetter
        }

        func letter(for sign: Unicode.Scalar) -> Unicode.Scalar? {
            sign.value < letters.count ? letters[Int(sign.value)] : nil
        }
    }

    private static let qwerty = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
    private static let shiftedQwerty = "~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
    private static let letterKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю"
    private static let shiftedLetterKeys = "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"

    private static let russian = Layout(
        [(qwerty, letterKeys), (shiftedQwerty, shiftedLetterKeys)],
        isLetter: { isLatin($0) }
    )

    // The Kazakh layout (ҚР СТ 920-91 as in Windows): the Russian one with nine letters on the row of digits.
    private static let kazakh = Layout(
        [
            (qwerty, letterKeys), (shiftedQwerty, shiftedLetterKeys), ("2345890-=", "әіңғүұқөһ"),
            ("@#$%*()_+", "ӘІҢҒҮҰҚӨҺ"),
        ],
        keepsDigits: false,
        isLetter: { isLatin($0) }
    )

    private static let english = Layout(
        [(letterKeys, qwerty), (shiftedLetterKeys, shiftedQwerty)],
        isLetter: { isCyrillic($0) }
    )

    private static func isCyrillic(_ scalar: Unicode.Scalar) -> Bool { (0x400...0x4FF).contains(scalar.value) }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
