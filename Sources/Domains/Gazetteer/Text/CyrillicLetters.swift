/// Words in the letters а to я as numbers from 0 to 31, which makes stripping endings faster than with strings.
enum CyrillicLetters {
    /// The letters of a folded word; nil when it contains any other.
    static func letters(of word: String) -> [UInt8]? {
        var letters: [UInt8] = []
        letters.reserveCapacity(word.utf8.count / 2)
        for scalar in word.unicodeScalars {
            guard (0x430...0x44F).contains(scalar.value) else { return nil }
            letters.append(UInt8(scalar.value - 0x430))
        }
        return letters
    }

    /// The word spelled by these letters.
    static func word(_ letters: some Collection<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * letters.count)
        for letter in letters {
            // In UTF-8, а to п have the lead byte D0 and р to я the lead byte D1.
            bytes.append(letter < 16 ? 0xD0 : 0xD1)
            bytes.append(letter < 16 ? 0xB0 + letter : 0x70 + letter)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A set of the letters а to я.
struct LetterSet: Sendable {
    private let bits: UInt32

    init(_ letters: String) {
        bits = (CyrillicLetters.letters(of: letters) ?? []).reduce(0) { $0 | 1 << UInt32($1) }
    }

    func contains(_ letter: UInt8) -> Bool { bits & 1 << UInt32(letter) != 0 }
}
