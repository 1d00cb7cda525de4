import Testing

@testable import Gazetteer

@Suite struct AddressAbbreviationTests {
    private func joined(_ text: String) -> [String] {
        AddressAbbreviation.joined(Token.tokens(of: text)).map(\.text)
    }

    @Test(arguments: [
        ("8 ш/а", ["8", "ш/а"]), ("516 т/ц", ["516", "т/ц"]), ("516т/ц", ["516", "т/ц"]),
        ("34/1б/ц", ["34", "1", "б/ц"]),
        ("мк-р 8", ["мк/р", "8"]), ("шағын ауданы", ["шагын/аудан"]), ("8 ш.а.", ["8", "ш/а"]),
        ("12а/1", ["12а", "1"]), ("12 а/1", ["12", "а", "1"]), ("Абая/Достык", ["абая", "достык"]),
        ("Территория СТ Заря", ["территория", "с/т", "заря"]),
        ("Ст Заря", ["ст", "заря"]),
    ])
    func joins(text: String, words: [String]) { #expect(joined(text) == words) }

    @Test("Initials are not abbreviations") func initials() {
        #expect(joined("ул. Ш.А. Айманова 5") == ["ул", "ш", "а", "айманова", "5"])
        #expect(joined("М.Р. Сагдиев") == ["м", "р", "сагдиев"])
    }

    @Test("A spelled-out ordinal is a number only before a floor or microdistrict") func ordinals() {
        #expect(joined("на втором этаже") == ["на", "2", "этаже"])
        #expect(joined("восьмой микрорайон") == ["8", "микрорайон"])
        #expect(joined("первый переулок") == ["первый", "переулок"])
    }

    @Test("Two unknown letters with a slash have no meaning")
    func unknownLetters() {
        #expect(AddressAbbreviation.meanings(of: "х/у") == [.at])
        #expect(AddressAbbreviation.meanings(of: "ху") == nil)
    }
}
