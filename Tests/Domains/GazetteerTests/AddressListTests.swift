import Civic
import TestSupport
import Testing

@testable import Gazetteer

/// Splitting notices into their addresses.
@Suite struct AddressListTests {
    private func addresses(_ text: String) throws -> [String] {
        let city = try EmbeddedSnapshot.city()
        return Geocoder(city).addresses(in: text, language: .ru).map { answer in
            answer.results.first.map { city.label(of: $0, .ru).text }
                ?? "? \(answer.parsed.street ?? ""), \(answer.parsed.house ?? "")"
        }
    }

    @Test(
        "One address with a list of rooms, a floor or a microdistrict is one address",
        arguments: [
            ("ул. Абая 52, каб. 301, 302", "проспект Абая, 52"),
            ("Абая 52, кабинеты 301, 302 и 303", "проспект Абая, 52"),
            ("Розыбакиева 90, 4 этаж, оф.402", "улица Розыбакиева, 90"),
            ("Алматы, Әуезов ауданы, 8 ш/а, 37/2", "8-й микрорайон, 37/2"), ("Абая 52 (кв. 1–48)", "проспект Абая, 52"),
        ]
    )
    func oneAddress(text: String, expected: String) throws {
        #expect(try addresses(text) == [expected])
    }

    @Test(
        "A type word between two names, which either may have, ends nothing",
        arguments: [
            "Абая улица проспект Сатпаева, Гоголя/Панфилова", "Абая улица Б. Момышулы, Гоголя/Панфилова",
            "угол Абая проспект улица Сатпаева, угол Гоголя и Панфилова",
            "Абая улица 5 улица Сатпаева, Гоголя/Панфилова",
        ]
    )
    func sharedTypeWords(text: String) throws {
        #expect(try !addresses(text).isEmpty)
    }

