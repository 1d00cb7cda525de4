/// Writes a word by its sounds, so that Cyrillic and Latin spellings of one name meet.
///
/// No single standard of romanisation is assumed: «Абая», "Abaya" and "Abaia", «Қабанбай», "Kabanbay" and "Qabanbai",
/// «Джандосова», "Dzhandosova" and "Zhandosova" have the same key. It is a skeleton for comparing, not a transcription.
public enum SoundKey {
    /// The key of a folded word, in either alphabet.
    ///
    /// - Parameter word: lower case and folded by `Normaliser`; signs that are no letters or digits are left out.
    /// - Returns: ASCII letters and digits.
    public static func key(_ word: String) -> String { key(word, latinJ: .consonant) }

    /// The keys of a word as typed; two when a Latin "j" may be ж ("Jambyl") or й ("Abaj").
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
        var sounds: [UInt8] = []
        sounds.reserveCapacity(word.utf8.count)
        let letters = Array(word.unicodeScalars)
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if letter.isASCII {
                index += appendLatin(letters, at: index, latinJ, to: &sounds)
            } else {
                if cyrillicLetters.contains(letter.value) {
                    append(cyrillic[Int(letter.value - cyrillicLetters.lowerBound)], to: &sounds)
                }
                index += 1
            }
        }
        return String(decoding: sounds, as: UTF8.self)
    }

    // A doubled sound is one: «Алла», "ij", «ий»; «дж» is «ж».
    private static func append(_ new: [UInt8], to sounds: inout [UInt8]) {
        for sound in new where sounds.last != sound {
            if sound == UInt8(ascii: "j"), sounds.last == UInt8(ascii: "d") { sounds.removeLast() }
            sounds.append(sound)
        }
    }

    // Returns how many letters were read.
    private static func appendLatin(
        _ letters: [Unicode.Scalar],
        at index: Int,
        _ latinJ: LatinJ,
        to sounds: inout [UInt8]
    ) -> Int {
        let next = index + 1 < letters.count ? letters[index + 1] : " "
        if letters[index] == "j", latinJ == .glide {
            append(glide[next] ?? [UInt8(ascii: "i")], to: &sounds)
            return glide[next] == nil ? 1 : 2
        }
        if letters[index] == "y", let sound = glide[next] {
            append(sound, to: &sounds)
            return 2
        }
        if letters[index] == "i", next == "e" {
            append([UInt8(ascii: "i"), UInt8(ascii: "e")], to: &sounds)
            return 2
        }
        if letters[index] == "s", next == "c", index + 2 < letters.count, letters[index + 2] == "h" {
            append([UInt8(ascii: "S")], to: &sounds)
            return 3
        }
        if next == "h", let sound = beforeH[letters[index]] {
            append([sound], to: &sounds)
            return 2
        }
        if letters[index] == "t", next == "s" || next == "z" {
            append([UInt8(ascii: "c")], to: &sounds)
            return 2
        }
        append(latin[letters[index]] ?? [UInt8(truncatingIfNeeded: letters[index].value)], to: &sounds)
        return 1
    }

    // «ya», «yu»; «ye» and «yo» are one letter е in folded Cyrillic.
    private static let glide: [Unicode.Scalar: [UInt8]] = [
        "a": Array("ia".utf8), "u": Array("iu".utf8), "e": Array("e".utf8), "o": Array("e".utf8),
    ]

    private static let beforeH: [Unicode.Scalar: UInt8] = [
        "s": UInt8(ascii: "S"), "c": UInt8(ascii: "C"), "z": UInt8(ascii: "j"), "k": UInt8(ascii: "h"),
        "g": UInt8(ascii: "g"),
    ]

    private static let latin: [Unicode.Scalar: [UInt8]] = [
        "q": Array("k".utf8), "w": Array("u".utf8), "x": Array("h".utf8), "y": Array("i".utf8),
        "c": Array("k".utf8), "'": [],
    ]

    /// а to я, in the order of Unicode.
    private static let cyrillicLetters: ClosedRange<UInt32> = 0x430...0x44F

    private static let cyrillic: [[UInt8]] = {
        let pairs: [(String, String)] = [
            ("а", "a"), ("б", "b"), ("в", "v"), ("г", "g"), ("д", "d"), ("е", "e"), ("ж", "j"), ("з", "z"), ("и", "i"),
            ("й", "i"), ("к", "k"), ("л", "l"), ("м", "m"), ("н", "n"), ("о", "o"), ("п", "p"), ("р", "r"), ("с", "s"),
            ("т", "t"), ("у", "u"), ("ф", "f"), ("х", "h"), ("ц", "c"), ("ч", "C"), ("ш", "S"), ("щ", "S"), ("ъ", ""),
            ("ы", "i"), ("ь", ""), ("э", "e"), ("ю", "iu"), ("я", "ia"),
        ]
        var sounds = [[UInt8]](repeating: [], count: cyrillicLetters.count)
        for (letter, sound) in pairs {
            for scalar in letter.unicodeScalars {
                sounds[Int(scalar.value - cyrillicLetters.lowerBound)] = Array(sound.utf8)
            }
        }
        return sounds
    }()
}
