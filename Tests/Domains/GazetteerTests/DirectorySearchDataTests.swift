import CityImport
import Civic
import Foundation
import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// What citizens type, tested with the embedded city.
@Suite struct DirectorySearchDataTests {
    private struct Unreadable: Error {
        let reason: String
    }

    // Loaded once for all tests, because building it takes longer than all of them.
    private static let loaded = Result { try load() }.mapError { Unreadable(reason: "\($0)") }

    private static func load() throws -> OrganizationDirectory {
        let draft = MemoryDraft()
        _ = try EmbeddedCity(folder: ProductFolder.data).load(into: draft)
        var contents = GazetteerContents()
        for record in draft.written where [.categories, .districts, .organizations].contains(type(of: record).layer) {
            contents.add(record)
        }
        return try GazetteerSnapshot(contents, version: 1).directory
    }

    private func search(_ text: String, limit: Int = 20) throws -> (hits: [OrganizationHit], found: [Organization]) {
        let directory = try Self.loaded.get()
        var query = OrganizationQuery()
        query.text = text
        query.language = .ru
        let hits = directory.search(query, limit: limit).hits
        return (hits, hits.map { directory.organizations[$0.index] })
    }

    @Test(
        "A category is found by every word, inflection, alphabet and layout",
        arguments: [
            ("поликлиники", "polyclinic"), ("поликлинику", "polyclinic"), ("емханалар", "polyclinic"),
            ("емханаға", "polyclinic"), ("емханага", "polyclinic"), ("поликлинника", "polyclinic"),
            ("poliklinika", "polyclinic"), ("emhanalar", "polyclinic"), ("gjkbrkbybrf", "polyclinic"),
            ("tv[fyf", "polyclinic"), ("ЦОН", "public_service_centre"), ("ХҚКО", "public_service_centre"),
            ("центр обслуживания населения", "public_service_centre"),
            ("халыққа қызмет көрсету орталығы", "public_service_centre"), ("акимат", "akimat"), ("әкімдік", "akimat"),
            ("аким аппараты", "akimat"), ("садик", "kindergarten"), ("детсад", "kindergarten"),
            ("балабақша", "kindergarten"), ("детский сад", "kindergarten"), ("библеотека", "library"),
            ("КІТАПХАНАЛАР", "library"), ("libraries", "library"), ("налоговая", "tax"), ("площадок", "sports_ground"),
        ]
    )
    func kinds(_ text: String, _ category: String) throws {
        let directory = try Self.loaded.get()
        let found = try search(text, limit: .max).found
        let kind = directory.organizations.filter { $0.category.rawValue == category }
        #expect(found.first?.category.rawValue == category)
        #expect(Set(kind.map(\.id)).isSubset(of: found.map(\.id)))
        #expect(directory.categories(meantBy: text).first?.rawValue == category)
    }

    @Test(
        "Numbers decide between places of one kind",
        arguments: [
            ("школа 10", "school-school-no-10"), ("школа №10", "school-school-no-10"),
            ("№10 мектеп", "school-school-no-10"), ("10 мектеп", "school-school-no-10"),
            ("mektep 10", "school-school-no-10"), ("поликлинника 5 рядом", "polyclinic-city-polyclinic-no-5"),
            ("\"городская поликлиника\" №5", "polyclinic-city-polyclinic-no-5"),
            ("поликлиника на макатаева", "polyclinic-city-polyclinic-no-5"),
            ("цон в медеуском районе", "public-service-centre-public-service-centre-tson-medeu-district"),
            ("хирургия Сызганова А.Н.", "hospital-syzganov-national-scientific-centre-of-surgery"),
        ]
    )
    func one(_ text: String, _ id: String) throws {
        #expect(try search(text).found.map(\.id.rawValue) == [id])
    }

    @Test(
        "Nothing is made up for what does not exist",
        arguments: ["школа 25", "школа 777", "сатпаева 8", "абая 10", "ыаыаыаыа"]
    )
    func nothing(_ text: String) throws {
        #expect(try search(text).hits.isEmpty)
    }

    @Test(
        "A typo, a prefix or one frequent word gives no answer when the rest is not explained",
        arguments: [
            "паспорт алу", "ветеринар", "отключение света", "паспорт алмат", "детский паспорт",
            "замена шин", "вывоз мусора", "справка о судимости", "қоқыс шығару", "жүргізуші куәлігі",
        ]
    )
    func nothingFalse(_ text: String) throws {
        #expect(try search(text).found.map(\.names.ru) == [])
        let directory = try Self.loaded.get()
        let open = directory.complete(text, near: nil, limit: 8, language: .ru)
        #expect(open.filter { $0.score >= 0.45 }.count == 0)
    }

