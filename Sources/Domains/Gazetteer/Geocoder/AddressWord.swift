/// The meaning of a word of an address for the words next to it.
public enum AddressWord: Sendable, Hashable {
    /// "ул.", "көшесі", "ave": the adjacent name is a street of this kind.
    case street(Street.Kind)
    /// "мкр", "ықшамауданы": the adjacent name is a microdistrict.
    case microdistrict(Microdistrict.Kind)
    /// "район", "ауданы": the adjacent name is a district.
    case district
    /// "д.", "үй": the adjacent number is a house.
    case house
    /// "корпус": the number after it belongs to the house.
    case building
    /// "кв.", "офис", "бутик": the adjacent number is inside the house and does not change its position.
    case unit
    /// "этаж", "қабат": the adjacent number is a floor.
    case floor
    /// "подъезд", "кіреберіс", "секция": the adjacent number is an entrance or a part of the house.
    case entrance
    /// "тел.", "домофон", "а/я": the numbers after it are not part of the address.
    case nonAddressNumber
    /// "г.", "Алматы", "Қазақстан": adds no information.
    case city
    /// "область", "облысы": the name before it is that of a region.
    case region
    /// "угол", "қиылысы": two streets meet.
    case crossing
    /// "и", "мен": joins two names.
    case and
    /// "между", "арасында": between two streets.
    case between
    /// "рядом", "на", "маңында": next to or at the named place.
    case at

    /// The meanings a folded word can have; one abbreviation may have several.
    static func meanings(of word: String) -> [AddressWord] {
        if let known = table[word] { return known }
        if let known = AddressAbbreviation.meanings(of: word) { return known }
        // «улицами», «көшесіндегі», «проспекту»: a type word in any grammatical case.
        guard word.utf8.count >= 10 else { return [] }
        return word.utf8.withContiguousStorageIfAvailable { letters in
            for length in stemLengths where length <= letters.count {
                if let meaning = stemTable[UnsafeBufferPointer(rebasing: letters[..<length])] { return [meaning] }
            }
            return []
        } ?? []
    }

    private static let stemTable = WordTable(stems)
    private static let stemLengths = Set(stems.map(\.0.utf8.count)).sorted()

    private static let stems: [(String, AddressWord)] = [
        ("проспект", .street(.avenue)), ("дангыл", .street(.avenue)), ("кошес", .street(.street)),
        ("улица", .street(.street)), ("улице", .street(.street)), ("переул", .street(.lane)),
        ("бульвар", .street(.boulevard)), ("микрораион", .microdistrict(.microdistrict)),
        ("микрорайон", .microdistrict(.microdistrict)), ("ыкшамаудан", .microdistrict(.microdistrict)),
        ("шагынаудан", .microdistrict(.microdistrict)), ("пересеч", .crossing), ("перекрест", .crossing),
        ("киылыс", .crossing), ("кварти", .unit), ("патери", .unit), ("кабинет", .unit), ("комнат", .unit),
        ("помещени", .unit), ("павильон", .unit), ("бутик", .unit), ("офис", .unit), ("болмес", .unit),
        ("кенсес", .unit),
        ("этаж", .floor), ("кабат", .floor), ("подъезд", .entrance), ("подьезд", .entrance), ("киребер", .entrance),
        ("кирибер", .entrance), ("секци", .entrance), ("участк", .house), ("участок", .house),
        ("молтекаудан", .microdistrict(.microdistrict)), ("кошелер", .street(.street)), ("бойындаг", .at),
        ("орналаскан", .at), ("расположен", .at), ("находящ", .at), ("мобильн", .nonAddressNumber),
        ("почтов", .nonAddressNumber),
        ("терминал", .unit), ("прилав", .unit), ("четны", .at), ("четна", .at), ("нечетн", .at), ("сторон", .at),
        ("квадрат", .at),
        ("аудандагы", .district), ("адрес", .at), ("мекенжай", .at),
        ("ауданында", .district), ("ауданынын", .district), ("каласы", .city), ("алматы", .city), ("казахстан", .city),
        ("казакстан", .city),
    ]

