public import Civic

/// The addresses listed in a longer text, such as a notice of road works or a power cut.
///
/// «ул. Абая 10, 12, 14; Сатпаева 5–9; мкр Самал-2, д. 3»: a name counts when a type word or a house is next to it, and the
/// houses after it belong to it until the next name. Unknown streets are names too; otherwise their houses would be assigned
/// to the street before. A microdistrict without houses of its own applies to the streets that follow until another one is
/// named: «мкр Калкаман-2: ул. Ауэзова 1–15, Абая 20».
struct AddressList {
    /// One address of the text, as a separate query.
    struct Entry {
        /// The tokens of the microdistrict that applies, the street and the house.
        let tokens: [Token]
        /// The name as typed and the house, when the street is unknown.
        let typed: (street: String, house: String?)?
    }

    /// Further words are ignored, which bounds the work.
    static let maxTokens = 600

    private(set) var entries: [Entry] = []
    private let index: NameIndex
    private var area: Area?

    /// The microdistrict that applies, with the index of the entry that represents it until a street follows.
    private struct Area {
        let tokens: [Token]
        let entry: Int
        /// Whether another one comes right before it, as in a list of microdistricts.
        let isListed: Bool
        var hasStreets = false
    }

    init(_ text: String, in index: NameIndex) {
        self.index = index
        var rest = Self.maxTokens
        for part in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
            let tokens = Array(Token.tokens(of: String(part)).prefix(rest))
            rest -= tokens.count
            for clause in Self.clauses(tokens) { read(AddressQuery(clause, most: Self.maxTokens)) }
        }
        endArea()
    }

    // Splits the text at commas and full stops into pieces of bounded length.
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

    private mutating func read(_ query: AddressQuery) {
        if let parts = AddressListCrossings(query, in: index)?.parts {
            for part in parts {
                if part.isCrossing {
                    entries.append(Entry(tokens: part.tokens, typed: nil))
                } else {
                    read(AddressQuery(part.tokens, most: Self.maxTokens))
                }
            }
            return
        }
        var search = NameSpans(query, in: index, most: 60)
        let names = AddressListNames(search.find(), query, continues: !entries.isEmpty).all
        // «угол Сатпаева и Манаса» is one place.
        let mentionsCrossing = query.meanings.contains { $0.contains(.crossing) || $0.contains(.between) }
        if mentionsCrossing, names.count(where: \.isKnown) > 1, query.tokens.count <= AddressQuery.maxTokens {
            entries.append(Entry(tokens: query.tokens, typed: nil))
            return
        }
        let groups = query.houseGroups(beside: names.map(\.range))
        if groups.isEmpty, names.count == 2, isCorner(names, query) {
            entries.append(Entry(tokens: query.tokens, typed: nil))
            return
        }
        let houses = Houses(groups, names, query)
        for (place, name) in names.enumerated() {
            let own = houses.own(of: place)
            // «Қалқаман-2: Әуезов көшесі 1–15»: at the start of a notice a microdistrict needs no type word.
            let isHead = name.isMicrodistrict && place == 0 && names.count > 1 && name.range.lowerBound == 0
            let hasTypeWord = name.words != nil || name.rangeWithTypeWords.count > name.range.count
            guard !own.isEmpty || isHead || hasTypeWord else { continue }
            if name.isMicrodistrict {
                add(microdistrict: name, own, query)
            } else {
                add(street: name, own, query)
            }
        }
    }

    // «Абая/Байтурсынова; Гоголя/Панфилова» are two crossings.
    private func isCorner(_ names: [AddressListName], _ query: AddressQuery) -> Bool {
        names.allSatisfy { $0.isKnown && !$0.isMicrodistrict } && query.tokens.count <= AddressQuery.maxTokens
            && query.tokens[names[1].rangeWithTypeWords.lowerBound].separator == .slash
    }

    private mutating func add(
        microdistrict name: AddressListName,
        _ own: [AddressQuery.HouseGroup],
        _ query: AddressQuery
    ) {
        let isListed = area?.hasStreets == false && area?.entry == entries.count - 1
        endArea()
        let words = name.words ?? Array(query.tokens[name.rangeWithTypeWords])
        for group in own { entries.append(Entry(tokens: words + Self.tokens(of: group, query), typed: nil)) }
        guard own.isEmpty else { return }
        area = Area(tokens: words, entry: entries.count, isListed: isListed)
        entries.append(Entry(tokens: words, typed: nil))
    }

    private mutating func add(street name: AddressListName, _ own: [AddressQuery.HouseGroup], _ query: AddressQuery) {
        if area?.isListed == true { area = nil }
        // «мкр. Тастак-1, д. 26а, ул. Фурката» is one address.
        guard name.isKnown || !own.isEmpty || area != nil else { return }
        area?.hasStreets = true
        let words = (area?.tokens ?? []) + query.tokens[name.rangeWithTypeWords]
        func typed(_ house: HouseNumber?) -> (street: String, house: String?)? {
            guard !name.isKnown else { return nil }
            return (query.tokens[name.range].map(\.text).joined(separator: " "), house?.key)
        }
        if own.isEmpty { entries.append(Entry(tokens: words, typed: typed(nil))) }
        for group in own {
            entries.append(Entry(tokens: words + Self.tokens(of: group, query), typed: typed(group.house)))
        }
    }

    // A house with the word before it that labels it, and the flats, rooms and floor that follow it. Without its label the 5
    // of «Орбита-2 «А», д. 5» would belong to the letter.
    private static func tokens(of group: AddressQuery.HouseGroup, _ query: AddressQuery) -> [Token] {
        var (start, end) = (group.range.lowerBound, group.range.upperBound)
        while query.hasMeaning(.house, at: start - 1) { start -= 1 }
        while end < query.tokens.count, query.isNonAddress[end] { end += 1 }
        return Array(query.tokens[start..<end])
    }

    // A microdistrict that only locates the streets after it is not an address of its own.
    private mutating func endArea() {
        if let area, area.hasStreets { entries.remove(at: area.entry) }
        area = nil
    }
}

