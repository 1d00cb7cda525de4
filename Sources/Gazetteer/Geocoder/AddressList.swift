/// The addresses that a longer text names one after another, as notices about works and cuts do.
///
/// «ул. Абая 10, 12, 14; Сатпаева 5–9; мкр Самал-2, д. 3»: a name counts when a type word or a house stands beside it;
/// the houses behind it belong to it until the next name. A street that is not known is a name as well, or its houses
/// would go to the street before it. A microdistrict without houses of its own governs the streets behind it until
/// another one is named: «мкр Калкаман-2: ул. Ауэзова 1–15, Абая 20».
struct AddressList {
    /// One address of the text, as a question of its own.
    struct Entry {
        /// The tokens: the microdistrict that governs, the street, the house.
        let tokens: [Token]
        /// The name as typed and the house, for a street that is not known.
        let typed: (street: String, house: String?)?
    }

    /// Words beyond this are not read; the limit bounds the work.
    static let mostTokens = 600

    private(set) var entries: [Entry] = []
    private let index: NameIndex
    private var area: Area?

    /// The microdistrict that governs, by the entry that stands for it while no street follows it.
    private struct Area {
        let tokens: [Token]
        let entry: Int
        /// Whether another one stands right before it, as in a list of microdistricts.
        let isListed: Bool
        var hasStreets = false
    }

    init(_ text: String, in index: NameIndex) {
        self.index = index
        var rest = Self.mostTokens
        for part in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
            let tokens = Array(Token.tokens(of: String(part)).prefix(rest))
            rest -= tokens.count
            for clause in Self.clauses(tokens) { read(Question(clause, most: Self.mostTokens)) }
        }
        endArea()
    }

    // Names are looked for in pieces of a bounded length that end where a comma or a full stop does.
    private static func clauses(_ tokens: [Token]) -> [[Token]] {
        var clauses: [[Token]] = []
        var current: [Token] = []
        for token in tokens {
            let endsHere = current.count >= 16 && token.separator == .comma && !token.isNumber
            if endsHere || current.count >= 40 {
                clauses.append(current)
                current = []
            }
            current.append(token)
        }
        if !current.isEmpty { clauses.append(current) }
        return clauses
    }

    private mutating func read(_ question: Question) {
        var search = NameSpans(question, in: index, most: 60)
        let names = AddressListNames(search.find(), question, continues: !entries.isEmpty).all
        // «угол Сатпаева и Манаса» is one place.
        let saysCrossing = question.meanings.contains { $0.contains(.crossing) || $0.contains(.between) }
        if saysCrossing, names.count(where: \.isKnown) > 1, question.tokens.count <= Question.mostTokens {
            entries.append(Entry(tokens: question.tokens, typed: nil))
            return
        }
        let groups = question.houseGroups(beside: names.map(\.range))
        if groups.isEmpty, names.count == 2, isCorner(names, question) {
            entries.append(Entry(tokens: question.tokens, typed: nil))
            return
        }
        for (place, name) in names.enumerated() {
            let end = place + 1 < names.count ? names[place + 1].marked.lowerBound : question.tokens.count
            let own = groups.filter { name.range.upperBound <= $0.range.lowerBound && $0.range.upperBound <= end }
            // «Қалқаман-2: Әуезов көшесі 1–15»: at the head of a notice a microdistrict needs no type word.
            let isHead = name.isMicrodistrict && place == 0 && names.count > 1 && name.range.lowerBound == 0
            guard !own.isEmpty || isHead || name.marked.count > name.range.count else { continue }
            if name.isMicrodistrict {
                add(microdistrict: name, own, question)
            } else {
                add(street: name, own, question)
            }
        }
    }

    // «Абая/Байтурсынова; Гоголя/Панфилова» are two crossings.
    private func isCorner(_ names: [AddressListName], _ question: Question) -> Bool {
        names.allSatisfy { $0.isKnown && !$0.isMicrodistrict } && question.tokens.count <= Question.mostTokens
            && question.tokens[names[1].marked.lowerBound].separator == .slash
    }

    private mutating func add(microdistrict name: AddressListName, _ own: [Question.HouseGroup], _ question: Question) {
        let isListed = area?.hasStreets == false && area?.entry == entries.count - 1
        endArea()
        let words = Array(question.tokens[name.marked])
        for group in own { entries.append(Entry(tokens: words + question.tokens[group.range], typed: nil)) }
        guard own.isEmpty else { return }
        area = Area(tokens: words, entry: entries.count, isListed: isListed)
        entries.append(Entry(tokens: words, typed: nil))
    }

    private mutating func add(street name: AddressListName, _ own: [Question.HouseGroup], _ question: Question) {
        if area?.isListed == true { area = nil }
        // «мкр. Тастак-1, д. 26а, ул. Фурката» is one address.
        guard name.isKnown || !own.isEmpty || area != nil else { return }
        area?.hasStreets = true
        let words = (area?.tokens ?? []) + question.tokens[name.marked]
        func typed(_ house: HouseNumber?) -> (street: String, house: String?)? {
            guard !name.isKnown else { return nil }
            return (question.tokens[name.range].map(\.text).joined(separator: " "), house?.key)
        }
        if own.isEmpty { entries.append(Entry(tokens: words, typed: typed(nil))) }
        for group in own {
            entries.append(Entry(tokens: words + question.tokens[group.range], typed: typed(group.house)))
        }
    }

    // A microdistrict that only says where the streets behind it are is no address of its own.
    private mutating func endArea() {
        if let area, area.hasStreets { entries.remove(at: area.entry) }
        area = nil
    }
}

extension Geocoder {
    /// The longest text that is read for its addresses, in characters.
    public static let longestText = 4_000

    /// The most addresses that are read from one text.
    public static let mostAddresses = AddressList.mostTokens

    /// Answers for every address that a text names, in the order of the text; each is the best for it.
    ///
    /// A street that is not known has its place in the list, with nothing found, and with its name and house in `parsed`.
    ///
    /// - Parameters:
    ///   - text: a notice, a list, or a single question; at most `longestText` characters count.
    ///   - limit: at most so many places for each address.
    ///   - language: the language of `parsed`.
    public func addresses(in text: String, limit: Int = 1, language: Language = .kk) -> [GeocodeAnswer] {
        let text = String(text.prefix(Self.longestText))
        let entries = AddressList(text, in: snapshot.names).entries
        guard entries.count > 1 else {
            let answer = answer(text, limit: limit, language: language)
            return answer.results.isEmpty && entries.allSatisfy { $0.typed != nil } ? [] : [answer]
        }
        return entries.map { entry in
            let answer = answer(entry.tokens, limit: limit, language: language)
            guard let typed = entry.typed, answer.parsed.street == nil else { return answer }
            var parsed = answer.parsed
            (parsed.street, parsed.house) = (typed.street, typed.house)
            return GeocodeAnswer(parsed: parsed, results: answer.results)
        }
    }
}
