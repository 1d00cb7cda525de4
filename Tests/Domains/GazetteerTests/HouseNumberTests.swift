import Testing

@testable import Gazetteer

@Suite struct HouseNumberTests {
    @Test("Different spellings of a house have the same key")
    func keys() {
        #expect(HouseNumber.key(of: "48А") == HouseNumber.key(of: "48 а"))
        #expect(HouseNumber.key(of: "48-А") == HouseNumber.key(of: "48а"))
        #expect(HouseNumber.key(of: "164 к4") == HouseNumber.key(of: "164 корпус 4"))
        #expect(HouseNumber.key(of: "48A") == HouseNumber.key(of: "48А"))
        #expect(HouseNumber.key(of: "2A/1") == HouseNumber.key(of: "2а/1"))
        #expect(HouseNumber.key(of: "164, 4 корпус") == HouseNumber.key(of: "164 к4"))
        #expect(HouseNumber.key(of: "12/1") != HouseNumber.key(of: "121"))
    }

    @Test(arguments: [
        ("52", 52, nil, nil), ("44–78", 44, 78, nil), ("52/60", 52, nil, 60), ("117/127", 117, nil, 127),
        ("8 Г", 8, nil, nil),
    ])
    func parts(text: String, number: Int, rangeEnd: Int?, fraction: Int?) throws {
        let house = try #require(HouseNumber(Token.tokens(of: text)))
        #expect(house.number == number)
        #expect(house.rangeEnd == rangeEnd)
        #expect(house.fraction == fraction)
    }

    @Test(
        "A Latin letter is read by shape first and sound second, or the reverse in a Latin address",
        arguments: [
            ("48B", false, "48в", "48б"), ("48B", true, "48б", "48в"), ("48A", true, "48а", nil),
            ("48V", false, "48в", nil),
            ("48H", false, "48н", "48х"), ("48Б", true, "48б", nil),
        ]
    )
    func latinLetters(text: String, isRomanised: Bool, key: String, other: String?) throws {
        let house = try #require(HouseNumber(Token.tokens(of: text), isRomanised: isRomanised))
        #expect(house.key == key)
        #expect(house.otherKey == other)
    }

    @Test(arguments: ["", "дом", "0", "050000", "999999999999999999999"])
    func noHouse(text: String) { #expect(HouseNumber(Token.tokens(of: text)) == nil) }
}
