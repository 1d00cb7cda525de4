/// Microdistricts that share one type word: «микрорайоны 8, 9 и 10», «8, 9, 10 ықшамаудандары», «мкр-ны Самал-1, 2, 3».
struct AddressListAreas {
    private(set) var all: [AddressListName] = []
    private let spans: [NameSpan]
    private let query: AddressQuery

    /// - Parameter spans: the names in the clause.
    init(_ spans: [NameSpan], _ query: AddressQuery) {
        (self.spans, self.query) = (spans, query)
        for index in query.tokens.indices where isMicrodistrict(index) {
            let listed = forward(from: index) ?? backward(from: index) ?? []
            guard !listed.contains(where: { name in all.contains { $0.range.overlaps(name.range) } }) else { continue }
            all += listed
        }
    }

    private func isMicrodistrict(_ index: Int) -> Bool {
        query.meanings[index].contains(.microdistrict(.microdistrict))
    }

    private func isPlural(_ index: Int) -> Bool {
        let text = query.tokens[index].text
        return Self.plurals.contains(text) || text.hasPrefix("ыкшамаудандар")
    }

    private static let plurals = WordTable(
        words: [
            "мкрны", "мкр/ны", "мкр/нах", "мкр/нов", "мкр/ов", "мкр/ах", "мкр/ы", "мк/ны", "микрорайоны",
            "микрорайонах",
            "микрорайонов", "микрорайонам", "микрорайонами", "шагын/аудандар", "microdistricts",
        ]
    )

    // «микрорайоны 8, 9 и 10», «мкр-ны Самал-1, 2»; nil where the type word applies to one name only.
    private func forward(from typeWord: Int) -> [AddressListName]? {
        let sharesType = isPlural(typeWord)
        var names: [AddressListName] = []
        var base: [Token] = []
        var index = typeWord + 1
        while index < query.tokens.count {
            if query.hasMeaning(.and, at: index) { index += 1 }
            guard let item = item(at: index), endsItem(item.upperBound) else { break }
            let tokens = query.tokens[item]
            // «мкр. Самал-1, Самал-2» lists two, but the 2 of «мкр. Самал-1, 2» is a house.
            if !sharesType, !isAreaAlone(item) { break }
            if !tokens.allSatisfy(\.isNumber) { base = tokens.last?.isNumber == true ? Array(tokens.dropLast()) : [] }
            let words = tokens.allSatisfy(\.isNumber) ? base + tokens : Array(tokens)
            names.append(name(item, typeWord: typeWord, words))
            index = item.upperBound
        }
        return names.count > 1 ? names : nil
    }

    // «8, 9, 10 мкр», «8 и 9 мкр», «8, 9 ықшамаудандары»; but «12, 8 мкр» is a house, and «Абая 8, 9, 10 мкр» has houses.
    private func backward(from typeWord: Int) -> [AddressListName]? {
        guard typeWord > 0, query.tokens[typeWord].separator != .comma else { return nil }
        var names: [AddressListName] = []
        var isJoined = false
        var index = typeWord - 1
        while index >= 0 {
            guard let item = number(at: index), names.isEmpty || endsItem(index + 1) else { break }
            names.insert(name(item, typeWord: typeWord, Array(query.tokens[item])), at: 0)
            let isStart = query.tokens[index].separator == .comma
            index -= 1
            if index >= 0, query.hasMeaning(.and, at: index) {
                isJoined = true
                index -= 1
            } else if !isStart {
                break
            }
        }
        guard let first = names.first, names.count > (isPlural(typeWord) || isJoined ? 1 : 2) else { return nil }
        let before = first.range.lowerBound - 1
        let isFree =
            before < 0 || query.hasMeaning(.at, at: before) || query.hasMeaning(.city, at: before)
            || query.hasMeaning(.district, at: before)
        return isFree ? names : nil
    }

    private func name(_ range: Range<Int>, typeWord: Int, _ words: [Token]) -> AddressListName {
        let rangeWithTypeWords = min(range.lowerBound, typeWord + 1 == range.lowerBound ? typeWord : range.lowerBound)
        let end = range.upperBound == typeWord ? typeWord + 1 : range.upperBound
        let type = query.tokens[typeWord]
        let separated = words.enumerated().map { place, word in
            Token(text: word.text, separator: place > 0 && word.isNumber ? .hyphen : .space)
        }
        return AddressListName(
            range: range,
            rangeWithTypeWords: rangeWithTypeWords..<end,
            isKnown: true,
            isMicrodistrict: true,
            words: [Token(text: type.text, separator: .space)] + separated
        )
    }

    private func item(at index: Int) -> Range<Int>? {
        if let number = number(at: index) { return number }
        return spans.filter {
            $0.range.lowerBound == index && !$0.areas.isEmpty && $0.cost < RankingWeights.listedSpelling.value
        }
        .max { $0.range.count < $1.range.count }?.range
    }

    // Whether the name is known and belongs to microdistricts only.
    private func isAreaAlone(_ range: Range<Int>) -> Bool {
        spans.contains { $0.range == range && !$0.namesStreet && !$0.namesDistrict }
            && !query.tokens[range].allSatisfy(\.isNumber)
    }

    // The number of a microdistrict, but not 37/2 or the 3-я of a street.
    private func number(at index: Int) -> Range<Int>? {
        guard index >= 0, index < query.tokens.count, !query.isNonAddress[index] else { return nil }
        let token = query.tokens[index]
        guard token.isNumber, (HouseNumber.leadingNumber(token.text) ?? 100) < 100, token.separator != .slash else {
            return nil
        }
        let next = index + 1
        if next < query.tokens.count, query.tokens[next].separator == .slash { return nil }
        return index..<next
    }

    private func endsItem(_ index: Int) -> Bool {
        guard index < query.tokens.count else { return true }
        return query.tokens[index].separator == .comma || query.hasMeaning(.and, at: index)
    }
}
