import Testing

@testable import Gazetteer

@Suite struct QuestionTests {
    private func question(_ text: String) -> Question { Question(Token.tokens(of: text)) }

    private func houses(_ text: String) -> [String] { question(text).houseGroups(beside: []).map(\.house.key) }

    @Test(arguments: [
        ("пр. Абая 52", "52"), ("ул. Розыбакиева, д. 247 А, кв 5", "247а"), ("Абая 12/1", "12/1"),
        ("Сатпаева 164 корпус 4", "164к4"), ("Сатпаева 164к4", "164к4"), ("Абай даңғылы, 10-үй, 5-пәтер", "10"),
        ("10 Abay Avenue", "10"), ("Абая 39-41", "39-41"), ("Абая 52 г. Алматы", "52"), ("Абая 10 в Алматы", "10"),
    ])
    func readsTheHouse(text: String, house: String) {
        #expect(houses(text) == [house])
    }

    @Test(arguments: [
        ("Абая 10 кв. 5", "5"), ("Абай 10, 5-пәтер", "5"), ("Абая 10 офис 301", "301"),
        ("Абая 10, 2 подъезд 3 этаж", "2"),
    ])
    func aFlatDoesNotMoveThePin(text: String, unit: String) {
        #expect(question(text).unit == unit)
        #expect(houses(text) == ["10"])
    }

    @Test func noNumberNoHouse() { #expect(houses("проспект Абая").isEmpty) }

    @Test("An abbreviation in two parts is one type word", arguments: ["р-н", "пр-т", "мкр-н", "ы.а.", "с/т", "б-р"])
    func abbreviations(text: String) {
        #expect(question("Абая " + text).meanings.last?.isEmpty == false)
    }

    @Test("A type word is known in any case", arguments: ["көшесіндегі", "проспектом", "ықшамауданында", "улицами"])
    func declinedTypes(text: String) { #expect(question(text).meanings[0].isEmpty == false) }

    @Test(arguments: [("Астана, Абая 10", true), ("Нур-Султан Абая 10", true), ("Алматы, Абая 10", false)])
    func otherTowns(text: String, isElsewhere: Bool) {
        #expect((question(text).elsewhere != nil) == isElsewhere)
    }

    @Test func readsNoMoreThanItsLimit() {
        #expect(question(String(repeating: "абая ", count: 2_000)).tokens.count == Question.mostTokens)
    }
}
