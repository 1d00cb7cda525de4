import Civic
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Words that native readers asked us to avoid, each with its replacement.
@Suite("Wording of the interface, the mails and the agreement")
struct WordingTests {
    @Test("No text uses a form that was replaced by a better one", arguments: Language.allCases)
    func replaced(language: Language) throws {
        for text in try texts(language) {
            for (pattern, better) in Self.replaced[language] ?? [] {
                #expect(!matches(pattern, text.value), "\(text.place): write \(better), not \(text.value)")
            }
        }
    }

    @Test("Russian words that are spelled with ё have it")
    func yo() throws {
        for text in try texts(.ru) {
            for pattern in Self.withoutYo {
                #expect(!matches(pattern, text.value), "\(text.place): ё in \(text.value)")
            }
        }
    }

    @Test("Quotation marks are those of the language", arguments: Language.allCases)
    func quotes(language: Language) throws {
        let foreign = language == .en ? #"["'«»]"# : #"["'“”„]"#
        for text in try texts(language) {
            // Skip JSON examples such as {"points":[…]}.
            let words = text.value.replacing(/\{"[^}]*\}/, with: "")
            #expect(!matches(foreign, words), "\(text.place): \(words)")
        }
    }

    @Test("No sentence ends with two full stops", arguments: Language.allCases)
    func stops(language: Language) throws {
        for text in try texts(language) {
            #expect(!matches(#"(?<!\.)\.\.(?!\.)"#, text.value), "\(text.place): \(text.value)")
        }
    }

    @Test("The agreement and the texts inserted into it use the same term for the operator")
    func party() throws {
        let operators = [Language.kk: "бұдан әрі — Оператор", .ru: "далее — Оператор", .en: "“the Operator”"]
        for language in Language.allCases {
            let text = try #require(agreements(language).first).value
            #expect(text.contains(try #require(operators[language])))
            #expect(!matches(#"далее — Портал|бұдан әрі — Портал|“the Portal”"#, text))
        }
    }

    @Test(
        "The patterns match what they are meant for",
        arguments: [
            ("Изменить адрес почты", Language.ru), ("Режим разработки", .ru), ("Привязанные службы", .ru),
            ("Расталған пошта мекенжайы", .kk), ("Сұраныс тым көп", .kk), ("Жүйеге кірілді", .kk),
            ("12:00 бастап {time} бастап", .kk), ("this is test operation", .en),
        ]
    )
    func finds(text: String, language: Language) {
        #expect(Self.replaced[language]?.contains { matches($0.pattern, text) } == true)
    }

    @Test(
        "Words without a required ё are found, and correct words are not",
        arguments: [
            ("Попробуйте еще раз", true), ("Учетная запись", true), ("Адрес подтвержден", true),
            ("Ссылка придет", true),
            ("Пароль изменен", true), ("Данные удаленной записи", true), ("Роль изменена", false), ("Четверг", false),
            ("Подтверждение", false), ("Второй фактор выключен", false), ("Изменение", false), ("Ещё раз", false),
        ]
    )
    func findsYo(text: String, isFound: Bool) {
        #expect(Self.withoutYo.contains { matches($0, text) } == isFound)
    }

    // MARK: - Forms

    private static let replaced: [Language: [(pattern: String, better: String)]] = [
        .kk: [
            (#"(?<![Ээ]лектрондық )[Пп]ошта мекенжай"#, "«электрондық пошта мекенжайы»"),
            (#"[Ээ]лектронды пошта"#, "«электрондық пошта»"),
            (#"үлескер"#, "«қатысушылары»"), (#"қалалық порталы"#, "«Алматы қаласының порталы»"),
            (#"Алматыда не іздейсіз"#, "«Алматыдан не іздейсіз?»"), (#"\} бастап"#, "«басталуы: {time}»"),
            (#"айдаланушылық келісім"#, "«пайдаланушы келісімі»"),
            (#"өңдеуге келіс(емін|есіз)"#, "«келісім беремін»"), (#"[Сс]ұраныс"#, "«сұрау»"),
            (#"\b[Кк]ірілді"#, "«кіру тіркелді»"), (#"\bсұралды"#, "«… туралы сұрау түсті»"),
            (#"[Ққ]алған (қалпына|код)"#, "«Пайдаланылмаған қалпына келтіру кодтары: {n}»"),
            (#"[Сс]танса"#, "«станция»"), (#"Ctrl басып"#, "«Ctrl пернесін басып тұрып»"),
            (#"кері шешілмейтін"#, "«кері қалпына келтірілмейтін»"), (#"[Бб]өтен адам"#, "«бөгде адам»"),
            (#"[Бб]аспасөз хабар"#, "«БАҚ жарияланымдары»"), (#"[Жж]оспарлаушы"#, "«талдаушы»"),
            (#"\b[Фф]орма(ны|ға|да)?\b"#, "«пішін»"), (#"[Ққ]олданушы"#, "«пайдаланушы»"),
            (#"[Ққ]ұпия сөз|[Пп]ароль"#, "«құпиясөз»"),
        ],
        .ru: [
            (#"[Аа]дрес\p{L}* почты"#, "«адрес эл. почты»"), (#"[Ии]мя и фамили"#, "«фамилия, имя, отчество»"),
            (#"(?<![Ээ]кстренные |[Ээ]кстренная )\b[Сс]лужб"#, "«сервис»"),
            (#"ссылк\p{L}* активации"#, "«ссылка для активации»"),
            (#"[Дд]ополнительн\p{L}+ подтвержд|двухфакторн"#, "«второй фактор»"),
            (#"[Вв]ключено|[Вв]ыключено"#, "«включён», «выключен»"),
            (#"[Нн]еверное имя или"#, "«Неверное имя пользователя, эл. почта или пароль»"),
            (#"[Пп]устое поле удалит"#, "«Чтобы удалить номер, оставьте поле пустым»"),
            (#"[Зз]апрос не понят"#, "«Не удалось понять запрос»"), (#"[Сс]ообщения прессы"#, "«Публикации СМИ»"),
            (#"[Пп]ланировщик"#, "«аналитик»"),
            (#"[Рр]ежим\p{L}* разработки|[Тт]естов\p{L}+ режим"#, "«пробный режим»"),
            (#"[Аа]ккаунт|[Нн]екорректн|[Нн]евалидн"#, "the words of the glossary"),
        ],
        .en: [
            (#"[Tt]est operation|[Dd]evelopment mode"#, "“test mode”"),
            (#"\b[Ii]nvalid\b|\b[Oo]ops\b"#, "what is wrong"),
        ],
    ]

    /// Spellings with е of words that must have ё.
    private static let withoutYo = [
        #"\b(еще|нее|ее|трех|четырех|мое|твое|свое|чье)\b"#, #"\b(в|на) нем\b"#, #"\b(о|при) чем\b"#,
        #"\b(при|за|во|на|про|по)?шел\b"#, #"\b(не)?учет"#, #"\b(от|рас|за|с)чет(?!н|верг)"#, #"\bсчетчик"#,
        #"\bприем(?!л)"#, #"\bобъем"#, #"\bзвездо?ч?(ы|к)"#, #"\bпоселок"#, #"\bперекресток"#, #"\bзелен(?!с)"#,
        #"\bчерн(ы|о[ейм]\b)"#, #"\bжелт"#, #"\bтемн(ы|ая|ой)"#, #"\bлегк(и|ая|ой)"#, #"\bтренажер"#, #"\bсамолет"#,
        #"\b(при|вой|прой|най|перей|уй|пой|и)дет\b"#, #"\b(по|про|при)?ведет(ся)?\b"#,
        #"\b(пере|от|за|вы|про|у)?дает(ся)?\b"#, #"\b(бер|жд|зов|отзов|начн|жив)ет(ся)?\b"#,
        #"(подтвержд|заверш|сохран|замен|измен|удал|определ|\bвключ|отключ|разреш|раздел|продл|утвержд|введ|реш)ен(н[а-яё]+)?\b"#,
    ].map { "(?i)" + $0 }

    // MARK: - Texts

    private struct Text {
        let place: String
        let value: String
    }

    private func texts(_ language: Language) throws -> [Text] {
        var found = try agreements(language)
        for folder in try TestPortal.resources("Locale") {
            let file = folder.appending(path: "\(language.rawValue).json")
            let object = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
            for (key, value) in try #require(object as? [String: Any]) {
                if let text = value as? String { found.append(Text(place: key, value: text)) }
                for text in (value as? [String: String] ?? [:]).values { found.append(Text(place: key, value: text)) }
            }
        }
        #expect(found.count > 800)
        return found
    }

    /// Templates for one language (`…-kk.mustache` and so on), without their markup.
    private func agreements(_ language: Language) throws -> [Text] {
        let folder = try TestPortal.home().resources(of: "AccountSite").appending(path: "Templates")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("-\(language.rawValue).mustache") }
            .map { name in
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                return Text(place: name, value: text.replacing(/<[^>]*>/, with: " "))
            }
    }

    private func matches(_ pattern: String, _ text: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }
}
