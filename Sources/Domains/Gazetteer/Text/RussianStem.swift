/// Strips the endings of case, number and gender from a Russian noun or adjective: «поликлиники», «поликлинику» →
/// «поликлиник».
///
/// For common nouns only: a surname would get a different stem in each case («Абай», «Абая»). Uses the noun and adjective
/// endings of M. Porter's Russian stemmer (snowballstem.org), without its verbs and derivations, and also handles the
/// fleeting vowel («площадок», «площадка»).
public enum RussianStem {
    private static let shortest = 3
    private static let longestEnding = 4
    private static let vowels = LetterSet("аеиоуыэюя")
    private static let fleeting = LetterSet("ое")
    private static let soft = LetterSet("ь")
    private static let n = LetterSet("н")
    private static let k = LetterSet("к")

    /// The stem of a folded word; a word in other letters or too short to strip is its own stem.
    public static func stem(_ word: String) -> String {
        guard var stem = CyrillicLetters.letters(of: word), stem.count > shortest else { return word }
        cutEnding(&stem)
        if soft.contains(stem[stem.count - 1]), stem.count > shortest { stem.removeLast() }
        if stem.count > shortest, stem.suffix(2).allSatisfy(n.contains) { stem.removeLast() }
        dropFleetingVowel(&stem)
        return CyrillicLetters.word(stem)
    }

    // Strips the longest ending that leaves a stem of three letters with a vowel.
    private static func cutEnding(_ stem: inout [UInt8]) {
        for length in stride(from: min(longestEnding, stem.count - shortest), through: 1, by: -1) {
            guard endings.contains(key(stem.suffix(length))) else { continue }
            guard stem.dropLast(length).contains(where: vowels.contains) else { continue }
            stem.removeLast(length)
            return
        }
    }

    private static func dropFleetingVowel(_ stem: inout [UInt8]) {
        let vowel = stem.count - 2
        guard stem.count >= 5, k.contains(stem[vowel + 1]) else { return }
        guard fleeting.contains(stem[vowel]), !vowels.contains(stem[vowel - 1]) else { return }
        stem.remove(at: vowel)
    }

    // An ending as one number: its letters, with a bit above them that marks its length.
    private static func key(_ ending: ArraySlice<UInt8>) -> UInt32 { ending.reduce(1) { $0 << 5 | UInt32($1) } }

    private static let endings: Set<UInt32> = {
        let adjective = "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею"
        let noun =
            "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я"
        let soft = "еев еем еям еями еях ею ея"
        let all = (adjective + " " + noun + " " + soft).split(separator: " ")
        return Set(all.compactMap { CyrillicLetters.letters(of: String($0)) }.map { key($0[...]) })
    }()
}
