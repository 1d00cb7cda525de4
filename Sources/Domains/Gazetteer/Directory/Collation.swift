/// Orders names by the Kazakh alphabet, which contains the Russian letters in their own order.
///
/// А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы І Ь Э Ю Я; digits before Latin before
/// Cyrillic; numbers by their value («№5» before «№25»); case and punctuation do not count.
public enum Collation {
    private static let alphabet = Array("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя".unicodeScalars)

    private static let ranks: [Unicode.Scalar: UInt8] = {
        var ranks: [Unicode.Scalar: UInt8] = [:]
        for (index, letter) in "abcdefghijklmnopqrstuvwxyz".unicodeScalars.enumerated() {
            ranks[letter] = UInt8(30 + index)
        }
        for (index, letter) in alphabet.enumerated() { ranks[letter] = UInt8(60 + index) }
        return ranks
    }()

    /// A key whose byte order is the order of the names.
    public static func key(_ text: String) -> [UInt8] {
        var key: [UInt8] = []
        var number: [UInt8] = []
        func flush() {
            guard !number.isEmpty else { return }
            let digits = number.drop { $0 == 0 }
            // The count of digits first makes numbers compare by value.
            key.append(10 + UInt8(min(digits.count, 9)))
            key += digits.map { $0 + 1 }
            number = []
        }
        for scalar in text.lowercased().unicodeScalars {
            if ("0"..."9").contains(scalar) {
                number.append(UInt8(scalar.value - 48))
                continue
            }
            flush()
            if let rank = ranks[scalar] {
                key.append(rank)
            } else if scalar.properties.isWhitespace, key.last.map({ $0 != 1 }) ?? false {
                key.append(1)
            }
        }
        flush()
        return key
    }
}
