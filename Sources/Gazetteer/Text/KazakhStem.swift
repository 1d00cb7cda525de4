/// Cuts the endings of case, possession and number from a Kazakh noun: «емханаға», «емханалар» → «емхана», «мектебі» → «мектеп».
///
/// Works on folded words, so also on Kazakh typed without its own letters. For common nouns only. The order of endings
/// (stem, plural, possession, case) and their vowel harmony are those of any grammar of Kazakh; where folding has made a
/// vowel ambiguous (ә, ө, ү, і) both harmonies are let pass.
public enum KazakhStem {
    private static let shortest = 3

    /// The stem of a folded word; a word in other letters, or too short to cut, is its own stem.
    public static func stem(_ word: String) -> String {
        let letters = Array(word.unicodeScalars)
        guard letters.count > shortest, letters.allSatisfy({ ("а"..."я").contains($0) }) else { return word }
        var stem = letters[...]
        cutCase(&stem)
        cutPossession(&stem)
        _ = cut(plurals, from: &stem)
        return String(String.UnicodeScalarView(stem))
    }

    // «мектебін», «емханасын»: after a possessive the accusative is a bare н.
    private static func cutCase(_ stem: inout ArraySlice<Unicode.Scalar>) {
        if cut(cases, from: &stem) { return }
        let before = stem.dropLast()
        guard stem.last == "н", before.last == "ы" || before.last == "и", before.count > shortest else { return }
        stem = before
    }

    private static func cutPossession(_ stem: inout ArraySlice<Unicode.Scalar>) {
        if cut(longPossessives, from: &stem) { return }
        guard cut(shortPossessives, from: &stem) else { return }
        // Before a vowel п, к and қ have become б, г and ғ.
        switch stem.last {
        case "б": stem = (stem.dropLast() + ["п"])[...]
        case "г": stem = (stem.dropLast() + ["к"])[...]
        default: break
        }
    }

    private static func cut(_ endings: [[Unicode.Scalar]], from stem: inout ArraySlice<Unicode.Scalar>) -> Bool {
        for letters in endings {
            guard stem.count - letters.count >= shortest, stem.suffix(letters.count).elementsEqual(letters) else {
                continue
            }
            let rest = stem.dropLast(letters.count)
            guard harmonises(rest, letters), mayPrecede(rest, letters) else { continue }
            stem = rest
            return true
        }
        return false
    }

    private enum Harmony {
        case back
        case front
        case either
    }

    private static func harmony(_ letter: Unicode.Scalar) -> Harmony? {
        switch letter {
        case "ы": .back
        case "е", "э": .front
        case "а", "о", "у", "и", "ю", "я": .either
        default: nil
        }
    }

    // The last vowel of the stem and the first of the ending are both back or both front. In endings і is folded to и.
    private static func harmonises(_ stem: ArraySlice<Unicode.Scalar>, _ ending: [Unicode.Scalar]) -> Bool {
        guard let last = stem.reversed().lazy.compactMap(harmony).first else { return false }
        guard let vowel = ending.first(where: { harmony($0) != nil }) else { return true }
        let isBack = vowel == "а" || vowel == "ы"
        switch last {
        case .either: return true
        case .back: return isBack
        case .front: return !isBack
        }
    }

    private static let vowels = Set("аеиоуыэюя".unicodeScalars)
    private static let voiceless = Set("пфктсшщчцхбвгд".unicodeScalars)

    // The first letter of an ending follows the last of the stem: «емхана-ға», «мектеп-ке», «станция-сы», «бөлім-і».
    private static func mayPrecede(_ stem: ArraySlice<Unicode.Scalar>, _ ending: [Unicode.Scalar]) -> Bool {
        guard let last = stem.last, let first = ending.first else { return false }
        switch first {
        case "к", "т", "п": return voiceless.contains(last)
        case "г", "д", "б": return !voiceless.contains(last)
        case "л": return vowels.contains(last) || last == "р" || last == "й"
        case "с": return vowels.contains(last)
        case "н": return mayPrecedeN(stem, last, ending)
        default: return ending.count > 1 || !vowels.contains(last)
        }
    }

    // «-на», «-нда» stand only after a possessive; «-нан» also after a nasal, «-ны», «-ның» after any vowel or a nasal.
    // But «ауданы» is «аудан» with a possessive: after а or е a short stem is not believed.
    private static func mayPrecedeN(
        _ stem: ArraySlice<Unicode.Scalar>,
        _ last: Unicode.Scalar,
        _ ending: [Unicode.Scalar]
    ) -> Bool {
        if last == "ы" || last == "и" { return true }
        let isLocal = ending.count == 2 ? ending[1] == "а" || ending[1] == "е" : ending[1] == "д"
        if isLocal { return false }
        if last == "н" || last == "м" { return true }
        let isAblative = ending.count == 3 && (ending[1] == "а" || ending[1] == "е")
        return !isAblative && (last == "а" || last == "е" || last == "я") && stem.count >= 5
    }

    // Longest first. Folded: і is и, ң is н, ғ is г, қ is к.
    private static let cases =
        words("нын нин дын дин тын тин нда нде дан ден тан тен нан нен мен бен пен")
        + words("га ге ка ке на не ны ни ды ди ты ти да де та те")
    private static let longPossessives = words("ымыз имиз ыныз иниз мыз миз сы си")
    private static let plurals = words("лар лер дар дер тар тер")

    private static let shortPossessives = words("ы и")

    private static func words(_ list: String) -> [[Unicode.Scalar]] {
        list.split(separator: " ").map { Array($0.unicodeScalars) }
    }
}
