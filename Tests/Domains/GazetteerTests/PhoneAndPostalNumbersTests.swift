import Civic
import TestSupport
import Testing

@testable import Gazetteer

/// Telephones, postal codes and rooms are not houses.
@Suite struct PhoneAndPostalNumbersTests {
    @Test(
        "Postal codes and telephones do not affect the house",
        arguments: [
            "Абая 52, 050000", "050000, Абая 52", "г. Алматы, 050010, ул. Абая 52", "Абая 52, A05E5D3",
            "A05E5D3 Абая 52",
            "A05 E5D3, Абая 52", "Абая 52, А05Е5D3", "Абая 52, 87012345678", "Абая 52 +7 701 234 56 78",
            "Абая 52, 8 (727) 123-45-67", "Абая 52, 8-701-234-56-78", "Абая 52, 234-56-78",
            "Абая 52, сот. 8 701 234 5678",
            "Абай даңғылы 52-үй, ұялы 8 701 234 56 78",
        ]
    )
    func codesAndTelephones(query: String) throws {
        let answer = Geocoder(try EmbeddedSnapshot.city()).answer(query, language: .ru)
        #expect(answer.parsed.street == "проспект Абая")
        #expect(answer.parsed.house == "52")
        #expect(answer.parsed.flat == nil)
        #expect(try #require(answer.results.first).confidence > 0.95)
    }

    @Test("Ranges of houses are not telephone numbers", arguments: ["Абая 39-41", "Абая 103–107", "Абая 10, 12, 14"])
    func ranges(query: String) {
        #expect(
            !PhoneAndPostalNumbers(Token.tokens(of: query), [[]] + Array(repeating: [], count: 8)).isTaken.contains(
                true
            )
        )
    }

    @Test(
        "Rooms with any label",
        arguments: [
            ("Абая 52, оф-с 5", "5"), ("Абая 52, п. 3", "3"), ("Абая 52 VIP 4", "4"), ("Абая 52, бут. 7", "7"),
            ("Абая 52, оф. 12 б", "12б"), ("Абая 52, кв. 5, 050000", "5"), ("Абая 52, зал 5", "5"),
            ("Абая 52, офис 12 б, 54", "12б, 54"),
        ]
    )
    func rooms(query: String, flat: String) throws {
        let answer = Geocoder(try EmbeddedSnapshot.city()).answer(query, language: .ru)
        #expect(answer.parsed.house == "52")
        #expect(answer.parsed.flat == flat)
    }
}