    @Test(
        "Short words typed on another layout are read as such",
        arguments: [
            ("wjy", "public_service_centre"), ("WJY", "public_service_centre"), ("wjys", "public_service_centre"),
            ("gfhr", "park"), ("irjkf", "school"), ("vtrntg", "school"),
        ]
    )
    func otherLayout(_ text: String, _ category: String) throws {
        let directory = try Self.loaded.get()
        let found = try search(text).found
        #expect(found.first?.category.rawValue == category)
        #expect(directory.categories(meantBy: text).first?.rawValue == category)
        let open = directory.complete(text, near: nil, limit: 8, language: .ru).first?.subject
        #expect(open == .category(.init(category)))
    }

    @Test(
        "A consulate is found by its country in any grammatical case and language",
        arguments: [
            ("россии", "russia"), ("россия", "russia"), ("рф", "russia"), ("Ресейдің", "russia"), ("russian", "russia"),
            ("китая", "china"), ("қытай", "china"), ("кнр", "china"), ("германии", "germany"), ("немецкое", "germany"),
            ("кыргызстана", "kyrgyzstan"), ("киргизии", "kyrgyzstan"), ("Қырғызстан", "kyrgyzstan"),
            ("польши", "poland"), ("польское", "poland"), ("турции", "turkiye"), ("түркия", "turkiye"),
            ("узбекистана", "uzbekistan"), ("узбекское", "uzbekistan"), ("беларуси", "belarus"),
            ("белоруссии", "belarus"), ("сша", "u-s-consulate"), ("америки", "u-s-consulate"), ("ақш", "u-s-consulate"),
        ]
    )
    func consulates(_ country: String, _ id: String) throws {
        for text in ["консульство \(country)", "\(country) консулдығы", "генеральное консульство \(country) в алматы"] {
            let found = try search(text).found
            #expect(found.first?.category == "consulate", "\(text)")
            #expect(found.first?.id.rawValue.contains(id) == true, "\(text): \(found.map(\.id.rawValue))")
        }
    }

    @Test("An unknown word lowers the rank but does not exclude")
    func unknownWord() throws {
        let (hits, found) = try search("парк аптека")
        #expect(found.allSatisfy { $0.category == "park" })
        #expect(hits.allSatisfy { $0.relevance < 0.6 } && !hits.isEmpty)
    }

    @Test("A corrected typo reports the word it was taken for")
    func taken() throws {
        let hit = try #require(try search("библеотека").hits.first)
        #expect(hit.match == .fuzzy)
        #expect(hit.taken == [.init(typed: "библеотека", meant: "библиотека")])
        #expect(try search("библиотека").hits.allSatisfy { $0.match == .exact && $0.taken.isEmpty })
    }

    @Test(
        "The nearest come first when asked for",
        arguments: ["детский сад рядом", "жақын балабақша", "nearest kindergarten"]
    )
    func nearest(_ text: String) throws {
        let directory = try Self.loaded.get()
        var query = OrganizationQuery()
        query.text = text
        query.near = Coordinate(longitude: 76.94, latitude: 43.24)
        let distances = directory.search(query, limit: 30).hits.compactMap(\.distance)
        #expect(distances.count == 30)
        #expect(distances == distances.sorted())
    }

    @Test(
        "While typing, the category comes first",
        arguments: [
            ("п", "polyclinic"), ("пол", "polyclinic"), ("поликлинн", "polyclinic"), ("mekt", "school"),
            ("gjkbrk", "polyclinic"), ("детский с", "kindergarten"), ("ем", "polyclinic"), ("бибилот", "library"),
        ]
    )
    func kindsWhileTyping(_ text: String, _ category: String) throws {
        let directory = try Self.loaded.get()
        let found = directory.complete(text, near: nil, limit: 8, language: .ru)
        let kinds = found.prefix { if case .category = $0.subject { true } else { false } }.map(\.subject)
        #expect(kinds.contains(.category(.init(category))))
        #expect(found.allSatisfy { (0...1).contains($0.score) })
        #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
    }

    @Test("While typing a number, longer numbers that begin with it follow")
    func numbersWhileTyping() throws {
        let directory = try Self.loaded.get()
        let found = directory.complete("поликлиника 2", near: nil, limit: 8, language: .ru)
        let names = found.compactMap { completion -> String? in
            guard case .organization(let index) = completion.subject else { return nil }
            return directory.organizations[index].names.ru
        }
        #expect(
            names.prefix(3) == [
                "Городская поликлиника № 2", "Городская поликлиника № 20", "Городская поликлиника № 23",
            ]
        )
        #expect(found.first?.matchedWords == ["поликлиника", "2"])
    }
}
