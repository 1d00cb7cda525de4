import Civic
import TestSupport
import Testing

@testable import Gazetteer

/// Addresses as written in forms, registers and notices, tested with the embedded city.
@Suite struct AddressFormsTests {
    private func answer(_ query: String) throws -> GeocodeAnswer {
        Geocoder(try EmbeddedSnapshot.city()).answer(query, limit: 5, language: .ru)
    }

    private func label(_ query: String) throws -> String? {
        let city = try EmbeddedSnapshot.city()
        return try answer(query).results.first.map { city.label(of: $0, .ru).text }
    }

    @Test(
        "A label without a value takes nothing",
        arguments: [
            "Жарокова д. 95, кв.", "Жарокова д. 95, кв. -", "Жарокова 95, apt", "Жарокова 95, офис", "Жарокова 95 кв",
            "Жарокова 95-кв", "Жарокова 95, кв. №", "Жарокова 95, кв. б/н", "Жарокова 95, квартира, подъезд, этаж",
            "Жарокова 95 подъезд этаж кв", "Жарокова 95, н.п.", "Жарокова 95, бутик", "Жарокова 95, секция",
            "Жароков көшесі, 95-үй, -пәтер", "Жароков көшесі, 95, қабат, кіреберіс", "кв., Жарокова 95",
            "95 Zharokova St, Floor", "Zharokova 95, flat", "Zharokova 95, unit, room", "кв. - , 95 Жарокова",
        ]
    )
    func emptyLabel(query: String) throws {
        let answer = try answer(query)
        #expect(try label(query) == "улица Жарокова, 95")
        #expect(try #require(answer.results.first).match == .exact)
        #expect(answer.parsed.flat == nil)
        #expect(answer.parsed.floor == nil)
    }

    @Test(
        "Flat, floor and entrance are distinguished in either order",
        arguments: [
            ("Жарокова 95, кв/офис 12", "12", nil, nil), ("Жарокова 95, кв № 12", "12", nil, nil),
            ("Жарокова 95/кв.12", "12", nil, nil), ("Жарокова 95, подъезд 2, этаж 3, кв. 12", "12", "3", "2"),
            ("Жарокова 95, 2 подъезд, 3 этаж, 12 кв", "12", "3", "2"),
            ("Жароков көшесі 95 үй, 2-кіреберіс, 3-қабат, 12-пәтер", "12", "3", "2"),
            ("Zharokova 95, 3rd floor, office 12", "12", "3", nil), ("95 Zharokova St, Apt #12", "12", nil, nil),
            ("12 кв, Жарокова 95", "12", nil, nil), ("3 этаж, офис 12, Жарокова 95", "12", "3", nil),
            ("Жарокова 95, каб. 301, 302", "301, 302", nil, nil), ("Жарокова 95, 301 и 302 каб.", "301, 302", nil, nil),
            ("Жарокова 95, каб. 301-303", "301-303", nil, nil), ("Жарокова 95, этаж 4, 402", "402", "4", nil),
            ("Жарокова 95, 4 этаж, 402", "402", "4", nil), ("Жарокова 95, первый этаж", nil, "1", nil),
            ("Жарокова 95, офис B2", "b2", nil, nil), ("Жарокова 95, оф. А-12", "а-12", nil, nil),
            ("Жарокова 95, н.п. 5", "5", nil, nil), ("Жарокова 95, 45 бутик", "45", nil, nil),
            ("Жарокова 95, секция 3, кв 12", "12", nil, "3"), ("Жарокова 95, каб. 301, каб. 302", "301, 302", nil, nil),
            ("Жарокова 95, этажи 4, 5", nil, "4, 5", nil), ("Жарокова 95, неж. пом. 12", "12", nil, nil),
            ("Жароков көшесі 95-үйдің 12-пәтері", "12", nil, nil), ("Жарокова 95 (3 этаж, офис 12)", "12", "3", nil),
            ("Жарокова д95кв12", "12", nil, nil), ("Жарокова 95 оф12 3эт", "12", "3", nil),
        ] as [(String, String?, String?, String?)]
    )
    func labels(query: String, flat: String?, floor: String?, entrance: String?) throws {
        let parsed = try answer(query).parsed
        #expect(try label(query) == "улица Жарокова, 95")
        #expect(parsed.flat == flat)
        #expect(parsed.floor == floor)
        #expect(parsed.entrance == entrance)
    }

