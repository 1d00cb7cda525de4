/// Latin letters in house numbers: plates use Cyrillic letters, but people type "174A", and English labels show "12B".
enum LatinHouseLetters {
    /// A house with its Latin letters as Cyrillic ones.
    ///
    /// - Parameters:
    ///   - house: a folded house number, lower case.
    ///   - bySoundFirst: whether "b" is read as б (as in a Latin address) before в (which it looks like).
    /// - Returns: the more likely spelling, and the other one where it differs.
    static func spellings(of house: String, bySoundFirst: Bool) -> (first: String, other: String?) {
        guard house.utf8.contains(where: { (0x61...0x7A).contains($0) }) else { return (house, nil) }
        let byLook = String(house.map { looks[$0] ?? sounds[$0] ?? $0 })
        let bySound = String(house.map { sounds[$0] ?? $0 })
        let first = bySoundFirst ? bySound : byLook
        let other = bySoundFirst ? byLook : bySound
        return (first, other == first ? nil : other)
    }

    // Matched by capital letters, which plates use.
    private static let looks: [Character: Character] = [
        "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "k": "к", "m": "м", "o": "о", "p": "р", "t": "т", "x": "х",
        "y": "у",
    ]

    private static let sounds: [Character: Character] = [
        "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж", "k": "к",
        "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
        "w": "в", "x": "х", "y": "у", "z": "з",
    ]
}
