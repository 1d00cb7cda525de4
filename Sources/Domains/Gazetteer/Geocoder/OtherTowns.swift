/// Towns other than Almaty: an address in one of them cannot be found here.
enum OtherTowns {
    /// The tokens of such a name, unless an adjacent type word marks it as a street.
    static func find(in tokens: [Token]) -> Range<Int>? {
        for index in tokens.indices where !tokens[index].isNumber {
            if let rests = names[tokens[index].text] {
                if index + 1 < tokens.count, rests.contains(tokens[index + 1].text) { return index..<(index + 2) }
                if rests.contains("") { return index..<(index + 1) }
            }
            // «Қонаев қаласы», «город Иссык», «г. Талгар»: whichever town it is, it is not Almaty.
            if let town = town(saidBy: index, in: tokens) { return town }
        }
        return nil
    }

    private static let ownNames = WordTable(words: ["алматы", "алма", "almaty", "алмате", "алматынын"])

    private static func town(saidBy index: Int, in tokens: [Token]) -> Range<Int>? {
        let text = tokens[index].text
        if index > 0, text.utf8.starts(with: "каласы".utf8) || text == "qalasy" {
            let isOther = isTown(tokens[index - 1]) && tokens[index].separator == .space
            return isOther ? (index - 1)..<(index + 1) : nil
        }
        let mentionsTown = townWords.contains(text)
        let abbreviates = text == "г" && index + 1 < tokens.count && tokens[index + 1].separator == .stop
        guard mentionsTown || abbreviates, index + 1 < tokens.count, isTown(tokens[index + 1]) else { return nil }
        return index..<(index + 2)
    }

    private static let townWords = WordTable(words: ["город", "городе", "города", "city"])

    private static func isTown(_ token: Token) -> Bool {
        !token.isNumber && token.separator != .comma && token.text.utf8.count > 4 && !ownNames.contains(token.text)
            && AddressWord.meanings(of: token.text).isEmpty
    }

    // The regional centres and larger towns of Kazakhstan, towns around Almaty, and capitals often typed with an address.
    // The key is the first word of the name, the value the words that follow it: one or none.
    private static let names: WordTable<[String]> = {
        let kazakhstan = """
            астана нур-султан нурсултан шымкент караганда караганды актобе тараз павлодар усть-каменогорск оскемен семей
            семипалатинск атырау костанай кустанай кызылорда уральск орал петропавловск петропавл актау темиртау туркестан
            кокшетау талдыкорган экибастуз рудный жезказган балхаш каскелен талгар есик капчагай кентау
            байконур байконыр жанаозен узынагаш чилик шелек лисаковск аксу риддер степногорск щучинск
            """
        let world = """
            москва москве санкт-петербург петербург новосибирск екатеринбург казань омск томск уфа самара минск киев бишкек
            ташкент самарканд душанбе ашхабад баку тбилиси ереван стамбул пекин урумчи берлин париж лондон рим токио
            нью-йорк дубай сеул
            """
        let latin = """
            astana nursultan nur-sultan shymkent karaganda qaraghandy aktobe aqtobe taraz pavlodar atyrau aktau kokshetau
            kostanay semey oral turkestan moscow moskva bishkek tashkent london paris berlin istanbul petersburg dubai
            beijing rome tokyo new-york
            """
        var rests: [String: [String]] = [:]
        for name in (kazakhstan + " " + world + " " + latin).split(whereSeparator: \.isWhitespace) {
            let words = Token.tokens(of: String(name)).map(\.text)
            rests[words[0], default: []].append(words.dropFirst().joined(separator: " "))
        }
        return WordTable(rests.map { ($0, $1) })
    }()
}