    private static let table: WordTable<[AddressWord]> = {
        var table: [String: [AddressWord]] = [:]
        func add(_ words: String, _ meaning: AddressWord) {
            for word in words.split(separator: " ") { table[String(word), default: []].append(meaning) }
        }
        add(
            "ул улица улице улицы улицу улиц уличная кошеси коше кош st street str ulitsa ulica ul koshesi kosh k",
            .street(.street)
        )
        add(
            "пр просп проспект проспекта проспекте прт дангылы дан ave av avenue prospekt prospect prosp pr dangyly",
            .street(.avenue)
        )
        add("бул бульв бульвар бульвара бульвары б boulevard blvd bulvar bulvary", .street(.boulevard))
        add("пер переулок переулка туйык lane per pereulok", .street(.lane))
        add("проезд проезда пр откели passage proezd", .street(.passage))
        add("пл площадь площади аланы square sq ploshchad ploschad alany", .street(.square))
        add("шоссе тракт трасса road rd shosse", .street(.road))
        add("наб набережная жагалауы embankment", .street(.embankment))
        add(
            "мкр мкрн мкрны ыкш мкн микрорайон микрорайона микрорайоне ыкшамауданы ыкшамаудан шагынаудан шагынауданы мик микр микрор "
                + "мкрайон мрн ша ыа",
            .microdistrict(.microdistrict)
        )
        add(
            "mkr mkrn microdistrict mikrorayon mikroraion mikrorajon microrayon yqshamaudany yqsham shagynaudan",
            .microdistrict(.microdistrict)
        )
        add("пос поселок ауылы village", .microdistrict(.village))
        add("снт сад садоводческое дачи дача пкст садовое garden society", .microdistrict(.gardenSociety))
        add("район района районе рн ауданы аудан district rayon raion audany", .district)
        add(
            "д дом дома доме дому домах домам домами домов дд уй уйи уйдин уйде уйинде уйинин уйлер уйлери уйлерде уйлеринде "
                + "уйлердин уйлерге house houses dom uy уч",
            .house
        )
        add("корпус корп кор к литер лит литера строение стр блок bldg building korpus korp k", .building)
        add(
            "кв квар кварт квартира патер пат офис оф кабинет каб комн ком комната apt apartment flat office off room rm suite ste kv "
                + "pater kabinet ofis bolme kense болме помещение пом нп вп кенсе unit бутик павильон пав бокс boutique "
                + "склад гараж контейнер место нежилое неж встроенное зал бут вип vip окно терезе касса ауд киоск ларек hall booth",
            .unit
        )
        add("эт этж этаж кабат floor fl qabat etazh", .floor)
        add("подъезд подьезд под кириберис киреберис entrance podezd секция сек вход ряд section kireberis", .entrance)
        add(
            "тел телефон телефоны телефону сот сотовый уялы моб факс tel phone fax домофон домофона код тп ктп рп бин иин",
            .nonAddressNumber
        )
        add("г город города городе каласы кала алматы алма almaty alma city gorod qalasy индекс рк rk", .city)
        add("область области обл облысы oblast region", .region)
        add("алматинский казахстан казакстан республика республикасы kazakhstan qazaqstan kz имени им атындагы", .city)
        add(
            "угол уг углу углом перес перекр пересечение пересечении перекресток перекрестке пересечения киылысы киылысында",
            .crossing
        )
        add("бурышы бурышында бурыш corner crossing intersection cnr ugol junction киылыс мушеси ug", .crossing)
        add("и мен бен пен жане and с со x х", .and)
        add("между арасы арасында аралыгы аралыгында between mezhdu", .between)
        add(
            "рядом около возле вблизи недалеко неподалеку окрестности окрестностях area напротив у на по в во за перед near nearby at жанында манында касында манайында жакын бойында бойы "
                + "бойымен тусында тусы двор двора дворе территория территории со цоколь цокольный цокольном подвал подвале подвальный мансарда квадрат квадрате границах границы улиц ограниченный квартал кварталы где the "
                + "near от до from to in on of",
            .at
        )
        return WordTable(table.map { ($0, $1) })
    }()
}
