import Civic
import TestSupport
import Testing

@testable import Gazetteer

@Suite("Labels of streets, microdistricts and houses")
struct AddressLabelTests {
    @Test func followEachLanguage() throws {
        let abay = try TinyCity.contents().streets[0]
        #expect(AddressLabel.house("52", of: AddressLabel.street(abay, language: .kk)) == "Абай даңғылы, 52-үй")
        #expect(AddressLabel.house("52", of: AddressLabel.street(abay, language: .ru)) == "проспект Абая, 52")
        #expect(AddressLabel.house("52", of: AddressLabel.street(abay, language: .en)) == "52 Abay Avenue")
    }

    @Test(
        "In Russian a number is an ordinal that agrees with the noun",
        arguments: [
            ("street", "22-я", "22-я улица"), ("lane", "1-я", "1-й переулок"), ("avenue", "3", "3-й проспект"),
            ("passage", "4-й", "4-й проезд"), ("embankment", "2-й", "2-я набережная"), ("square", "1", "1-я площадь"),
            ("street", "7-я линия", "7-я линия"), ("street", "2-я Братская", "2-я Братская улица"),
            ("street", "8-й Гвардейской Дивизии", "улица 8-й Гвардейской Дивизии"),
            ("street", "10-летия Независимости РК", "улица 10-летия Независимости РК"),
            ("street", "Черёмушки-1", "улица Черёмушки-1"), ("street", "Гончарная 2", "улица Гончарная 2"),
        ]
    )
    func russianOrdinals(kind: String, name: String, label: String) throws {
        let street = try Street(TinyCity.record(["id": "n", "name_ru": name, "kind": kind]))
        #expect(AddressLabel.street(street, language: .ru).text == label)
    }

    @Test(
        "A microdistrict called by a number",
        arguments: [
            (Language.kk, "12-ықшамаудан, 19-үй"), (.ru, "12-й микрорайон, 19"), (.en, "Microdistrict 12, 19"),
        ]
    )
    func numberedMicrodistrict(language: Language, label: String) throws {
        let fields = ["id": "mkr-12", "name_kk": "12", "name_ru": "12", "name_en": "12", "kind": "microdistrict"]
        let place = AddressLabel.microdistrict(try Microdistrict(TinyCity.record(fields)), language: language)
        #expect(AddressLabel.house("19", of: place) == label)
    }

    @Test(
        "Numbered streets in Kazakh and English",
        arguments: [
            (Language.kk, "street", "5-көше"), (.kk, "lane", "5-тұйық көше"), (.en, "street", "5th Street"),
            (.en, "lane", "5th Lane"),
        ]
    )
    func numberedStreet(language: Language, kind: String, label: String) throws {
        let fields = ["id": "n", "name_kk": "5", "name_ru": "5-я", "name_en": "5th", "kind": kind]
        #expect(AddressLabel.street(try Street(TinyCity.record(fields)), language: language).text == label)
    }

    @Test("The geocoder finds places called by a number under their own labels", arguments: Language.allCases)
    func labelsAreFound(language: Language) throws {
        let city = try EmbeddedSnapshot.city()
        let isNumbered = { (names: Names) in names.ru?.first?.isNumber == true }
        let streets = city.addresses.streets.filter { isNumbered($0.names) }
            .map { AddressLabel.street($0, language: language).text }
        let areas = city.addresses.microdistricts.filter { isNumbered($0.names) }
            .map { AddressLabel.microdistrict($0, language: language).text }
        #expect(streets.count > 15 && areas.count > 8)
        for label in streets + areas {
            let found = Geocoder(city).answer(label, limit: 5, language: language).results.first
            #expect(found.map { city.label(of: $0, language).text } == label, "\(label)")
        }
    }
}
