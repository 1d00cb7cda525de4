/// Names of buildings and businesses that people put next to an address: «ТЦ "Москва", 8 мкр 37/1».
///
/// Such a name is not another town and casts no doubt on the address. It may still be a street's name, as in «ТЦ Достык
/// Плаза».
enum Premises {
    private static let longestName = 3

    /// Whether each token is such a word or part of the name after it; all false where nothing can be a house.
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
