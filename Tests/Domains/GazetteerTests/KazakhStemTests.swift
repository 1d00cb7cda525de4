import Testing

@testable import Gazetteer

@Suite struct KazakhStemTests {
    @Test(
        "Every case, possessive and plural of a common noun has the same stem",
        arguments: [
            [
                "емхана", "емханалар", "емханаға", "емханада", "емханадан", "емхананың", "емхананы", "емханасы",
                "емханасына", "емханасында", "емханаларға",
            ],
            [
                "мектеп", "мектебі", "мектептер", "мектепке", "мектепте", "мектебінде", "мектебіне", "мектептің",
                "мектептері",
            ],
            ["аурухана", "ауруханалар", "ауруханасы", "ауруханаға"],
            ["балабақша", "балабақшалар", "балабақшасы", "балабақшада"],
            ["кітапхана", "кітапханасы", "кітапханаға", "кітапханалар"],
            ["орталық", "орталығы", "орталығында", "орталықтар", "орталыққа"],
            ["бөлім", "бөлімі", "бөлімдер", "бөлімге"],
            ["аудан", "ауданы", "ауданында", "аудандар"],
        ]
    )
    func oneStem(_ forms: [String]) {
        #expect(Set(forms.map { KazakhStem.stem(Normaliser.fold($0)) }) == [Normaliser.fold(forms[0])])
    }

    @Test(
        "Endings that break vowel harmony or follow the wrong letter are not stripped",
        arguments: ["аптека", "библиотека", "школа"]
    )
    func untouched(_ word: String) {
        #expect(KazakhStem.stem(word) == word)
    }

    @Test("A word that is not Kazakh is its own stem", arguments: ["", "а", "сад", "park", "25а"])
    func foreign(_ word: String) {
        #expect(KazakhStem.stem(word) == word)
    }
}