extension AddressList {
    /// Assigns the houses of a clause to its names.
    private struct Houses {
        private let groups: [AddressQuery.HouseGroup]
        private let names: [AddressListName]
        private let query: AddressQuery
        /// Whether houses come before their street: «в домах №№ 12, 14 по улице Абая».
        private let areBefore: Bool

        init(_ groups: [AddressQuery.HouseGroup], _ names: [AddressListName], _ query: AddressQuery) {
            (self.groups, self.names, self.query) = (groups, names, query)
            guard let group = groups.first, let name = names.first,
                group.range.upperBound <= name.rangeWithTypeWords.lowerBound, let last = names.last
            else {
                areBefore = false
                return
            }
            let isLabelled = query.hasMeaning(.house, at: group.range.lowerBound - 1)
            let isLast = groups.last.map { $0.range.upperBound <= last.rangeWithTypeWords.lowerBound } ?? false
            areBefore = isLabelled && isLast
        }

        func own(of place: Int) -> [AddressQuery.HouseGroup] {
            let name = names[place]
            guard !areBefore else {
                let start = place > 0 ? names[place - 1].rangeWithTypeWords.upperBound : 0
                return groups.filter {
                    start <= $0.range.lowerBound && $0.range.upperBound <= name.rangeWithTypeWords.lowerBound
                }
            }
            let end = place + 1 < names.count ? names[place + 1].rangeWithTypeWords.lowerBound : query.tokens.count
            let behind = groups.filter { name.range.upperBound <= $0.range.lowerBound && $0.range.upperBound <= end }
            return behind.enumerated().filter { $0 == 0 || !isOfUnknownWord($1) }.map(\.element)
        }

        // «Абая 52, реестр 5»: after a house, a number belongs to the word before it.
        private func isOfUnknownWord(_ group: AddressQuery.HouseGroup) -> Bool {
            let before = group.range.lowerBound - 1
            return !group.isLabelled && before >= 0 && query.isWord(before)
                && query.tokens[group.range.lowerBound].separator != .comma
                && !names.contains { $0.rangeWithTypeWords.contains(before) }
        }
    }
}

extension Geocoder {
    /// The longest text that is searched for addresses, in characters.
    public static let longestText = 4_000

    /// The most addresses that are read from one text.
    public static let maxAddresses = AddressList.maxTokens

    /// Gives the best answers for every address that a text names, in the order of the text.
    ///
    /// An unknown street keeps its place in the list: nothing is found for it, and `parsed` has its name and house.
    ///
    /// - Parameters:
    ///   - text: a notice, a list, or a single query; at most `longestText` characters count.
    ///   - limit: the most places returned for each address.
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
