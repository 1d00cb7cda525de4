/// What a word of an address says about the words beside it.
public enum AddressWord: Sendable, Hashable {
    /// "ул.", "көшесі", "ave": the name beside it is a street of this kind.
    case street(Street.Kind)
    /// "мкр", "ықшамауданы": the name beside it is a microdistrict.
    case microdistrict(Microdistrict.Kind)
    /// "район", "ауданы": the name beside it is a district.
    case district
    /// "д.", "үй": the number beside it is a house.
    case house
    /// "корпус": the number after it belongs to the house.
    case building
    /// "кв.", "офис": the number after it is inside the house and does not move it.
    case unit
    /// "г.", "Алматы": says nothing new here.
    case city

    /// The meanings a folded word can have; one abbreviation may have several.
    static func meanings(of word: String) -> [AddressWord] { table[word] ?? [] }

    private static let table: [String: [AddressWord]] = {
        var table: [String: [AddressWord]] = [:]
        func add(_ words: String, _ meaning: AddressWord) {
            for word in words.split(separator: " ") { table[String(word), default: []].append(meaning) }
        }
        add("ул улица улице улицы уличная кошеси кош st street str ulitsa ul koshesi k", .street(.street))
        add(
            "пр просп проспект проспекта проспекте прт дангылы дан ave avenue prospekt prosp pr dangyly",
            .street(.avenue)
        )
        add("бул бульвар бульвара бульвары б boulevard blvd bulvar bulvary", .street(.boulevard))
        add("пер переулок переулка туйык lane per pereulok", .street(.lane))
        add("проезд проезда пр откели passage proezd", .street(.passage))
        add("пл площадь площади аланы square sq ploshchad alany", .street(.square))
        add("шоссе тракт трасса road rd shosse", .street(.road))
        add("наб набережная жагалауы embankment", .street(.embankment))
        add(
            "мкр мкрн мкн микрорайон микрорайона микрорайоне ыкшамауданы ыкшамаудан шагынаудан шагынауданы",
            .microdistrict(.microdistrict)
        )
        add("mkr microdistrict mikrorayon mikroraion yqshamaudany", .microdistrict(.microdistrict))
        add("пос поселок ауылы village", .microdistrict(.village))
        add("снт сад садоводческое дачи", .microdistrict(.gardenSociety))
        add("район района районе рн ауданы аудан district", .district)
        add("д дом дома уй house dom", .house)
        add("корпус корп к литер лит", .building)
        add("кв квартира патер офис оф этаж кабат подъезд кабинет каб комн apt flat office", .unit)
        add("г город города каласы кала алматы алма almaty city", .city)
        add("алматинский", .city)
        return table
    }()
}
