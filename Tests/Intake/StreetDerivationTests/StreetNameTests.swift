import Gazetteer
import Testing

@testable import StreetDerivation

@Suite("Inconsistent spellings of street names")
struct StreetNameTests {
    private func ids(_ text: String) throws -> [String] {
        let streets =
            try GridCity.streets() + [
                try Street(
                    Fields(["id": "lane-abaya", "kind": "lane", "name_ru": "Абая", "old_names": "", "source": "t"])
                ),
                try Street(
                    Fields(["id": "nazarbaeva", "name_ru": "Назарбаева", "old_names": "Фурманова", "source": "t"])
                ),
                try Street(Fields(["id": "8-ya", "name_ru": "8-я", "old_names": "", "source": "t"])),
                try Street(Fields(["id": "baytursynuly", "name_ru": "Байтурсынулы", "old_names": "", "source": "t"])),
            ]
        let matcher = StreetNameMatcher(streets, localities: ["Теректи", "Самал-3"])
        return matcher.matches(text).map { streets[$0.index].id.rawValue }
    }

    @Test(
        "Many spellings match one street",
        arguments: [
            ("пр. Абая", "abaya"), ("АБАЯ ПР", "abaya"), ("Aбaя", "abaya"), ("пр-т Абая", "abaya"),
            ("Абай даңғылы", "abaya"), ("ул. К.Сатпаева", "satpaeva"), ("ул.К. И. Сатпаева", "satpaeva"),
            ("Джандосова", "zhandosova"), ("Жандосов көшесі", "zhandosova"), ("ул. Толе Би", "tole-bi"),
            ("ул. Навои мкр. Орбита-1", "navoi"), ("ул. Гоголя (Теректи)", "gogolya"), ("пер. Абая", "lane-abaya"),
            ("ул. Фурманова", "nazarbaeva"), ("Неизвестная (Назарбаева)", "nazarbaeva"), ("8-я улица", "8-ya"),
            ("ул. Пушкна", "pushkina"), ("Байтурсынулы", "baytursynuly"),
        ]
    )
    func matches(text: String, id: String) throws {
        #expect(try ids(text).first == id)
    }

    @Test(
        "Texts that name no street",
        arguments: [
            "", "мкр. 8", "8-й микрорайон", "8", "улица(Теректи)", "мкр.Самал-3", "сад. тов. Абая", "ул", "пер. Гоголя",
            "()",
        ]
    )
    func nothing(text: String) throws {
        #expect(try ids(text).isEmpty)
    }

    @Test func severalNamesInOneText() throws {
        let facts = StreetFacts(streets: try GridCity.streets(), blocks: [])
        let labels = StreetTexts(facts).labels(of: "абая-Гоголя,ул.Навои")
        let found = Set(
            labels.keys.compactMap { if case .street(let index) = $0 { facts.streets[index].id.rawValue } else { nil } }
        )
        #expect(found == ["abaya", "gogolya", "navoi"])
    }

    @Test func riversJoinUnderTheirSpellings() {
        let rivers = Waterway.all(in: [
            "р. Есентай", "р. Есентай(Весновка)", "р. Сапожнково", "р. Сапожникова", "река Карасу 6",
        ])
        #expect(rivers.map(\.slug).sorted() == ["esentay", "karasu", "sapozhnikova"] || rivers.count == 3)
        #expect(rivers.first { $0.slug == "karasu" }?.kk == "Қарасу")
        #expect(!Waterway.isWaterway("Рощинская"))
    }
}
