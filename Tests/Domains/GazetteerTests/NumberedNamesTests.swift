import Civic
import TestSupport
import Testing

@testable import Gazetteer

/// Names that differ only by a number or a letter.
@Suite struct NumberedNamesTests {
    private func answer(_ query: String) throws -> GeocodeAnswer {
        Geocoder(try EmbeddedSnapshot.city()).answer(query, language: .ru)
    }

    @Test(
        "A letter after a microdistrict's number is part of its name",
        arguments: [
            "мкр Аксай 3 Б, 12", "Аксай 3б 12", "Аксай-3 «Б» д. 12", "Ақсай-3Б ықшамауданы, 12 үй",
            "мкр. Аксай-3 б, д. 12",
            "Aksay-3B, 12",
        ]
    )
    func letterOfName(query: String) throws {
        let parsed = try answer(query).parsed
        #expect(parsed.microdistrict == "микрорайон Аксай-3Б")
        #expect(parsed.house == "12")
    }

    @Test(
        "With a letter that no name has, the answer is only a guess",
        arguments: [
            "мкр Аксай 2 Б, 12", "Аксай-4 б 12", "мкр. Орбита-2 «А», д. 5", "мкр. Орбита-2 «А», дом № 5",
            "мкр. Самал-1 б, үй 5",
        ]
    )
    func unknownLetter(query: String) throws {
        #expect(try answer(query).results.allSatisfy { $0.confidence < 0.5 })
    }

    @Test(
        "Roman numerals match the numbers in names",
        arguments: [
            ("Самал-II", "микрорайон Самал-2", nil), ("Самал II 12", "микрорайон Самал-2", "12"),
            ("мкр. Самал-ІІ, 12", "микрорайон Самал-2", "12"), ("Самал-Ⅱ 12", "микрорайон Самал-2", "12"),
            ("Самал-П, д. 12", "микрорайон Самал-2", "12"), ("Таугуль I", "микрорайон Таугуль-1", nil),
            ("Орбита III, 5", "микрорайон Орбита-3", "5"), ("«Орбита-ІІІ» ш/а, 5-үй", "микрорайон Орбита-3", "5"),
            ("Калкаман-II", "микрорайон Калкаман-2", nil), ("VIII мкр, 37/2", "8-й микрорайон", "37/2"),
        ] as [(String, String, String?)]
    )
    func romanNumerals(query: String, expected: String, house: String?) throws {
        let answer = try answer(query)
        #expect(answer.parsed.microdistrict == expected)
        #expect(answer.parsed.house == house)
        #expect(try #require(answer.results.first).confidence > 0.75)
    }

    @Test("Text that looks like a numeral may be a word or a title", arguments: ["Абая и Манаса", "Абая x Манаса"])
    func noNumerals(query: String) throws {
        #expect(try answer(query).results.first?.kind == .intersection)
    }

    @Test(
        "A number is never corrected to another",
        arguments: [
            "22 линия 45", "линия 45", "8А мкр 12", "23-й переулок", "14 мкр 5", "15-й микрорайон, 3", "Аксай-6, 12",
            "Самал-IV, 5",
            "Самал-4, 12", "6-я Кирпичнозаводская, 12", "3-я Братская 5",
        ]
    )
    func unknownNumbers(query: String) throws {
        #expect(try answer(query).results.filter { $0.kind != .organization }.allSatisfy { $0.confidence < 0.5 })
    }

    @Test(
        "A type word between two numbers belongs to the first",
        arguments: [
            ("8 мкр 12", "8-й микрорайон", "12"), ("5 мкр 12", "5-й микрорайон", "12"),
            ("10 А мкр 5", "микрорайон 10А", "5"),
            ("37/2 мкр 8", "8-й микрорайон", "37/2"), ("дом 37/2 мкр 8", "8-й микрорайон", "37/2"),
        ]
    )
    func numberBeforeTypeWord(query: String, expected: String, house: String) throws {
        let parsed = try answer(query).parsed
        #expect(parsed.microdistrict == expected)
        #expect(parsed.house == house)
    }

    @Test("A number after a street's type word is its house") func houseBehindTypeWord() throws {
        #expect(try answer("Қалқаман-ІІ ш/а, Әуезов көшесі 15").results.first?.house != nil)
    }
}
