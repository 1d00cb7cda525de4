import Civic
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct GeocoderTests {
    private func first(_ query: String) throws -> GeocodeResult? {
        Geocoder(try TinyCity.snapshot()).answer(query).results.first
    }

    @Test(arguments: [
        "пр. Абая 10", "Абай даңғылы, 10-үй", "абая 10", "10 Abay Avenue", "АБАЯ,10", "проспект Абая д.10 кв.3",
        "г. Алматы, Западный район, пр. Абая, 10", "Арычная 10",
    ])
    func findsTheHouse(query: String) throws {
        let result = try #require(try first(query))
        #expect(result.kind == .address)
        #expect(result.match == .exact)
        #expect(result.district == "west")
    }

    @Test func aHouseInAnotherDistrictIsFoundThere() throws {
        #expect(try first("Абая 107/5")?.district == "east")
        #expect(try first("Сатпаева 164 корпус 4")?.district == "east")
    }

    @Test("A microdistrict's number is not its house")
    func microdistrict() throws {
        let house = try #require(try first("мкр Самал-2, 58"))
        #expect(house.kind == .address)
        #expect(try first("Самал-2")?.kind == .microdistrict)
        #expect(try first("самал 2 58")?.kind == .address)
    }

    @Test func anUnknownHouseGivesTheStreet() throws {
        let result = try #require(try first("Сатпаева 999"))
        #expect(result.kind == .street)
        #expect(result.match == .street)
    }

    @Test("A street whose lines lie far apart is answered once for each place, in its own district")
    func partsOfAStreet() throws {
        let results = Geocoder(try TinyCity.snapshot()).answer("проспект Абая").results
        #expect(results.filter { $0.kind == .street }.map(\.district) == ["west", "east"])
    }

    @Test(arguments: ["Батыс ауданы", "западный район", "west"])
    func findsADistrict(query: String) throws {
        let result = try #require(try first(query))
        #expect(result.kind == .district)
        #expect(result.district == "west")
    }

    @Test func findsAnInstitution() throws {
        let result = try #require(try first("зеленый парк"))
        #expect(result.kind == .organization)
    }

    @Test("A former name leads to the street, with less confidence than the present one")
    func formerName() throws {
        let former = try #require(try first("ул. Арычная"))
        let present = try #require(try first("пр. Абая"))
        #expect(former.subject == present.subject)
        #expect(former.confidence < present.confidence)
    }

    @Test(arguments: ["", "   ", "Нью-Йорк", "абракадабра 12", "'; DROP TABLE street; --", "\u{200F}\u{200E}"])
    func findsNothing(query: String) throws {
        #expect(try first(query) == nil)
    }

    @Test("Ten kilobytes of text return quickly and find nothing beyond their beginning")
    func longText() throws {
        let text = String(repeating: "Абая ", count: 2_000)
        let answer = Geocoder(try TinyCity.snapshot()).answer(text)
        #expect(answer.results.count <= 10)
    }

    @Test func mentionsHowItWasRead() throws {
        let parsed = Geocoder(try TinyCity.snapshot()).answer("пр. Абая 10, кв. 7", language: .ru).parsed
        #expect(parsed == ParsedAddress(street: "проспект Абая", microdistrict: nil, house: "10", flat: "7"))
    }
}
