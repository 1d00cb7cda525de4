import Civic
import TestSupport
import Testing

@testable import Gazetteer

/// Suggestions while typing, tested with the embedded city.
@Suite struct SuggesterTests {
    private func first(_ text: String) throws -> (kind: GeocodeResult.Kind, label: String)? {
        let city = try EmbeddedSnapshot.city()
        guard case .place(let result)? = Suggester(city).suggestions(for: text, language: .ru).first?.target else {
            return nil
        }
        return (result.kind, city.label(of: result, .ru).text)
    }

    @Test(
        "A type word being typed does not hide the street before it",
        arguments: [
            "Сейфуллина проспе", "Сейфуллина проспек", "Кабанбай батыра ули", "Сәтпаев көше", "ул. Абая Кунанбаев",
        ]
    )
    func unfinishedTypeWord(_ text: String) throws {
        #expect(try #require(try first(text)).kind == .street)
    }

    @Test(
        "A house before its street is found while the rest is being typed",
        arguments: [
            ("80, Тимирязева ул", "80"), ("137 Zheltoksan s", "137"), ("50 дом, Жетысу-2", "50"),
            ("88-үй, Желтоқ", "88"), ("137 Zhe", "137"),
        ]
    )
    func houseFirst(_ text: String, _ house: String) throws {
        let found = try #require(try first(text))
        #expect(found.kind == .address)
        #expect(found.label.contains(house))
    }

    // «с» also means "and", «д» a house, «каб» a room, «к» a building.
    @Test(
        "A letter that is also an address word begins the name after a type word",
        arguments: [
            ("ул. С", "с"), ("пр. Д", "д"), ("ул. Каб", "каб"), ("Каб", "каб"), ("улица К", "к"), ("просп. Се", "се"),
        ]
    )
    func letterThatIsAWord(_ text: String, _ beginning: String) throws {
        let city = try EmbeddedSnapshot.city()
        let labels = Suggester(city).suggestions(for: text, language: .ru).compactMap { suggestion -> String? in
            guard case .place(let result) = suggestion.target, result.kind == .street else { return nil }
            return city.label(of: result, .ru).text.lowercased()
        }
        let first = try #require(labels.first)
        #expect(first.split(whereSeparator: { !$0.isLetter }).contains { $0.hasPrefix(beginning) })
    }

    @Test(
        "If no name begins with the letter, the street before it stays",
        arguments: ["Абая д", "Сатпаева к", "Сейфуллина с"]
    )
    func letterBehindAName(_ text: String) throws {
        let found = try #require(try first(text))
        #expect(found.kind == .street)
    }

    @Test(
        "Two streets give their crossing while a third is typed, and no institution",
        arguments: ["Гоголя, Пушкина, М", "Гоголя, Пушкина, Макатаева, Кун", "Достық пен Сәтпаев кө"]
    )
    func crossingWhileTyped(_ text: String) throws {
        let found = try #require(try first(text))
        #expect(found.kind == .intersection)
    }

    @Test("A type word restricts the suggestions to places, except that a square also finds features named after it")
    func typeWord() throws {
        let city = try EmbeddedSnapshot.city()
        func kinds(_ text: String) -> Set<GeocodeResult.Kind> {
            Set(
                Suggester(city).suggestions(for: text, language: .ru).compactMap { suggestion in
                    guard case .place(let result) = suggestion.target else { return nil }
                    return result.kind
                }
            )
        }
        #expect(!kinds("ул. Зенкова").contains(.organization))
        #expect(kinds("площадь Респу").contains(.organization))
    }

    @Test(
        "A street with a typo comes before institutions found by correcting a word",
        arguments: [
            ("Розыбокиев", "улица Розыбакиева"), ("сатпеава", "улица Сатпаева"), ("Сейфулина ", "проспект Сейфуллина"),
            ("Айнобулак", "микрорайон Айнабулак"),
        ]
    )
    func typos(_ text: String, _ label: String) throws {
        #expect(try #require(try first(text)).label.hasPrefix(label))
    }