    @Test("Names, type words, initials, numbers and signs in any order are read without harm")
    func anyOrder() throws {
        var random = SplitMix64(seed: 11)
        let words = [
            "Абая", "Сатпаева", "Гоголя", "Панфилова", "Момышулы", "Самал-2", "Аксай", "улица", "ул.", "проспект",
            "пр-т", "мкр",
            "угол", "и", "Б.", "К.", "5", "12", "7А", "дом", "д.", "кв.", "оф.", "корпус", "көшесі", "№№", "II",
            "050000",
        ]
        let signs = [" ", " ", " ", ", ", "/", "-", " - ", "; ", ". "]
        let geocoder = Geocoder(try EmbeddedSnapshot.city())
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<Int.random(in: 2...9, using: &random) {
                text += words[Int.random(in: words.indices, using: &random)]
                text += signs[Int.random(in: signs.indices, using: &random)]
            }
            for answer in geocoder.addresses(in: text, limit: 1, language: .ru) {
                #expect(answer.results.allSatisfy { (0...1).contains($0.confidence) }, "\(text)")
            }
        }
    }

    @Test(
        "A street that is not known keeps its houses",
        arguments: [
            "Набережная 54–65, Тепличная 1–18", "ул. Набережная 54–65, ул. Тепличная 1–18",
            "Набережная 54–65; Тепличная 1–18", "Набережная, 54–65, Тепличная, 1–18",
            "Набережная 54–65 и Тепличная 1–18",
            "ул. Набережная (54–65), ул. Тепличная (1–18)", "Набережная 54–65\nТепличная 1–18",
        ]
    )
    func unknownStreet(text: String) throws {
        #expect(try addresses(text) == ["улица Набережная, 54-65", "? тепличная, 1-18"])
    }

    @Test("Two streets with a slash between them are a separate crossing in each part of a list")
    func corners() throws {
        let parsed = Geocoder(try EmbeddedSnapshot.city()).addresses(
            in: "Абая/Байтурсынова; Гоголя/Панфилова",
            language: .ru
        ).map(\.parsed)
        #expect(parsed.map(\.street) == ["проспект Абая", "улица Гоголя"])
        #expect(parsed.map(\.crossStreet) == ["улица Байтурсынулы", "улица Панфилова"])
    }

    @Test("Flats in brackets belong to the house before them")
    func flatsInBrackets() throws {
        #expect(
            try addresses("ул. Абая 48А, 52 (кв. 1–48), 103–107")
                == ["проспект Абая, 48А", "проспект Абая, 52", "проспект Абая, 103-107"]
        )
        #expect(
            try addresses("Абая 48А кв. 5, 52 кв. 8, 103")
                == ["проспект Абая, 48А", "проспект Абая, 52", "проспект Абая, 103"]
        )
    }

    @Test("A microdistrict applies to the streets after it until another is named")
    func governingMicrodistrict() throws {
        let city = try EmbeddedSnapshot.city()
        let text =
            "мкр Калкаман-2: ул. Ауэзова 1-15, Абая 20; мкр Самал-2: ул. Жолдасбекова 3, 5; мкр Аксай-4 д. 28; Абая 52"
        let parsed = Geocoder(city).addresses(in: text, language: .ru).map(\.parsed)
        #expect(parsed.count == 6)
        #expect(parsed.map(\.house) == ["1-15", "20", "3", "5", "28", "52"])
        let tokens = AddressList(text, in: city.names).entries.map { $0.tokens.map(\.text).joined(separator: " ") }
        #expect(tokens.map { $0.hasPrefix("мкр калкаман 2 ") } == [true, true, false, false, false, false])
        #expect(tokens.map { $0.hasPrefix("мкр самал 2 ") } == [false, false, true, true, false, false])
        #expect(tokens.last == "абая 52")
    }

    @Test(
        "At the start of a notice a microdistrict needs no type word",
        arguments: [
            "Калкаман-2: ул. Ауэзова 1-15, Абая 20", "Қалқаман-2 ықшамауданы: Әуезов көшесі 1-15, Абай 20",
            "В мкр. Калкаман-2 (Ауэзова 1-15, Абая 20)",
        ]
    )
    func head(text: String) throws {
        let city = try EmbeddedSnapshot.city()
        let tokens = AddressList(text, in: city.names).entries.map(\.tokens)
        #expect(tokens.count == 2)
        #expect(tokens.allSatisfy { tokens in tokens.contains { $0.text == "калкаман" } })
    }

    @Test("A microdistrict without streets is a separate address")
    func microdistrictAlone() throws {
        #expect(try addresses("Сатпаева 90; мкр. Рахат") == ["улица Сатпаева, 90", "микрорайон Рахат"])
    }

    @Test("Microdistricts in a row are a list, and the last does not apply to what follows")
    func listOfMicrodistricts() throws {
        #expect(
            try addresses("мкр. Рахат, мкр. Самал-2, пр. Абая 52")
                == ["микрорайон Рахат", "микрорайон Самал-2", "проспект Абая, 52"]
        )
    }

    @Test(
        "Initials and first names are part of the street's name",
        arguments: [
            ("ул. М. Макатаева 81", ["улица Макатаева, 81"]),
            (
                "ул. Абая 52, ул. Мухтара Ауэзова, ул. Сатпаева 90",
                ["проспект Абая, 52", "улица Ауэзова", "улица Сатпаева, 90"]
            ),
            ("ул. Абая 52, ул. И. Тепличного 1–31", ["проспект Абая, 52", "? тепличного, 1-31"]),
        ]
    )
    func initials(text: String, expected: [String]) throws { #expect(try addresses(text) == expected) }

    @Test("A house number with the letter of boulevards is not a name")
    func houseLetter() throws {
        #expect(try addresses("мкр. Теректи, ул. Мектеп, 6 Б") == ["улица Мектеп, 6Б"])
        #expect(try addresses("мкр. Аксай-1, 4 Б") == ["микрорайон Аксай-1, 4Б"])
    }

    @Test("Text that is not an address adds no entry to the list")
    func otherNumbers() throws {
        #expect(
            try addresses("ТП-4350: ул. Абая 52, 60; ТП-4507: ул. Сатпаева 90, тел. 250-10-20")
                == ["проспект Абая, 52", "проспект Абая, 60", "улица Сатпаева, 90"]
        )
    }

    @Test(
        "A number after an unknown word is not a house of the list",
        arguments: [
            "Абая 52, оф-с 5, Сатпаева 90", "Абая 52, п. 3, Сатпаева 90", "Абая 52 VIP 4, Сатпаева 90",
            "Абая 52, бут. 7, Сатпаева 90", "Абая 52, сек. 2, Сатпаева 90", "Абая 52, зал 5, Сатпаева 90",
            "Абая 52 вест. 5, Сатпаева 90", "Абая 52 реестр 5, Сатпаева 90", "Абая 52, ЛФК 5; Сатпаева 90",
            "Абая 52, 87012345678, Сатпаева 90", "Абая 52, 050000, Сатпаева 90",
        ]
    )
    func unreadWords(text: String) throws {
        #expect(try addresses(text) == ["проспект Абая, 52", "улица Сатпаева, 90"])
    }

    @Test("A house before an entrance is not the entrance's number")
    func entranceBehindHouse() throws {
        #expect(
            try addresses("ул. Абая 52 вход со двора, ул. Сатпаева 90 цокольный этаж")
                == ["проспект Абая, 52", "улица Сатпаева, 90"]
        )
    }

    @Test("Each address keeps its rooms")
    func roomsOfEach() throws {
        let parsed = Geocoder(try EmbeddedSnapshot.city()).addresses(
            in: "Абая 52 каб. 301, 302, Сатпаева 90 оф. 12 б",
            language: .ru
        ).map(\.parsed)
        #expect(parsed.map(\.house) == ["52", "90"])
        #expect(parsed.map(\.flat) == ["301, 302", "12б"])
    }

    @Test(
        "Houses before their street",
        arguments: [
            "в домах №№ 12, 14, 16 по улице Абая", "дома 12, 14, 16 по ул. Абая",
            "Абай көшесі бойындағы 12, 14, 16 үйлер",
            "Абай даңғылының бойындағы № 12, 14, 16 үйлерде", "по ул. Абая дома №№ 12, 14, 16",
            "Абай көшесінің 12, 14 және 16-үйлері",
        ]
    )
    func housesBeforeStreet(text: String) throws {
        #expect(try addresses(text) == ["проспект Абая, 12", "проспект Абая, 14", "проспект Абая, 16"])
    }

    @Test("Houses before each of two streets")
    func housesBeforeStreets() throws {
        #expect(
            try addresses("Отключение воды: дома 12, 14 по ул. Абая, дома 90, 92 по ул. Сатпаева")
                == ["проспект Абая, 12", "проспект Абая, 14", "улица Сатпаева, 90", "улица Сатпаева, 92"]
        )
    }

    @Test(
        "Microdistricts that share a type word",
        arguments: [
            "мкр-ны 8, 9, 10", "микрорайоны 8, 9 и 10", "8, 9, 10 мкр", "8, 9, 10 ықшамаудандары",
            "8, 9 және 10 шағын аудандары",
            "в микрорайонах № 8, 9, 10", "мкр-нах 8, 9, 10", "8, 9 и 10 микрорайоны",
        ]
    )
    func microdistricts(text: String) throws {
        #expect(try addresses(text) == ["8-й микрорайон", "9-й микрорайон", "10-й микрорайон"])
    }

    @Test(
        "Named microdistricts that share a type word",
        arguments: [
            "мкр-ны Самал-1, 2, 3", "микрорайоны Самал-1, Самал-2, Самал-3", "микрорайоны Самал-1, Самал-2 и Самал-3",
            "в мкр. Самал-1, Самал-2, Самал-3",
        ]
    )
    func namedMicrodistricts(text: String) throws {
        #expect(try addresses(text) == ["микрорайон Самал-1", "микрорайон Самал-2", "микрорайон Самал-3"])
    }

    @Test("A house before its microdistrict is not a list of microdistricts")
    func houseBeforeMicrodistrict() throws {
        #expect(try addresses("37/2, 8 мкр") == ["8-й микрорайон, 37/2"])
    }

    @Test(
        "Several crossings in one clause",
        arguments: [
            "угол Абая и Манаса, угол Жандосова и Розыбакиева", "Абая/Манаса, Жандосова/Розыбакиева",
            "уг. Абая–Манаса, уг. Жандосова–Розыбакиева", "на пересечении улиц Абая и Манаса, Жандосова и Розыбакиева",
            "Абай мен Манас қиылысы, Жандосов пен Розыбакиев қиылысы",
            "Абая/Манаса и Жандосова/Розыбакиева", "пр. Абая/ул. Манаса и ул. Жандосова/ул. Розыбакиева",
            "Абай/Манас және Жандосов/Розыбакиев", "Абая-Манаса, Жандосова-Розыбакиева",
        ]
    )
    func crossings(text: String) throws {
        #expect(try addresses(text) == ["проспект Абая / улица Манаса", "улица Розыбакиева / улица Жандосова"])
    }

    @Test("A crossing before houses")
    func crossingAndHouses() throws {
        #expect(
            try addresses("угол Абая и Манаса, ул. Сатпаева 90, 92")
                == ["проспект Абая / улица Манаса", "улица Сатпаева, 90", "улица Сатпаева, 92"]
        )
        #expect(try addresses("угол Абая, Манаса") == ["проспект Абая / улица Манаса"])
    }
}
