import Testing

@testable import Gazetteer

@Suite struct HouseNumberTests {
    @Test("Spellings of one house have one key")
    func keys() {
        #expect(HouseNumber.key(of: "48А") == HouseNumber.key(of: "48 а"))
        #expect(HouseNumber.key(of: "48-А") == HouseNumber.key(of: "48а"))
        #expect(HouseNumber.key(of: "164 к4") == HouseNumber.key(of: "164 корпус 4"))
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

    @Test(arguments: ["", "дом", "0", "050000", "999999999999999999999"])
    func noHouse(text: String) { #expect(HouseNumber(Token.tokens(of: text)) == nil) }
}
