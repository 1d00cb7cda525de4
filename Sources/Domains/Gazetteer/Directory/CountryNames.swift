/// The words for each country: its name in the cases of Russian and Kazakh, its adjective, its English name.
///
/// Institutions use the official name («Генеральное консульство Российской Федерации»), while people ask for «консульство
/// России».
enum CountryNames {
    /// The country named by a folded word, by its index in the list; nil when there is none.
    ///
    /// - Parameter stem: the word stripped as a Kazakh noun.
    static func country(of word: String, stem: String) -> Int? { forms[word] ?? forms[stem] }

    private static let forms: WordTable<Int> = {
        var forms: [(String, Int)] = []
        for (country, line) in names.split(separator: "\n").enumerated() {
            let parts = line.split(separator: "|").map { $0.split(separator: " ").map { Normaliser.fold(String($0)) } }
            forms += parts[0].flatMap(RussianCases.forms).map { ($0, country) }
            forms += parts[1].flatMap { [$0, KazakhStem.stem($0)] }.map { ($0, country) }
            forms += parts[2].map { ($0, country) }
        }
        return WordTable(forms)
    }()

    // Russian | Kazakh | English; nouns in the nominative, adjectives in the masculine.
    private static let names = """
        Россия российский рф|Ресей|Russia Russian
        Китай китайский кнр|Қытай|China Chinese
        Германия германский немецкий фрг|Германия|Germany German
        Кыргызстан Киргизия кыргызский киргизский|Қырғызстан Қырғыз|Kyrgyzstan Kyrgyz
        Узбекистан узбекский|Өзбекстан|Uzbekistan Uzbek
        Таджикистан таджикский|Тәжікстан|Tajikistan Tajik
        Туркменистан Туркмения туркменский|Түрікменстан|Turkmenistan Turkmen
        Беларусь Белоруссия белорусский|Беларусь|Belarus Belarusian
        Украина украинский|Украина|Ukraine Ukrainian
        Молдова молдавский|Молдова|Moldova Moldovan
        Грузия грузинский|Грузия|Georgia Georgian
        Армения армянский|Армения|Armenia Armenian
        Азербайджан азербайджанский|Әзербайжан Әзірбайжан|Azerbaijan Azerbaijani
        Турция турецкий|Түркия|Turkiye Turkey Turkish
        Польша польский|Польша|Poland Polish
        Литва литовский|Литва|Lithuania Lithuanian
        Латвия латвийский|Латвия|Latvia Latvian
        Эстония эстонский|Эстония|Estonia Estonian
        Чехия чешский|Чехия|Czechia Czech
        Словакия словацкий|Словакия|Slovakia Slovak
        Венгрия венгерский|Венгрия Мажарстан|Hungary Hungarian
        Румыния румынский|Румыния|Romania Romanian
        Болгария болгарский|Болгария|Bulgaria Bulgarian
        Сербия сербский|Сербия|Serbia Serbian
        Греция греческий|Грекия|Greece Greek
        Италия итальянский|Италия|Italy Italian
        Испания испанский|Испания|Spain Spanish
        Португалия португальский|Португалия|Portugal Portuguese
        Франция французский|Франция|France French
        Великобритания Британия британский|Ұлыбритания Британия|Britain British
        Австрия австрийский|Австрия|Austria Austrian
        Швейцария швейцарский|Швейцария|Switzerland Swiss
        Нидерланды голландский нидерландский|Нидерланд|Netherlands Dutch
        Бельгия бельгийский|Бельгия|Belgium Belgian
        Швеция шведский|Швеция|Sweden Swedish
        Норвегия норвежский|Норвегия|Norway Norwegian
        Финляндия финский финляндский|Финляндия|Finland Finnish
        Дания датский|Дания|Denmark Danish
        Америка американский сша|АҚШ Америка|USA America American
        Канада канадский|Канада|Canada Canadian
        Индия индийский|Үндістан|India Indian
        Пакистан пакистанский|Пәкістан|Pakistan Pakistani
        Афганистан афганский|Ауғанстан|Afghanistan Afghan
        Иран иранский|Иран|Iran Iranian
        Ирак иракский|Ирак|Iraq Iraqi
        Израиль израильский|Израиль|Israel Israeli
        Монголия монгольский|Моңғолия|Mongolia Mongolian
        Корея корейский|Корея|Korea Korean
        Япония японский|Жапония|Japan Japanese
        Вьетнам вьетнамский|Вьетнам|Vietnam Vietnamese
        Таиланд тайский|Тайланд|Thailand Thai
        Малайзия малайзийский|Малайзия|Malaysia Malaysian
        Индонезия индонезийский|Индонезия|Indonesia Indonesian
        Египет египетский|Египет|Egypt Egyptian
        """
}
