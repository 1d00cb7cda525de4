import Civic
import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// What people type, tested with the embedded city.
@Suite struct CityGeocoderTests {
    private func first(_ query: String) throws -> GeocodeResult? {
        Geocoder(try EmbeddedSnapshot.city()).answer(query, limit: 5, language: .ru).results.first
    }

    private func label(_ query: String) throws -> String? {
        let city = try EmbeddedSnapshot.city()
        return try first(query).map { city.label(of: $0, .ru).text }
    }

    @Test(arguments: [
        ("мкр Самал-2, 58", "микрорайон Самал-2"), ("угол Сатпаева и Манаса", "улица Манаса / улица Сатпаева"),
        ("пр. Абая 52/ул. Байтурсынова", "проспект Абая, 52"), ("Абай даңғылы 10", "проспект Абая, 10"),
        ("ленина 12 (Достык)", "проспект Достык, 12/24"), ("abay ave 10", "проспект Абая, 10"),
        ("розыбакиева 247а кв 5", "улица Розыбакиева, 247А"), ("жетысу 2 мкр 14 дом", "микрорайон Жетысу-2"),
        ("Сатпаеваа 8", "улица Сатпаева, 8"), ("дворец республики", "Дворец Республики"),
    ])
    func findsWhatPeopleType(query: String, expected: String) throws {
        #expect(try label(query) == expected)
    }

    @Test(
        "Words around an address do not lower the confidence",
        arguments: [
            "Адрес: г. Алматы, ул. Тимирязева, 42/30, тел. +7 727 123 45 67",
            "Алматинская обл., г. Алматы, ул. Тимирязева, 42/30", "A15G7M6, Алматы, Тимирязева 42/30",
            "ул. Тимирязева, 42/30, кв. 8, домофон 8", "по адресу Тимирязева 42/30",
        ]
    )
    func surroundings(query: String) throws {
        let result = try #require(try first(query))
        #expect(try label(query) == "улица Тимирязева, 42/30")
        #expect(result.confidence > 0.9)
    }

    @Test(
        "A first name missing from the street's own name lowers the confidence only a little",
        arguments: ["Каныша Сатпаева 90", "Каныш Сатпаев 90", "Qanysh Satpayev 90", "Сатпаева Каныша 90"]
    )
    func givenNames(query: String) throws {
        #expect(try label(query) == "улица Сатпаева, 90")
        #expect(try #require(try first(query)).confidence > 0.85)
    }

    @Test("A word that may be another town lowers the confidence") func unknownWord() throws {
        #expect(try #require(try first("Каскырово Сатпаева 90")).confidence < 0.75)
    }

    @Test("Next to a house, an institution is still found by its name or kind")
    func institutionsBesideAHouse() throws {
        let results = Geocoder(try EmbeddedSnapshot.city()).answer("театр Абая 103", limit: 9, language: .ru).results
        #expect(results.first?.kind == .address)
        #expect(results.contains { $0.kind == .organization })
    }

    @Test(arguments: [
        ("театр", true), ("театром", true), ("поликлин", true), ("цон", true), ("город", false), ("а", false),
        ("жжшщ", false), ("район", false),
    ])
    func wordsOfInstitutions(word: String, isOne: Bool) throws {
        #expect(try EmbeddedSnapshot.city().directory.isOfInstitution(word) == isOne)
    }

    @Test(
        "A house in another town is not searched for here",
        arguments: ["г. Атырау, ул. Сатпаева 90", "Қарағанды қаласы, Назарбаев даңғылы 25"]
    )
    func otherTowns(query: String) throws {
        #expect(try first(query) == nil)
    }

    @Test(
        "A crossing is found in every wording",
        arguments: [
            "угол Абая и Манаса", "Абая / Манаса", "Абая - Манаса", "на пересечении Абая с Манаса", "Абая & Манаса",
            "Абай мен Манас қиылысы", "Абай–Манас қиылысында", "Манас көшесі мен Абай даңғылының бұрышы",
            "corner of Abay and Manas", "пр. Абая уг. ул. Манаса",
        ]
    )
    func crossings(query: String) throws {
        let result = try #require(try first(query))
        #expect(result.kind == .intersection)
        let position = try #require(result.position)
        #expect(position.distance(to: Coordinate(longitude: 76.9083, latitude: 43.2393)) < 1_000)
    }

