/// What a word is found by beside itself: its stems in either language and its sounds.
struct WordForms: Sendable {
    /// Cut as a Russian noun or adjective.
    let russian: String
    /// Cut as a Kazakh noun.
    let kazakh: String
    /// Its sounds, in two ways when a Latin letter may be either; the first is that of known words.
    let sounds: [String]

    init(_ word: String) {
        russian = RussianStem.stem(word)
        kazakh = KazakhStem.stem(word)
        sounds = SoundKey.keys(ofTyped: word)
    }
}
