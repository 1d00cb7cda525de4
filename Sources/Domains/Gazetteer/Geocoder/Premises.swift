/// The names of premises that people put beside an address: «ТЦ "Москва", 8 мкр 37/1».
///
/// Such a name is no town and no doubt about the address. It may still be a street's, «ТЦ Достык Плаза» or not.
enum Premises {
    private static let longestName = 3

    /// Whether each token is such a word or of the name behind it; none where nothing can be a house.
    static func find(in tokens: [Token], _ meanings: [[AddressWord]]) -> [Bool] {
        var found = [Bool](repeating: false, count: tokens.count)
        guard tokens.contains(where: \.isNumber) else { return found }
        for index in tokens.indices where kinds.contains(tokens[index].text) {
            found[index] = true
            var next = index + 1
            while next < tokens.count, next - index <= longestName, !tokens[next].isNumber, meanings[next].isEmpty,
                tokens[next].separator != .comma || next == index + 1 && tokens[next].followsBracket
            {
                found[next] = true
                next += 1
            }
        }
        return found
    }

    private static let kinds = WordTable(
        words: [
            "тц", "трц", "трк", "тд", "тк", "тоц", "бц", "жк", "мжк", "т/ц", "б/ц", "ж/к", "т/д", "т/к", "рынок",
            "рынка",
            "базар", "базары", "кафе", "ресторан", "гостиница", "отель", "кинотеатр", "магазин", "супермаркет", "маг/н",
        ]
    )
}
