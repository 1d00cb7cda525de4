import Testing

@testable import Gazetteer

@Suite struct RussianStemTests {
    @Test(
        "Every case and number of a common noun or adjective has the same stem",
        arguments: [
            [
                "поликлиника", "поликлиники", "поликлинику", "поликлиникой", "поликлиникам", "поликлиниками",
                "поликлиник",
            ],
            ["школа", "школы", "школе", "школу", "школой", "школ", "школам", "школах"],
            ["библиотека", "библиотеки", "библиотек", "библиотекам"],
            ["площадка", "площадки", "площадок", "площадкам"],
            ["рынок", "рынка", "рынки", "рынков"],
            ["детский", "детская", "детского", "детскому", "детские", "детских"],
            ["станция", "станции", "станций", "станцию", "станциями"],
            ["музеи", "музеев", "музеям", "музей"],
            ["центр", "центра", "центру", "центры", "центров", "центрами"],
        ]
    )
    func oneStem(_ forms: [String]) {
        #expect(Set(forms.map(RussianStem.stem)).count == 1)
    }

    @Test("Different words stay apart", arguments: [("парк", "паркинг"), ("больница", "большой"), ("суд", "судно")])
    func apart(_ one: String, _ other: String) {
        #expect(RussianStem.stem(one) != RussianStem.stem(other))
    }

    @Test("A word that is not Russian is its own stem", arguments: ["", "а", "сад", "park", "25а", "абвг1"])
    func untouched(_ word: String) {
        #expect(RussianStem.stem(word) == word)
    }
}