    @Test("A few letters do not have a typo in the first one", arguments: ["Санкт-", "санк", "Санкт"])
    func firstLetter(_ text: String) throws {
        let city = try EmbeddedSnapshot.city()
        let banks = Suggester(city).suggestions(for: text, language: .ru).filter { suggestion in
            guard case .place(let place) = suggestion.target, case .organization(let index) = place.subject else {
                return suggestion.target == .category("bank")
            }
            return city.directory.organizations[index].category == "bank"
        }
        #expect(banks.isEmpty)
    }

    @Test("In a longer word the first letter may be a typo", arguments: ["голиклиник", "боликлиника"])
    func firstLetterOfALongWord(_ text: String) throws {
        let found = Suggester(try EmbeddedSnapshot.city()).suggestions(for: text, language: .ru)
        #expect(found.first?.target == .category("polyclinic"))
    }

    @Test("A number before a prefix may belong to an institution as well as a house")
    func numberFirst() throws {
        let city = try EmbeddedSnapshot.city()
        let found = Suggester(city).suggestions(for: "№59 ме", language: .ru)
        #expect(found.contains { if case .place(let place) = $0.target { place.kind == .organization } else { false } })
        #expect(found.contains { if case .place(let place) = $0.target { place.kind == .address } else { false } })
    }

    @Test(
        "After another town and a comma, nothing in this city is suggested",
        arguments: ["Астана,", "Караганда, ", "г. Шымкент, ул. Т", "Қарағанды қаласы, Н", "Москва, ул. Тверс"]
    )
    func otherTown(_ text: String) throws {
        #expect(Suggester(try EmbeddedSnapshot.city()).suggestions(for: text, language: .ru).isEmpty)
    }

    @Test(
        "Another town's name alone may be a name here",
        arguments: ["Астана", "Талгар", "Караган", "г. Алматы, ул. Т", "Алматинская обл., г. Алматы, ул. П"]
    )
    func notElsewhere(_ text: String) throws {
        #expect(!Suggester(try EmbeddedSnapshot.city()).suggestions(for: text, language: .ru).isEmpty)
    }

    @Test(
        "Numbers that are not part of the address begin no name",
        arguments: ["A15G7M6", "тел. +7 727 2", "домофон 8"]
    )
    func numbersAside(_ text: String) throws {
        let found = Suggester(try EmbeddedSnapshot.city()).suggestions(for: text, language: .ru)
        #expect(
            !found.contains { if case .place(let place) = $0.target { place.kind == .microdistrict } else { false } }
        )
    }

    @Test(
        "A prefix submitted as it stood finds what was suggested",
        arguments: [
            ("Розы", "улица Розыбакиева"), ("80, Тимир", "улица Тимирязева, 80"), ("кабанб", "улица Кабанбай батыра"),
        ]
    )
    func sentUnfinished(_ text: String, _ label: String) throws {
        let city = try EmbeddedSnapshot.city()
        let found = Suggester(city).results(for: text, limit: 10, language: .ru)
        #expect(city.label(of: try #require(found.places.first), .ru).text == label)
    }

    @Test(
        "Certain answers, and queries that begin no name, are left as the geocoder answers them",
        arguments: ["Абая 52", "дворец республики", "Сатпаеваа 8", "улица Разбитых Фонарей 25", "г. Шымкент, ул. Т"]
    )
    func sentFinished(_ text: String) throws {
        let city = try EmbeddedSnapshot.city()
        let found = Suggester(city).results(for: text, limit: 10, language: .ru)
        #expect(found.places == Geocoder(city).answer(text, limit: 10, language: .ru).results)
    }

    @Test("The category that a submitted prefix begins is also found") func sentCategory() throws {
        let found = Suggester(try EmbeddedSnapshot.city()).results(for: "полик", limit: 10, language: .ru)
        #expect(found.categories.contains("polyclinic"))
    }

    @Test("No place occurs twice, and the best comes first", arguments: ["а", "ул. Ж", "абая", "центр обслуживания н"])
    func noneTwice(_ text: String) throws {
        let city = try EmbeddedSnapshot.city()
        let found = Suggester(city).suggestions(for: text, limit: 20, language: .ru)
        #expect(!found.isEmpty)
        let places = found.compactMap { suggestion -> String? in
            guard case .place(let result) = suggestion.target else { return nil }
            return "\(result.subject) \(result.house ?? "")"
        }
        #expect(Set(places).count == places.count)
        #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
    }
}