    @Test("A floor and an office next to a house with a letter")
    func floorAndOffice() throws {
        let parsed = try answer("Розыбакиева 247 б, 4 этаж, оф.402").parsed
        #expect(parsed == ParsedAddress(street: "улица Розыбакиева", house: "247б", flat: "402", floor: "4"))
    }

    @Test(
        "A microdistrict is recognised by any of its type words, before or after its number",
        arguments: [
            "Алматы, Ауэзовский район, 8 м/р, 37/2", "Әуезов ауданы, 8 ш/а, 37/2", "8 микр-н 37/2", "мк-р 8, 37/2",
            "8 м-н 37/2", "8м-н, 37/2", "8 мкр-н, дом 37/2", "8 ш.а. 37/2", "8 шағын ауданы 37/2",
            "8-ші шағын ауданы, 37/2-үй", "8 ықшам ауданы 37/2", "8 шағынауданында 37/2 үй", "8-ықшамауданы, 37/2",
            "мкр №8, 37/2", "мкр N 8, 37/2", "мкр N8 37/2", "мкр. No 8, 37/2", "микрорайон номер 8 дом 37/2",
            "в 8-м микрорайоне дом 37/2", "в 8-ом микрорайоне, 37/2", "восьмой микрорайон 37/2", "микрорайону 8, 37/2",
            "мкр-не 8 37/2", "37/2, 8 м/р", "дом 37/2, микрорайон 8", "micro-district 8, house 37/2",
            "micro district 8, 37/2", "8th microdistrict, 37/2", "8 m-n 37/2", "мкр. «8», д. 37/2", "8 м/р 37/2 кв",
            "мкр 8 37/2 кв 5",
        ]
    )
    func microdistricts(query: String) throws {
        let result = try #require(try answer(query).results.first)
        #expect(try label(query) == "8-й микрорайон, 37/2")
        #expect(result.confidence > 0.9)
    }

    @Test(arguments: [
        "мкр. «Аксай-4», 28", "мкр \"Аксай - 4\" д. 28", "мкр Аксай №4, 28", "Аксай-4 м/р 28", "Ақсай-4 ш/а 28 үй",
        "Ақсай 4 ықшам ауданы, 28",
    ])
    func namedMicrodistricts(query: String) throws {
        #expect(try label(query) == "микрорайон Аксай-4, 28")
        #expect(try #require(try answer(query).results.first).confidence > 0.9)
    }

    @Test(
        "A district is not a street, whatever else is not understood",
        arguments: [
            "Әуезов ауданы, 8 ъъ, 37/2", "Ауэзовский район, 14", "Әуезов ауданы 14",
        ]
    )
    func districts(query: String) throws {
        let city = try EmbeddedSnapshot.city()
        let sure = try answer(query).results.filter { $0.confidence > 0.3 }
        #expect(!sure.contains { city.label(of: $0, .ru).text.contains("Ауэзова") })
    }

    @Test("A district's type word belongs to the name before it")
    func districtBeforeStreet() throws {
        #expect(try label("Алмалинский район Абая 52") == "проспект Абая, 52")
    }

    @Test(
        "A business or building name next to an address is not a town",
        arguments: [
            "ТЦ \"Москва\", 8 мкр 37/1", "8 мкр 37/1, ТЦ Москва", "8 мкр 37/1 (ТЦ «Москва»)",
        ]
    )
    func premises(query: String) throws {
        #expect(try label(query) == "8-й микрорайон, 37/1")
    }

    @Test(
        "Letter, slash, letter is an abbreviation and not a house letter",
        arguments: [
            "Сейфуллина 516 т/ц", "пр. Сейфуллина, 516т/ц", "Сейфуллина 516 а/я 12", "Сейфуллина 516, а/я 12",
            "Сейфуллина 516 б/ц", "Сейфуллина 516 ж/к", "Сейфуллина 516 д/с 5", "Сейфуллина 516 п/о 5",
            "Сейфуллина 516 ж/м", "Сейфуллина 516 с/о", "Сейфуллина 516 х/у",
        ]
    )
    func abbreviations(query: String) throws {
        let result = try #require(try answer(query).results.first)
        #expect(try label(query) == "проспект Сейфуллина, 516")
        #expect(result.match == .exact)
    }