    @Test(
        "Several crossings in one query are all answered, and are not the corners of a block",
        arguments: [
            "Абая/Манаса и Жандосова/Розыбакиева", "Абая/Манаса, Жандосова/Розыбакиева",
            "угол Абая и Манаса, угол Жандосова и Розыбакиева", "Абай/Манас және Жандосов/Розыбакиев",
            "пр. Абая/ул. Манаса и ул. Жандосова/ул. Розыбакиева",
        ]
    )
    func severalCrossings(query: String) throws {
        let city = try EmbeddedSnapshot.city()
        let results = Geocoder(city).answer(query, limit: 2, language: .ru).results
        let labels = results.map { city.label(of: $0, .ru).text }
        #expect(Set(labels) == ["проспект Абая / улица Манаса", "улица Розыбакиева / улица Жандосова"])
        #expect(results.allSatisfy { $0.match == .exact && $0.confidence > 0.9 })
    }

    @Test(
        "Streets around a block are not a list of crossings",
        arguments: [
            "Абая - Байтурсынова - Сатпаева - Масанчи", "между Абая и Сатпаева, Байтурсынова и Масанчи",
            "Абая-Сатпаева и Байтурсынова-Масанчи",
        ]
    )
    func block(query: String) throws {
        let result = try #require(try first(query))
        #expect(result.match == .area && result.confidence > 0.75)
    }

    @Test(
        "The surroundings of a crossing are not a district",
        arguments: [
            "в районе Абая-Манаса", "район Абая/Манаса", "в р-не Абая-Манаса", "яма в районе Абая/Манаса",
            "Алматы, в районе пр. Абая и ул. Манаса", "недалеко от Абая-Манаса", "in the area of Abay-Manas",
        ]
    )
    func vicinity(query: String) throws {
        #expect(try label(query) == "проспект Абая / улица Манаса")
    }

    @Test("A district's own name stays one after its type word", arguments: ["в районе Медеу", "район Алмалинский"])
    func districtAfterTypeWord(query: String) throws {
        #expect(try first(query)?.kind == .district)
    }

    @Test("Beside the estimated position of a house its institution is answered, which may be on a namesake elsewhere")
    func institutionAtHouse() throws {
        let city = try EmbeddedSnapshot.city()
        let results = Geocoder(city).answer("Тохтарова 6", limit: 5, language: .ru).results
        #expect(results.map(\.kind) == [.address, .organization])
        #expect(city.label(of: results[1], .ru).text == "Детский сад «РАДУГА-Land»")
        #expect(results[1].confidence < results[0].confidence)
        for query in ["Абая 52", "Розыбокиева 43", "мкр Аксай-4, ул. Тепличная 28"] {
            let others = Geocoder(city).answer(query, limit: 9, language: .ru).results
            #expect(!others.contains { $0.kind == .organization }, "\(query)")
        }
    }

    @Test(
        "A crossing that the query asks for comes first, even where the data has none",
        arguments: [
            "Байтурсынова угол Жамбыла", "угол Байтурсынова и Жамбыла", "Байтурсынова уг. Жамбыла",
            "Байтурсынова перес. Жамбыла", "пересечение Байтурсынова с Жамбыла", "А. Байтурсынова уг Ж. Жамбыла",
            "Байтұрсынұлы көшесі мен Жамбыл көшесінің қиылысы", "Байтұрсынұлы мен Жамбыл бұрышы",
            "corner of Baitursynov and Zhambyl", "Байтурсынова x Жамбыла", "Байтурсынова х Жамбыла",
        ]
    )
    func saidCrossings(query: String) throws {
        let result = try #require(try first(query))
        #expect(try label(query) == "улица Байтурсынулы / улица Жамбыла")
        // The lines come within 350 m of each other; the data has no crossing of theirs.
        #expect(result.match == .interpolated)
        #expect(try #require(result.uncertainty) < 400)
    }

    @Test(
        "A street without a line meets another where its known crossings are nearest to it",
        arguments: ["Р.Баглановой уг. Толе би", "ул.Р.Баглановой уг. ул.Толе би", "Баглановой x Толе би"]
    )
    func crossingOfAStreetWithoutLine(query: String) throws {
        let result = try #require(try first(query))
        #expect(try label(query) == "улица Баглановой / улица Толе би")
        #expect(result.match == .interpolated)
        #expect(try #require(result.uncertainty) > 100)
    }

