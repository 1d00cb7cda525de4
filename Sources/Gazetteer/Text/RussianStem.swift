/// Cuts the endings of case, number and gender from a Russian noun or adjective: «поликлиники», «поликлинику» → «поликлиник».
///
/// For common nouns only: a surname is cut into something else in every case («Абай», «Абая»). After the noun and
/// adjective endings of M. Porter's Russian stemmer (snowballstem.org), without its verbs and derivations, and with the
/// vowel that comes and goes («площадок», «площадка»).
public enum RussianStem {
    private static let shortest = 3
    private static let vowels = Set("аеиоуыэюя".unicodeScalars)

    /// The stem of a folded word; a word in other letters, or too short to cut, is its own stem.
    public static func stem(_ word: String) -> String {
        let letters = Array(word.unicodeScalars)
        guard letters.count > shortest, letters.allSatisfy({ ("а"..."я").contains($0) }) else { return word }
        var stem = letters[...]
        cutEnding(&stem)
        if stem.last == "ь", stem.count > shortest { stem.removeLast() }
        if stem.suffix(2).elementsEqual(["н", "н"]), stem.count > shortest { stem.removeLast() }
        dropFleetingVowel(&stem)
        return String(String.UnicodeScalarView(stem))
    }

    // The longest ending that leaves a stem of three letters with a vowel.
    private static func cutEnding(_ stem: inout ArraySlice<Unicode.Scalar>) {
        for length in stride(from: min(4, stem.count - shortest), through: 1, by: -1) {
            let rest = stem.dropLast(length)
            guard endings[length].contains(where: { $0.elementsEqual(stem.suffix(length)) }) else { continue }
            guard rest.contains(where: vowels.contains) else { continue }
            stem = rest
            return
        }
    }

    private static func dropFleetingVowel(_ stem: inout ArraySlice<Unicode.Scalar>) {
        guard stem.count >= 5, stem.last == "к" else { return }
        let place = stem.index(stem.endIndex, offsetBy: -2)
        guard stem[place] == "о" || stem[place] == "е", !vowels.contains(stem[place - 1]) else { return }
        stem = (stem[..<place] + ["к"])[...]
    }

    /// The endings by their length.
    private static let endings: [[[Unicode.Scalar]]] = {
        let adjective = "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею"
        let noun =
            "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я"
        let soft = "еев еем еям еями еях ею ея"
        let all = Set((adjective + " " + noun + " " + soft).split(separator: " ").map { Array($0.unicodeScalars) })
        return (0...4).map { length in all.filter { $0.count == length } }
    }()
}
