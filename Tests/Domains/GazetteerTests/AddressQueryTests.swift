import Testing

@testable import Gazetteer

@Suite struct AddressQueryTests {
    private func query(_ text: String) -> AddressQuery { AddressQuery(Token.tokens(of: text)) }

    private func houses(_ text: String) -> [String] { query(text).houseGroups(beside: []).map(\.house.key) }

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
        ("Абая 10, 2 подъезд 3 кв", "3"), ("Абая 10, бутик 45", "45"), ("Абая 10, 301-303 каб", "301-303"),
    ])
    func aFlatDoesNotChangeThePosition(text: String, unit: String) {
        #expect(query(text).unit == unit)
        #expect(houses(text) == ["10"])
    }

    @Test("Floors and entrances are not flats") func floorAndEntrance() {
        let nonAddress = query("Абая 10, 2 подъезд 3 этаж").nonAddress
        #expect(nonAddress.unit == nil)
        #expect(nonAddress.floor == "3")
        #expect(nonAddress.entrance == "2")
    }

    @Test(
        "The only number next to a label is the house; a small one before a floor is the floor",
        arguments: [
            ("Абая 10 кв", ["10"]), ("Абая 10, кв", ["10"]), ("Абая 10/2 офис", ["10/2"]), ("Мега 2 этаж", []),
            ("8 мкр 37/2 кв", ["8", "37/2"]), ("Абая кв 10", []), ("Абая д. 10 кв 5 этаж", ["10"]),
        ]
    )
    func onlyNumber(text: String, expected: [String]) { #expect(houses(text) == expected) }

    @Test(
        "Telephone numbers, postal codes and other labelled numbers are not houses",
        arguments: [
            "Абая 10, тел. +7 (727) 250-10-20", "тел. 87272501020, Абая 10", "Абая 10, домофон 8", "Абая 10, бутик 45",
            "A15G7M6, Абая 10", "А15G7М6 Абая 10", "Абая 10 кв. 5 домофон",
        ]
    )
    func otherNumbers(text: String) { #expect(houses(text) == ["10"]) }

    @Test(arguments: ["a15g7", "A-15-G-7-M-6", "15A7G6M"]) func noPostalCode(text: String) {
        #expect(!query(text).isNonAddress.contains(true))
    }

    @Test("The region is part of the address; on its own, its name may be a street")
    func region() {
        #expect(query("Алматинская область, г. Алматы, Абая 10").isWord(0) == false)
        #expect(query("Алматинская 10").isWord(0))
        #expect(query("Жамбылская область").isWord(0))
    }

    @Test func aTextWithoutNumberIsNotAHouse() { #expect(houses("проспект Абая").isEmpty) }

    @Test("A two-part abbreviation is one type word", arguments: ["р-н", "пр-т", "мкр-н", "ы.а.", "с/т", "б-р"])
    func abbreviations(text: String) {
        #expect(query("Абая " + text).meanings.last?.isEmpty == false)
    }

    @Test("A type word is known in any case", arguments: ["көшесіндегі", "проспектом", "ықшамауданында", "улицами"])
    func declinedTypes(text: String) { #expect(query(text).meanings[0].isEmpty == false) }

    @Test(arguments: [("Астана, Абая 10", true), ("Нур-Султан Абая 10", true), ("Алматы, Абая 10", false)])
    func otherTowns(text: String, isInOtherTown: Bool) {
        #expect((query(text).otherTown != nil) == isInOtherTown)
    }

    @Test func readsNoMoreThanItsLimit() {
        #expect(query(String(repeating: "абая ", count: 2_000)).tokens.count == AddressQuery.maxTokens)
    }
}
