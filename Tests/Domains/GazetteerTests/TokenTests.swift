import Testing

@testable import Gazetteer

@Suite struct TokenTests {
    @Test(arguments: [
        ("пр. Абая, 52", ["пр", "абая", "52"]), ("сатпаева8", ["сатпаева", "8"]), ("247а", ["247а"]),
        ("мкр.Самал-2", ["мкр", "самал", "2"]), ("2-й микрорайон", ["2", "микрорайон"]), ("5мкр", ["5", "мкр"]),
        ("12/1", ["12", "1"]), ("", []), ("…!?", []),
        ("мкр N 8", ["мкр", "8"]), ("дом No8", ["дом", "8"]), ("школа номер 12", ["школа", "12"]), ("N", ["n"]),
        ("3rd floor", ["3", "floor"]), ("95 st", ["95", "st"]), ("в 8-м мкр", ["в", "8", "мкр"]),
        ("52-М", ["52", "м"]),
    ])
    func splits(text: String, words: [String]) {
        #expect(Token.tokens(of: text).map(\.text) == words)
    }

    @Test func recordsTheSeparatorBefore() {
        let separators = Token.tokens(of: "ул. Абая,12/1-а").map(\.separator)
        #expect(separators == [.space, .stop, .comma, .slash, .hyphen])
    }

    @Test("A hyphen with spaces joins numbers, not words")
    func spacedHyphen() {
        #expect(Token.tokens(of: "39 - 41").map(\.separator) == [.space, .hyphen])
        #expect(Token.tokens(of: "39а – 41").map(\.separator) == [.space, .hyphen])
        #expect(Token.tokens(of: "Абая - Манаса").map(\.separator) == [.space, .space])
        #expect(Token.tokens(of: "Самал - 2").map(\.separator) == [.space, .space])
    }

    @Test func remembersClosingBrackets() {
        #expect(Token.tokens(of: "158 (кв. 1), 160").map(\.followsBracket) == [false, false, false, true])
    }

    @Test("Splitting always terminates and keeps no separators, whatever is typed", arguments: 0..<50)
    func hostile(seed: Int) {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("аА9-/.,( )\"№\u{200F}\u{0}😀é́łß中\n\t'")
        let text = String((0..<200).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
        for token in Token.tokens(of: text) {
            #expect(!token.text.isEmpty)
            #expect(!token.text.contains(where: { "-/., ".contains($0) }), "seed \(seed)")
        }
    }
}
