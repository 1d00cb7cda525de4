/// The forms by which a word is found besides itself: its stems in both languages and its sounds.
struct WordForms: Sendable {
    /// Stripped as a Russian noun or adjective.
    let russian: String
    /// Stripped as a Kazakh noun.
    let kazakh: String
    /// Its sounds; two when a Latin letter is ambiguous, of which the first is the one used for known words.
    let sounds: [String]

    init(_ word: String) {
        russian = RussianStem.stem(word)
        kazakh = KazakhStem.stem(word)
        sounds = SoundKey.keys(ofTyped: word)
    }
}
