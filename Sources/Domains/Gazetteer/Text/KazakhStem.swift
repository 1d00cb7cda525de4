/// Strips the endings of case, possession and number from a Kazakh noun: «емханаға», «емханалар» → «емхана», «мектебі» →
/// «мектеп».
///
/// Works on folded words, so also on Kazakh typed without its own letters. For common nouns only. The order of endings
/// (stem, plural, possession, case) and their vowel harmony follow standard Kazakh grammar; where folding has made a vowel
/// ambiguous (ә, ө, ү, і), both harmonies are accepted.
public enum KazakhStem {
    private static let shortest = 3

    /// The stem of a folded word; a word in other letters or too short to strip is its own stem.
    public static func stem(_ word: String) -> String {
        guard let letters = CyrillicLetters.letters(of: word), letters.count > shortest else { return word }
        var stem = letters[...]
        cutCase(&stem)
        cutPossession(&stem)
        _ = cut(plurals, from: &stem)
        return CyrillicLetters.word(stem)
    }

    // «мектебін», «емханасын»: after a possessive the accusative is a bare н.
    private static func cutCase(_ stem: inout ArraySlice<UInt8>) {
        if cut(cases, from: &stem) { return }
        let before = stem.dropLast()
        guard stem.last == Letter.n, before.last == Letter.y || before.last == Letter.i, before.count > shortest else {
            return
        }
        stem = before
    }

    private static func cutPossession(_ stem: inout ArraySlice<UInt8>) {
        if cut(longPossessives, from: &stem) { return }
        guard cut(shortPossessives, from: &stem) else { return }
        // Before a vowel п, к and қ have become б, г and ғ.
        switch stem.last {
        case Letter.b: stem = (stem.dropLast() + [Letter.p])[...]
        case Letter.g: stem = (stem.dropLast() + [Letter.k])[...]
        default: break
        }
    }

    private static func cut(_ endings: [[UInt8]], from stem: inout ArraySlice<UInt8>) -> Bool {
        for letters in endings {
            guard letters.last == stem.last, stem.count - letters.count >= shortest,
                stem.suffix(letters.count).elementsEqual(letters)
            else { continue }
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

    private static func harmony(_ letter: UInt8) -> Harmony? {
        if letter == Letter.y { return .back }
        if front.contains(letter) { return .front }
        return vowels.contains(letter) ? .either : nil
    }

    // The last vowel of the stem and the first of the ending must both be back or both front. In endings і is folded to и.
    private static func harmonises(_ stem: ArraySlice<UInt8>, _ ending: [UInt8]) -> Bool {
        guard let last = stem.last(where: vowels.contains).flatMap(harmony) else { return false }
        guard let vowel = ending.first(where: vowels.contains) else { return true }
        let isBack = vowel == Letter.a || vowel == Letter.y
        switch last {
        case .either: return true
        case .back: return isBack
        case .front: return !isBack
        }
    }

    private static let vowels = LetterSet("аеиоуыэюя")
    private static let front = LetterSet("еэ")
    private static let voiceless = LetterSet("пфктсшщчцхбвгд")
    private static let afterVoiceless = LetterSet("ктп")
    private static let afterVoiced = LetterSet("гдб")
    private static let mayCarryL = LetterSet("аеиоуыэюярй")
    private static let nasals = LetterSet("нм")
    private static let open = LetterSet("аея")

    private enum Letter {
        static let a = UInt8(0)
        static let b = UInt8(1)
        static let g = UInt8(3)
        static let d = UInt8(4)
        static let e = UInt8(5)
        static let i = UInt8(8)
        static let k = UInt8(10)
        static let l = UInt8(11)
        static let n = UInt8(13)
        static let p = UInt8(15)
        static let s = UInt8(17)
        static let y = UInt8(27)
    }

    // The first letter of an ending depends on the last of the stem: «емхана-ға», «мектеп-ке», «станция-сы», «бөлім-і».
    private static func mayPrecede(_ stem: ArraySlice<UInt8>, _ ending: [UInt8]) -> Bool {
        guard let last = stem.last, let first = ending.first else { return false }
        if afterVoiceless.contains(first) { return voiceless.contains(last) }
        if afterVoiced.contains(first) { return !voiceless.contains(last) }
        switch first {
        case Letter.l: return mayCarryL.contains(last)
        case Letter.s: return vowels.contains(last)
        case Letter.n: return mayPrecedeN(stem, last, ending)
        default: return ending.count > 1 || !vowels.contains(last)
        }
    }

    // «-на», «-нда» follow only a possessive; «-нан» also follows a nasal, «-ны» and «-ның» any vowel or a nasal. But
    // «ауданы» is «аудан» with a possessive, so after а or е a short stem is not accepted.
    private static func mayPrecedeN(
        _ stem: ArraySlice<UInt8>,
        _ last: UInt8,
        _ ending: [UInt8]
    ) -> Bool {
        if last == Letter.y || last == Letter.i { return true }
        let isOpen = ending[1] == Letter.a || ending[1] == Letter.e
        let isLocal = ending.count == 2 ? isOpen : ending[1] == Letter.d
        if isLocal { return false }
        if nasals.contains(last) { return true }
        let isAblative = ending.count == 3 && isOpen
        return !isAblative && open.contains(last) && stem.count >= 5
    }

    // Longest first. Folded: і is и, ң is н, ғ is г, қ is к.
    private static let cases =
        words("нын нин дын дин тын тин нда нде дан ден тан тен нан нен мен бен пен")
        + words("га ге ка ке на не ны ни ды ди ты ти да де та те")
    private static let longPossessives = words("ымыз имиз ыныз иниз мыз миз сы си")
    private static let plurals = words("лар лер дар дер тар тер")

    private static let shortPossessives = words("ы и")

    private static func words(_ list: String) -> [[UInt8]] {
        list.split(separator: " ").compactMap { CyrillicLetters.letters(of: String($0)) }
    }
}
