/// Strips case endings from a Kazakh name: «Сәтбаевтың», «Манаста», «Абайдан».
///
/// Covers only endings that names themselves rarely have; the result counts only if it is a known word.
enum KazakhCases {
    private static let endings: [[UInt8]] = [
        "ындагы", "индеги", "ынын", "инин", "нын", "нин", "дын", "дин", "тын", "тин", "дагы", "деги", "таги", "тагы",
        "теги", "нан", "нен", "дан", "ден", "тан", "тен", "мен", "бен", "пен", "га", "ге", "ка", "ке", "да", "де", "та",
        "те", "ны", "ни", "ды", "ди", "ты", "ти",
    ].compactMap(CyrillicLetters.letters)

    /// The word without each ending that it may have; at least three letters remain.
    static func bare(_ word: String) -> [String] {
        guard let letters = CyrillicLetters.letters(of: word) else { return [] }
        return endings.compactMap { ending in
            guard letters.last == ending.last, letters.count >= ending.count + 3,
                letters.suffix(ending.count).elementsEqual(ending)
            else { return nil }
            return CyrillicLetters.word(letters.dropLast(ending.count))
        }
    }
}