    @Test("Streets said to meet that lie far apart are both answered, before anything else")
    func noCrossing() throws {
        let city = try EmbeddedSnapshot.city()
        let results = Geocoder(city).answer("Ауэзовой угол Достык", limit: 5, language: .ru).results
        let labels = results.prefix(2).map { city.label(of: $0, .ru).text }
        #expect(Set(labels) == ["улица Ауэзовой", "проспект Достык"])
    }

    @Test(
        "One street in every spelling",
        arguments: [
            "Жандосова 60", "Джандосова 60", "Жандосов 60", "Zhandosova 60", "Dzhandosova 60", "Jandosova 60",
            "ЖАНДОСОВА60", "ул.Жандосова,д.60", "60 Zhandosov Street", "Жандосов көшесі, 60-үй", "Жандосва 60",
        ]
    )
    func spellings(query: String) throws {
        #expect(try label(query) == "улица Жандосова, 60")
    }

    @Test("A corrected typo is reported with the word it was taken for")
    func corrections() throws {
        let result = try #require(try first("Сатпаеваа 8"))
        #expect(result.match == .fuzzy)
        #expect(result.corrections == [Correction(typed: "сатпаеваа", taken: "сатпаева")])
    }

    @Test("An unknown house is placed between its neighbours, with an uncertainty")
    func interpolated() throws {
        let city = try EmbeddedSnapshot.city()
        let street = try #require(city.addresses.index(of: "street-abaya"))
        let entries = city.addresses.houses(ofStreet: street).entries.filter { $0.number.isMultiple(of: 2) }
        let pair = try #require(zip(entries, entries.dropFirst()).first { $1.number - $0.number > 3 })
        let result = try #require(try first("пр. Абая \(pair.0.number + 2)"))
        #expect(result.match == .interpolated)
        let position = try #require(result.position)
        let gap = pair.0.position.distance(to: pair.1.position)
        #expect(position.distance(to: pair.0.position) < gap)
        #expect(position.distance(to: pair.1.position) < gap)
        #expect(try #require(result.uncertainty) > 0)
    }

    @Test("A street in several districts lists them when the house is unknown")
    func districtsOfAStreet() throws {
        let result = try #require(try first("улица Розыбакиева"))
        #expect(result.kind == .street)
        #expect(result.districts.count > 1)
        #expect(result.district == nil)
    }

    @Test(
        "Places that do not exist here are not found",
        arguments: [
            "Астана, Абая 10", "Москва, Тверская 1", "asdfgh qwerty", "мкр", "дом 5", "050000",
            "'; DROP TABLE street; --",
            "\u{202E}\u{200F}", "!!!???", "Караганда, пр. Бухар жырау 50",
        ]
    )
    func findsNothing(query: String) throws {
        #expect((try first(query)?.confidence ?? 0) < 0.5)
    }

    @Test("A notice is split into its addresses")
    func notice() throws {
        let city = try EmbeddedSnapshot.city()
        let text = """
            Уважаемые жители! 12 мая будет отключена вода: ул. Абая 10, 12, 14; Сатпаева 5-9, мкр Самал-2 д. 3
            """
        let labels = Geocoder(city).addresses(in: text, language: .ru).compactMap { answer in
            answer.results.first.map { city.label(of: $0, .ru).text }
        }
        #expect(
            labels == [
                "проспект Абая, 10", "проспект Абая, 12", "проспект Абая, 14", "улица Сатпаева, 5-9",
                "микрорайон Самал-2",
            ]
        )
    }

    @Test func mentionsWhatWasUnderstood() throws {
        let parsed = Geocoder(try EmbeddedSnapshot.city()).answer("пр. Абая 52/ул. Байтурсынова кв 7", language: .ru)
            .parsed
        #expect(parsed.street == "проспект Абая")
        #expect(parsed.crossStreet == "улица Байтурсынулы")
        #expect(parsed.house == "52")
        #expect(parsed.flat == "7")
    }

    @Test("The index records the version of the rules that folded its words")
    func version() throws {
        #expect(try EmbeddedSnapshot.city().names.normaliserVersion == Normaliser.version)
    }
}
