import Testing

@testable import Gazetteer

@Suite struct WordTableTests {
    @Test("A table finds what a dictionary finds")
    func agreesWithDictionary() {
        var random = SystemRandomNumberGenerator()
        let letters = Array("абвabc019-")
        func word() -> String {
            String(
                (0..<Int.random(in: 0...5, using: &random)).map { _ in letters.randomElement(using: &random) ?? "а" }
            )
        }
        let entries = (0..<2_000).map { (word(), $0) }
        let dictionary = Dictionary(entries, uniquingKeysWith: { first, _ in first })
        let table = WordTable(entries)
        for asked in entries.map(\.0) + (0..<2_000).map({ _ in word() }) {
            #expect(table[asked] == dictionary[asked], "\(asked)")
            #expect(table.contains(asked) == (dictionary[asked] != nil))
        }
    }

    @Test func anEmptyTableFindsNothing() {
        let table = WordTable<Int>([])
        #expect(table[""] == nil && table["абай"] == nil)
        #expect(WordTable([("", 1)])[""] == 1)
    }

    @Test("Words with different bytes are different: they are folded beforehand")
    func bytesDecide() {
        let table = WordTable(words: ["й"])
        #expect(table.contains("й") && !table.contains("и\u{306}"))
    }

    @Test("Letters and words convert into each other", arguments: ["", "а", "п", "р", "я", "поликлиника", "щука"])
    func letters(word: String) throws {
        #expect(CyrillicLetters.word(try #require(CyrillicLetters.letters(of: word))) == word)
    }

    @Test("Other letters are rejected", arguments: ["ё", "қ", "a", "а1", "А", " "])
    func otherLetters(word: String) {
        #expect(CyrillicLetters.letters(of: word) == nil)
    }

    @Test func aLetterSetHoldsItsLetters() throws {
        let set = LetterSet("аяп")
        let all = try #require(CyrillicLetters.letters(of: "абвгдежзийклмнопрстуфхцчшщъыьэюя"))
        #expect(all.count == 32)
        #expect(all.filter(set.contains).map { CyrillicLetters.word([$0]) } == ["а", "п", "я"])
    }
}
