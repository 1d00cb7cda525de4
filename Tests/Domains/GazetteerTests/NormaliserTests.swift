import Testing

@testable import Gazetteer

@Suite struct NormaliserTests {
    @Test(arguments: [
        ("Әуезов", "ауезов"), ("ӘУЕЗОВ", "ауезов"), ("Ёлка", "елка"), ("Қабанбай батыр", "кабанбай батыр"),
        ("«Достық»", "достык"), ("Самал‑2", "самал-2"), ("№ 5", "  5"), ("Түрксіб", "турксиб"),
    ])
    func folds(text: String, folded: String) {
        #expect(Normaliser.fold(text) == folded)
    }

    @Test("A Latin look-alike inside a Cyrillic word becomes Cyrillic; a Latin word stays Latin")
    func lookalikes() {
        #expect(Normaliser.fold("Aбая") == "абая")
        #expect(Normaliser.fold("Əуезов") == "ауезов")
        #expect(Normaliser.fold("Abay") == "abay")
    }

    @Test("Decomposed letters match composed ones")
    func decomposed() {
        #expect(Normaliser.fold("Тои\u{306}ынбек") == Normaliser.fold("Тойынбек"))
        #expect(Normaliser.fold("Королe\u{308}ва") == Normaliser.fold("Королёва"))
    }

    @Test func foldingTwiceChangesNothing() {
        for text in ["Қонаев к-сі, 12/1", "İstanbul", "ÀÉÎ", "\u{200F}абв", "🏙 Алматы", ""] {
            let once = Normaliser.fold(text)
            #expect(Normaliser.fold(once) == once)
        }
    }
}
