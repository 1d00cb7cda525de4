import Testing

@testable import Gazetteer

@Suite struct AddressParserTests {
    private func best(_ text: String) -> AddressReading? { AddressParser().readings(of: Token.tokens(of: text)).first }

    @Test(arguments: [
        ("пр. Абая 52", "52"), ("ул. Розыбакиева, д. 247 А, кв 5", "247а"), ("Абая 12/1", "12/1"),
        ("Сатпаева 164 корпус 4", "164к4"), ("Сатпаева 164к4", "164к4"), ("мкр Самал-2, 58", "58"),
        ("Самал-2 ықшамауданы, 58-үй", "58"), ("Абай даңғылы, 10-үй, 5-пәтер", "10"), ("10 Abay Avenue", "10"),
        ("Абая 39-41", "39-41"), ("Абая 52 г. Алматы", "52"),
    ])
    func readsTheHouse(text: String, house: String) {
        #expect(best(text)?.house == house)
    }

    @Test(arguments: [("Абая 10 кв. 5", "5"), ("Абай 10, 5-пәтер", "5"), ("Абая 10 офис 301", "301")])
    func aFlatDoesNotMoveThePin(text: String, unit: String) {
        #expect(best(text)?.unit == unit)
        #expect(best(text)?.house == "10")
    }

    @Test func noNumberNoHouse() { #expect(best("проспект Абая")?.house == nil) }

    @Test("Spellings of one house have one key")
    func houseKeys() {
        #expect(AddressReading.houseKey("48А") == AddressReading.houseKey("48 а"))
        #expect(AddressReading.houseKey("48-А") == AddressReading.houseKey("48а"))
        #expect(AddressReading.houseKey("164 к4") == AddressReading.houseKey("164 корпус 4"))
        #expect(AddressReading.houseKey("12/1") != AddressReading.houseKey("121"))
    }
}
