/// Encodes a word by its sounds, so that Cyrillic and Latin spellings of one name match.
///
/// No particular romanisation is assumed: «Абая», "Abaya" and "Abaia", «Қабанбай», "Kabanbay" and "Qabanbai", «Джандосова»,
/// "Dzhandosova" and "Zhandosova" have the same key. It is for comparison only, not a transcription.
public enum SoundKey {
    /// The key of a folded word, in either alphabet.
    ///
    /// - Parameter word: lower case and folded by `Normaliser`; characters other than letters and digits are left out.
    /// - Returns: ASCII letters and digits.
    public static func key(_ word: String) -> String { key(word, latinJ: .consonant) }

    /// The keys of a typed word; two when a Latin "j" may be ж ("Jambyl") or й ("Abaj").
    public static func keys(ofTyped word: String) -> [String] {
        let first = key(word, latinJ: .consonant)
        guard word.utf8.contains(UInt8(ascii: "j")) else { return [first] }
        return [first, key(word, latinJ: .glide)]
    }

    private enum LatinJ {
        case consonant
        case glide
    }

    private static func key(_ word: String, latinJ: LatinJ) -> String {
        var sounds = Sounds(room: word.utf8.count)
        if word.utf8.contains(where: { $0 < 0x80 }) {
            let letters = Array(word.unicodeScalars)
            var index = 0
            while index < letters.count {
                if letters[index].isASCII {
                    index += appendLatin(letters, at: index, latinJ, to: &sounds)
                } else {
                    sounds.append(cyrillic(letters[index]))
                    index += 1
                }
            }
        } else {
            for letter in word.unicodeScalars { sounds.append(cyrillic(letter)) }
        }
        return String(decoding: sounds.bytes, as: UTF8.self)
    }

    private struct Sounds {
        private(set) var bytes: [UInt8] = []

        init(room: Int) { bytes.reserveCapacity(room) }

        // A doubled sound counts once: «Алла», "ij", «ий»; «дж» is «ж».
        mutating func append(_ sound: UInt8) {
            guard bytes.last != sound else { return }
            if sound == UInt8(ascii: "j"), bytes.last == UInt8(ascii: "d") { bytes.removeLast() }
            bytes.append(sound)
        }

        /// - Parameter sounds: none, one or two, the first in the lower byte.
        mutating func append(_ sounds: UInt16) {
            guard sounds != 0 else { return }
            append(UInt8(truncatingIfNeeded: sounds))
            if sounds > 0xFF { append(UInt8(sounds >> 8)) }
        }
    }

    // Returns the number of letters read.
    private static func appendLatin(
        _ letters: [Unicode.Scalar],
        at index: Int,
        _ latinJ: LatinJ,
        to sounds: inout Sounds
    ) -> Int {
        let letter = letters[index]
        let next = index + 1 < letters.count ? letters[index + 1] : " "
        if letter == "j", latinJ == .glide {
            sounds.append(glide(next) ?? pair("i"))
            return glide(next) == nil ? 1 : 2
        }
        if letter == "y", let sound = glide(next) {
            sounds.append(sound)
            return 2
        }
        if letter == "i", next == "e" {
            sounds.append(pair("i", "e"))
            return 2
        }
        if letter == "s", next == "c", index + 2 < letters.count, letters[index + 2] == "h" {
            sounds.append(pair("S"))
            return 3
        }
        if next == "h", let sound = beforeH(letter) {
            sounds.append(sound)
            return 2
        }
        if letter == "t", next == "s" || next == "z" {
            sounds.append(pair("c"))
            return 2
        }
        sounds.append(latin(letter))
        return 1
    }

    // Packs one or two sounds as `Sounds` expects them.
    private static func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar? = nil) -> UInt16 {
        UInt16(truncatingIfNeeded: first.value) | UInt16(truncatingIfNeeded: second?.value ?? 0) << 8
    }

    // «ya», «yu»; «ye» and «yo» are the single letter е in folded Cyrillic.
    private static func glide(_ next: Unicode.Scalar) -> UInt16? {
        switch next {
        case "a": pair("i", "a")
        case "u": pair("i", "u")
        case "e", "o": pair("e")
        default: nil
        }
    }

    private static func beforeH(_ letter: Unicode.Scalar) -> UInt16? {
        switch letter {
        case "s": pair("S")
        case "c": pair("C")
        case "z": pair("j")
        case "k": pair("h")
        case "g": pair("g")
        default: nil
        }
    }

    private static func latin(_ letter: Unicode.Scalar) -> UInt16 {
        switch letter {
        case "q", "c": pair("k")
        case "w": pair("u")
        case "x": pair("h")
        case "y": pair("i")
        case "'": 0
        default: pair(letter)
        }
    }

    private static func cyrillic(_ letter: Unicode.Scalar) -> UInt16 {
        guard cyrillicLetters.contains(letter.value) else { return 0 }
        return cyrillicSounds[Int(letter.value - cyrillicLetters.lowerBound)]
    }

    /// а to я, in Unicode order.
    private static let cyrillicLetters: ClosedRange<UInt32> = 0x430...0x44F

    // ъ and ь are silent.
    private static let cyrillicSounds: [UInt16] = {
        let sounds = "a b v g d e j z i i k l m n o p r s t u f h c C S S - i - e iu ia"
        return sounds.split(separator: " ").map { sound in
            let bytes = Array(sound.utf8)
            if bytes[0] == UInt8(ascii: "-") { return 0 }
            return UInt16(bytes[0]) | (bytes.count > 1 ? UInt16(bytes[1]) << 8 : 0)
        }
    }()
}