    @Test func abbreviationBehindAFraction() throws {
        #expect(try answer("Жандосова 34/1 б/ц").parsed.house == "34/1")
    }

    @Test(
        "A Latin letter in a house is the Cyrillic one it looks like, or sounds like in a Latin address",
        arguments: [
            ("Жандосова 174A", "улица Жандосова, 174А"), ("Жандосова 174a", "улица Жандосова, 174А"),
            ("Жандосова 174 A", "улица Жандосова, 174А"), ("Жандосова 174-A", "улица Жандосова, 174А"),
            ("Zhandosova 174A", "улица Жандосова, 174А"), ("174A Zhandosova", "улица Жандосова, 174А"),
            ("Абая 44B", "проспект Абая, 44В"), ("Абая 44b", "проспект Абая, 44В"), ("Abay 44V", "проспект Абая, 44В"),
            ("Abay 8G", "проспект Абая, 8Г"), ("Кокорай 2A/1", "улица Кокорай, 2А/1"),
            ("Мустай Карима 1B", "улица Мустая Карима, 1В"), ("Mustay Karima 1B", "улица Мустая Карима, 1Б"),
            ("Mustay Karima 1V", "улица Мустая Карима, 1В"),
        ]
    )
    func latinLetters(query: String, expected: String) throws {
        #expect(try label(query) == expected)
        #expect(try #require(try answer(query).results.first).match == .exact)
    }

    @Test("The label of an unknown house has Cyrillic letters")
    func labelOfLatinLetters() throws {
        #expect(try label("Абая 52H") == "проспект Абая, 52Н")
    }

    @Test(
        "Each half of a double house is that house, with any dash",
        arguments: [
            ("Абая 39", "проспект Абая, 39-41"), ("Абая 41", "проспект Абая, 39-41"),
            ("Абая 39-41", "проспект Абая, 39-41"), ("Абая 39 - 41", "проспект Абая, 39-41"),
            ("Абая 39 – 41", "проспект Абая, 39-41"), ("Абая 39/41", "проспект Абая, 39-41"),
            ("мкр Дарын-1 11", "микрорайон Дарын-1, 10-11"), ("мкр Дарын-1, д. 10", "микрорайон Дарын-1, 10-11"),
        ]
    )
    func doubleHouses(query: String, expected: String) throws {
        #expect(try label(query) == expected)
        #expect(try #require(try answer(query).results.first).match == .exact)
    }

    @Test(
        "A building is named before or behind its number",
        arguments: [
            "Абая 164 корпус 9", "Абая 164, 9 корпус", "Абай даңғылы 164, 9-корпус",
        ]
    )
    func buildings(query: String) throws {
        #expect(try label(query) == "проспект Абая, 164 к9")
    }

    @Test(
        "The number of a microdistrict is not a house of the street next to it",
        arguments: [
            ("мкр. Шанырак-2, ул. Жанкожа батыра, 26", "26"), ("мкр. 5, ул. Куанышбаева, 49а", "49а"),
            ("5 мкр ул. Куанышбаева 49а", "49а"), ("5 мкр Куанышбаева 49а", "49а"),
        ]
    )
    func numberOfTheMicrodistrict(query: String, house: String) throws {
        #expect(try answer(query).parsed.house == house)
    }

    @Test("A known street comes before the microdistrict named as its location")
    func streetBeforeItsMicrodistrict() throws {
        #expect(try answer("мкр. Акжар, ул. Егинсу, 33").parsed.street == "улица Егинсу")
        #expect(try answer("мкр. Горный Гигант, ул. Иванилова, 2").parsed.street == "улица Иванилова")
        #expect(try answer("м-н Айгерим-1, ул. Набережная 54–65").parsed.street == "улица Набережная")
    }

    @Test("The house of an unknown street is not assigned to its microdistrict")
    func houseOfAnUnknownStreet() throws {
        let answer = try answer("мкр Аксай-4, ул. Тепличная 28")
        #expect(try label("мкр Аксай-4, ул. Тепличная 28") == "микрорайон Аксай-4")
        #expect(answer.results.first?.match == .area)
    }
}
