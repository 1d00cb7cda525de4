import Testing

@testable import Gazetteer

@Suite struct CollationTests {
    private func sorted(_ names: [String]) -> [String] {
        names.sorted { Collation.key($0).lexicographicallyPrecedes(Collation.key($1)) }
    }

    @Test func kazakhAlphabet() {
        let alphabet = "А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы І Ь Э Ю Я".split(
            separator: " "
        )
        .map(String.init)
        #expect(sorted(alphabet.reversed()) == alphabet)
    }

    @Test func numbersByValue() {
        #expect(
            sorted(["№ 25 мектеп", "№ 5 мектеп", "№ 103 мектеп"]) == ["№ 5 мектеп", "№ 25 мектеп", "№ 103 мектеп"]
        )
    }

    @Test func digitsBeforeLatinBeforeCyrillic() {
        #expect(sorted(["Абай", "Mega", "28 гвардейцев"]) == ["28 гвардейцев", "Mega", "Абай"])
    }
}
