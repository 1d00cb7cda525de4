/// Two-part abbreviations such as «р-н», «пр-т», «ш/а» and «т/ц», and two-word type words such as «шағын ауданы».
///
/// The two parts become one token, written with a slash, so that «516 т/ц» is not read as house 516Т.
enum AddressAbbreviation {
    /// Joins each such pair of tokens, and replaces spelled-out ordinals before a type word with numbers.
    static func joined(_ tokens: [Token]) -> [Token] {
        var joined: [Token] = []
        joined.reserveCapacity(tokens.count)
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            guard index + 1 < tokens.count, !token.isNumber else {
                joined.append(token)
                index += 1
                continue
            }
            let next = tokens[index + 1]
            if isTypeInTwoWords(token, next) {
                let isPlural = next.text.hasPrefix("аудандар") || next.text.hasPrefix("районы")
                joined.append(replacing(token, by: isPlural ? "шагын/аудандар" : "шагын/аудан"))
                index += 2
            } else if isPair(token, next, after: joined.last) {
                joined.append(replacing(token, by: token.text + "/" + next.text))
                index += 2
            } else if token.text == "ст", joined.last?.text.hasPrefix("территори") == true {
                // «Территория СТ Ремизовка» is a garden society; elsewhere the two letters are too ambiguous to be an abbreviation.
                joined.append(replacing(token, by: "с/т"))
                index += 1
            } else if let number = ordinals[token.text], isCounted(next) {
                joined.append(replacing(token, by: number))
                index += 1
            } else {
                joined.append(token)
                index += 1
            }
        }
        return joined
    }

    /// The meanings of a joined abbreviation; nil for other words.
    ///
    /// A pair of letters that is not in the table has no meaning, but it is not a name either.
    static func meanings(of word: String) -> [AddressWord]? {
        guard word.utf8.contains(UInt8(ascii: "/")) else { return nil }
        return table[word] ?? [.at]
    }

    /// Whether two neighbouring tokens are the parts of a known abbreviation.
    static func isKnown(_ first: Token, _ second: Token) -> Bool {
        guard second.separator == .slash || second.separator == .hyphen || second.separator == .stop else {
            return false
        }
        return isInTable(first, second)
    }

    private static func isInTable(_ first: Token, _ second: Token) -> Bool {
        // The longest is «г.қаласы».
        guard !second.isNumber, first.text.utf8.count + second.text.utf8.count <= 16 else { return false }
        return table.contains(first.text + "/" + second.text)
    }

    private static func isPair(_ first: Token, _ second: Token, after previous: Token?) -> Bool {
        switch second.separator {
        case .slash: return areLetters(first, second) || isInTable(first, second)
        case .hyphen: return isInTable(first, second)
        case .stop:
            // «Ш.А. Айманова» has initials, «8 ш.а.» a microdistrict.
            let mayBeInitials = areLetters(first, second) && first.text != "ы"
            return (!mayBeInitials || previous?.isNumber == true) && isInTable(first, second)
        default: return false
        }
    }

    private static func areLetters(_ first: Token, _ second: Token) -> Bool {
        !second.isNumber && first.text.unicodeScalars.count == 1 && second.text.unicodeScalars.count == 1
    }

    private static func replacing(_ token: Token, by text: String) -> Token {
        Token(text: text, separator: token.separator, followsBracket: token.followsBracket)
    }

    private static let smallAreas = WordTable(
        words: ["шагын", "ыкшам", "молтек", "микро", "micro", "shagyn", "yqsham", "ykshsam"]
    )

    private static func isTypeInTwoWords(_ first: Token, _ second: Token) -> Bool {
        guard smallAreas.contains(first.text), second.separator != .comma else { return false }
        return second.text.hasPrefix("ауд") || second.text.hasPrefix("район")
            || AddressWord.meanings(of: second.text).contains(.district)
    }

    // «восьмой микрорайон», «на втором этаже», «үшінші қабат»: anywhere else the ordinal may be part of a name.
    private static func isCounted(_ next: Token) -> Bool {
        guard next.separator == .space, !next.isNumber else { return false }
        return AddressWord.meanings(of: next.text).contains { meaning in
            switch meaning {
            case .floor, .entrance, .microdistrict(.microdistrict): true
            default: false
            }
        }
    }

    private static let ordinals: WordTable<String> = {
        let words = [
            "первый первом биринши first ground", "второй втором екинши second", "третий третьем ушинши third",
            "четвертый четвертом тортинши fourth", "пятый пятом бесинши fifth", "шестой шестом алтыншы sixth",
            "седьмой седьмом жетинши seventh", "восьмой восьмом сегизинши eighth", "девятый девятом тогызыншы ninth",
            "десятый десятом оныншы tenth", "одиннадцатый одиннадцатом eleventh", "двенадцатый двенадцатом twelfth",
        ]
        return WordTable(
            words.enumerated().flatMap { index, forms in
                forms.split(separator: " ").map { (String($0), String(index + 1)) }
            }
        )
    }()

    private static let table: WordTable<[AddressWord]> = {
        var table: [String: [AddressWord]] = [:]
        func add(_ words: String, _ meaning: AddressWord) {
            for word in words.split(separator: " ") { table[String(word)] = [meaning] }
        }
        add("р/н р/не р/он", .district)
        add("пр/т пр/кт д/лы д/гы", .street(.avenue))
        add("к/си к/сi", .street(.street))
        add("пр/д", .street(.passage))
        add("б/р бул/р", .street(.boulevard))
        add("п/к с/т с/о пк/ст пкс/т снт/т", .microdistrict(.gardenSociety))
        add(
            "м/н м/р м/он м/рн м/район мк/р мк/н мк/рн мкр/н мкр/он мкр/не мкр/на мкр/ну мкр/ны мкр/нах мкр/нов мкр/ов мкр/ах мкр/ы мк/ны мик/н мик/р мик/он мик/район "
                + "микр/н микр/он микро/район микрор/н ш/а ы/а м/а ш/ауданы ы/ауданы шагын/аудан шагын/аудандар m/n m/r mkr/n mk/r mik/n "
                + "micro/district sh/a y/a",
            .microdistrict(.microdistrict)
        )
        add("ж/м", .microdistrict(.village))
        add("к/в кв/ра н/п в/п оф/с оф/сы каб/т пом/е пом/ие пав/н", .unit)
        add("п/д под/д", .entrance)
        add("а/я п/о д/с в/ч", .nonAddressNumber)
        add("г/каласы", .city)
        // Kinds of premises: trade and business centres, housing estates.
        add("т/ц б/ц ж/к т/д т/к ж/д р/ц ц/р г/к с/к ч/д б/н маг/н", .at)
        return WordTable(table.map { ($0, $1) })
    }()
}
