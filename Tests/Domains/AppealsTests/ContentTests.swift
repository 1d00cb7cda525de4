import Civic
import Foundation
import Geo
import Testing

@testable import Appeals

@Suite struct ContentTests {
    @Test("Titles are one line of 5 to 120 code points")
    func titles() throws {
        #expect(try AppealTitle("  Яма\r\n на   дороге ").text == "Яма на дороге")
        #expect(try AppealTitle(String(repeating: "ә", count: 120)).text.count == 120)
        #expect(throws: ContentFault.tooLong(most: 120)) { _ = try AppealTitle(String(repeating: "ә", count: 121)) }
        #expect(throws: ContentFault.tooLong(most: 120)) {
            _ = try AppealTitle(String(repeating: "a", count: 5_000_000))
        }
        #expect(throws: ContentFault.tooShort(least: 5)) { _ = try AppealTitle("яма") }
        #expect(throws: ContentFault.empty) { _ = try AppealTitle(" \n\u{A0}") }
        // Composed: и and a breve are й.
        #expect(try AppealTitle("трамваи\u{306}").text.unicodeScalars.count == 7)
    }

    @Test("Texts of reports have 10 to 4,000 code points; of official ones only emptiness is refused, up to 20,000")
    func texts() throws {
        #expect(throws: ContentFault.tooShort(least: 10)) { _ = try AppealText("Сұрақ", in: .report) }
        #expect(try AppealText("?", in: .official).text == "?")
        #expect(throws: ContentFault.empty) { _ = try AppealText(" \r\n\t ", in: .official) }
        #expect(try AppealText("a\r\nb\rc\td", in: .official).text == "a\nb\nc\td")
        let long = String(repeating: "ы", count: 4_001)
        #expect(throws: ContentFault.tooLong(most: 4_000)) { _ = try AppealText(long, in: .report) }
        #expect(try AppealText(long, in: .official).text == long)
        #expect(throws: ContentFault.tooLong(most: 20_000)) {
            _ = try AppealText(String(repeating: "ы", count: 20_001), in: .official)
        }
    }

    @Test(
        "Control characters, marks of direction and damaged characters are refused by name",
        arguments: ["\u{0}", "\u{7}", "\u{1B}", "\u{85}", "\u{202E}", "\u{2066}", "\u{FFFD}"] as [Unicode.Scalar]
    )
    func controls(scalar: Unicode.Scalar) {
        let text = "Жол бойында \(Character(scalar)) шұңқыр бар"
        #expect(throws: ContentFault.character(scalar)) { _ = try AppealText(text, in: .official) }
    }

    @Test("A place is a point with its uncertainty, an address, a landmark or a district")
    func places() throws {
        let point = Coordinate(longitude: 76.95, latitude: 43.25)
        let place = try AppealPlace(point: point, uncertainty: 60, district: "medeu", landmark: " у   школы ")
        #expect(place.landmark == "у школы" && place.uncertainty == 60 && place.address == nil)
        #expect(try AppealPlace(uncertainty: 60, district: "medeu").uncertainty == 0)
        #expect(throws: AppealPlaceFault.nothing) { _ = try AppealPlace(address: " ", landmark: "") }
        #expect(throws: AppealPlaceFault.uncertainty) { _ = try AppealPlace(point: point, uncertainty: -1) }
        #expect(throws: AppealPlaceFault.uncertainty) { _ = try AppealPlace(point: point, uncertainty: .nan) }
        #expect(throws: AppealPlaceFault.uncertainty) { _ = try AppealPlace(point: point, uncertainty: 5_001) }
        #expect(throws: AppealPlaceFault.point(.latitudeOutOfRange(143))) {
            _ = try AppealPlace(point: Coordinate(longitude: 76.95, latitude: 143))
        }
        #expect(throws: AppealPlaceFault.address(.tooLong(most: 300))) {
            _ = try AppealPlace(address: String(repeating: "a", count: 301))
        }
    }

    @Test("Contents survive storing, and the answer is in Kazakh or Russian")
    func storing() throws {
        for (language, answer) in [(Language.kk, Language.kk), (.ru, .ru), (.en, .kk)] {
            let content = AppealContent(
                title: try AppealTitle("Шұңқыр бар"),
                text: try AppealText("Жолда үлкен шұңқыр бар", in: .report),
                category: "roads.pothole",
                answers: ["size": "wheel"],
                place: try AppealPlace(point: Coordinate(longitude: 76.95, latitude: 43.25), uncertainty: 12),
                addressee: .body("da_medeu"),
                language: language
            )
            #expect(content.answerLanguage == answer)
            let data = try JSONEncoder().encode(content)
            #expect(try JSONDecoder().decode(AppealContent.self, from: data) == content)
        }
    }

    @Test("A postal address needs a city, a house, and a street or microdistrict")
    func addresses() throws {
        let whole: [PostalAddress.Part: String] = [
            .city: "Алматы", .microdistrict: "Самал-2", .house: "58", .flat: " ",
        ]
        let address = try PostalAddress(whole)
        #expect(address[.city] == "Алматы" && address[.flat] == nil)
        let data = try JSONEncoder().encode(address)
        #expect(try JSONDecoder().decode(PostalAddress.self, from: data) == address)
        let needed: [(PostalAddress.Part, [PostalAddress.Part])] = [
            (.city, [.city]), (.house, [.house]), (.microdistrict, [.street, .microdistrict]),
        ]
        for (part, missing) in needed {
            #expect(throws: PostalAddressFault.missing(missing)) {
                _ = try PostalAddress(whole.filter { $0.key != part })
            }
        }
        #expect(throws: PostalAddressFault.part(.house, .tooLong(most: 20))) {
            _ = try PostalAddress(whole.merging([.house: String(repeating: "1", count: 21)]) { $1 })
        }
    }

    @Test("What an official appeal of an applicant lacks is named")
    func applicants() throws {
        let address = try PostalAddress([.city: "Алматы", .street: "Абая", .house: "1"])
        let name = try PersonName("Айгүл")
        let person = PersonIdentity(surname: nil, givenName: name, number: .none(.foreigner))
        #expect(Applicant(party: .person(person, isProprietor: false), isResident: false).defects == [.address])
        #expect(Applicant(party: .person(person, isProprietor: true), address: address).defects.isEmpty)
        let entity = try EntityIdentity(name: " ТОО  «Дом» ", number: nil, representative: nil, outgoingNumber: "")
        #expect(entity.name == "ТОО «Дом»" && entity.outgoingNumber == nil)
        #expect(Applicant(party: .entity(entity), address: address).defects == [.authority])
        #expect(throws: ContentFault.empty) { _ = try EntityIdentity(name: " ", number: nil, representative: name) }
    }
}
