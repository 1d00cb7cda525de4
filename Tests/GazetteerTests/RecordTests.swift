import Geo
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct RecordTests {
    @Test("Every record reads back from its own fields")
    func roundTrip() throws {
        let contents = try TinyCity.contents()
        for record in contents.organizations { #expect(try Organization(record.fields) == record) }
        for record in contents.streets { #expect(try Street(record.fields) == record) }
        for record in contents.addresses { #expect(try Address(record.fields) == record) }
        for record in contents.categories { #expect(try Gazetteer.Category(record.fields) == record) }
        for record in contents.districts { #expect(try District(record.fields) == record) }
        for record in contents.microdistricts { #expect(try Microdistrict(record.fields) == record) }
        for record in contents.authorities { #expect(try Authority(record.fields) == record) }
        for record in contents.stops { #expect(try Stop(record.fields) == record) }
    }

    @Test func faultsNameTheField() {
        #expect(throws: RecordError.missing(field: "category")) {
            try Organization(TinyCity.record(["id": "x", "name_ru": "X"]))
        }
        #expect(throws: RecordError.missing(field: "lat")) {
            try Organization(TinyCity.record(["id": "x", "category": "park", "name_ru": "X", "lon": "76.9"]))
        }
        let fields = TinyCity.record([
            "id": "x", "category": "park", "name_ru": "X", "website": "javascript:alert(1)",
        ])
        #expect(throws: RecordError.self) { try Organization(fields) }
    }

    @Test func namesFallBackInOrder() {
        let names = Names(ru: "Парк", en: "Park")
        #expect(names.label(for: .kk) == ("Парк", .ru))
        #expect(names.label(for: .en) == ("Park", .en))
        #expect(Names(kk: "", ru: "Парк").kk == nil)
    }

    @Test func labelsFollowEachLanguage() throws {
        let abay = try TinyCity.contents().streets[0]
        #expect(AddressLabel.house("52", of: AddressLabel.street(abay, language: .kk)) == "Абай даңғылы, 52-үй")
        #expect(AddressLabel.house("52", of: AddressLabel.street(abay, language: .ru)) == "проспект Абая, 52")
        #expect(AddressLabel.house("52", of: AddressLabel.street(abay, language: .en)) == "52 Abay Avenue")
        let numbered = try Street(TinyCity.record(["id": "n", "name_kk": "5", "kind": "street"]))
        #expect(AddressLabel.street(numbered, language: .kk).text == "5-көше")
    }
}
