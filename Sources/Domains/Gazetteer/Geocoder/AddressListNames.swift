/// A name in a list of addresses.
struct AddressListName {
    /// The tokens of the name.
    let range: Range<Int>
    /// The tokens of the name and of the type words next to it.
    let rangeWithTypeWords: Range<Int>
    /// Whether the gazetteer has a place with this name.
    let isKnown: Bool
    /// Whether it names a microdistrict: it has such a type word, or no street has the name.
    let isMicrodistrict: Bool
    /// The words of the name where several names share some, as in «микрорайоны 8, 9 и 10».
    var words: [Token]?
}

/// The names in one clause of a list of addresses, known or not, in the order of the text.
struct AddressListNames {
    let all: [AddressListName]

    private static let longestUnknown = 3
    private static let maxGiven = 2

    /// - Parameter continues: whether addresses came before this clause.
    init(_ spans: [NameSpan], _ query: AddressQuery, continues: Bool) {
        var names = AddressListAreas(spans, query).all
        for span in spans where span.cost < RankingWeights.listedSpelling.value && Self.isPlace(span, query) {
            let typeWord = span.range.lowerBound - 1
            // «5 мкр 12», «Көктем-3 ықшамауданы 10»: the type word belongs to the name before it, and the number is a house.
            let isHouse =
                query.tokens[span.range].allSatisfy(\.isNumber)
                && names.contains { $0.range.upperBound == typeWord && query.tokens[typeWord].separator != .comma }
            guard !isHouse, !names.contains(where: { $0.range.overlaps(span.range) }) else { continue }
            names.append(Self.known(span, query))
        }
        names += Self.unknown(beside: names, query, continues: continues)
        all = names.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    // «Әуезов ауданы» is a district, although a street has the same name.
    private static func isPlace(_ span: NameSpan, _ query: AddressQuery) -> Bool {
        guard span.namesDistrict else { return true }
        let touches =
            query.hasMeaning(.district, at: span.range.lowerBound - 1)
            && query.tokens[span.range.lowerBound].separator != .comma
            || query.hasMeaning(.district, at: span.range.upperBound)
                && query.tokens[span.range.upperBound].separator != .comma
        return !touches && span.namedPlaces.contains { if case .district = $0.place { false } else { true } }
    }

    private static func known(_ span: NameSpan, _ query: AddressQuery) -> AddressListName {
        let rangeWithTypeWords = withTypeWords(span.range, query)
        let mentionsArea =
            (rangeWithTypeWords.lowerBound..<span.range.lowerBound).contains { isMicrodistrict($0, query) }
            || (span.range.upperBound..<rangeWithTypeWords.upperBound).contains { isMicrodistrict($0, query) }
        return AddressListName(
            range: span.range,
            rangeWithTypeWords: rangeWithTypeWords,
            isKnown: true,
            isMicrodistrict: !span.areas.isEmpty && (mentionsArea || !span.namesStreet)
        )
    }

    private static func withTypeWords(_ name: Range<Int>, _ query: AddressQuery) -> Range<Int> {
        var (first, end) = (name.lowerBound, name.upperBound)
        // «Орбита-2 А»: without its letter it would be the name of another microdistrict.
        if query.tokens[end - 1].isNumber, query.isLetterOfName(end) { end += 1 }
        // «ул. М. Макатаева», «ул. Касым Толебеков»: initials and first names stand between the type word and the surname.
        var given = first
        while given > 0, first - given < maxGiven, isGiven(given - 1, query) { given -= 1 }
        if given > 0, given < first, isStreet(given - 1, query), query.tokens[given].separator != .comma {
            first = given
        }
        while first > 0, isType(first - 1, query), query.tokens[first].separator != .comma { first -= 1 }
        while end < query.tokens.count, isType(end, query), query.tokens[end].separator != .comma,
            !introduces(end, query)
        {
            end += 1
        }
        return first..<end
    }

    private static func isGiven(_ index: Int, _ query: AddressQuery) -> Bool {
        let next = query.tokens[index + 1].separator
        let isInitial = next == .stop && query.tokens[index].text.utf8.count <= 2 && !query.tokens[index].isNumber
        return isInitial || next != .comma && query.isWord(index)
    }

    // «Самал-2 ул. Жолдасбекова»: the type word belongs to the word after it.
    private static func introduces(_ typeWord: Int, _ query: AddressQuery) -> Bool {
        let next = typeWord + 1
        return next < query.tokens.count && query.isWord(next) && query.tokens[next].separator != .comma
    }

    private static func isType(_ index: Int, _ query: AddressQuery) -> Bool {
        isMicrodistrict(index, query) || isStreet(index, query)
    }

    private static func isMicrodistrict(_ index: Int, _ query: AddressQuery) -> Bool {
        query.meanings[index].contains { if case .microdistrict = $0 { true } else { false } }
    }

    private static func isStreet(_ index: Int, _ query: AddressQuery) -> Bool {
        query.meanings[index].contains { if case .street = $0 { true } else { false } }
    }
}

// Streets that the gazetteer does not have.
extension AddressListNames {
    // Words with a street's type word, «ул. Тепличная 1–18», and words that go on with a list, «…54–65, Тепличная 1–18».
    private static func unknown(
        beside known: [AddressListName],
        _ query: AddressQuery,
        continues: Bool
    ) -> [AddressListName] {
        let taken = known.map(\.rangeWithTypeWords)
        // «Набережная, 54–65, Тепличная, 1–18»
        let hasCommas = known.contains { name in
            name.range.upperBound < query.tokens.count && query.tokens[name.range.upperBound].isNumber
                && query.tokens[name.range.upperBound].separator == .comma
        }
        var names: [AddressListName] = []
        var index = 0
        while index < query.tokens.count {
            let run = run(from: index, taken, query)
            if !run.isEmpty, run.count <= longestUnknown, !isInitials(run, before: taken, query) {
                let rangeWithTypeWords = withTypeWords(run, query)
                let hasTypeWord = rangeWithTypeWords.contains { !run.contains($0) && isStreet($0, query) }
                if hasTypeWord || isItem(run, query, continues: continues, hasCommas: hasCommas) {
                    names.append(
                        AddressListName(
                            range: run,
                            rangeWithTypeWords: rangeWithTypeWords,
                            isKnown: false,
                            isMicrodistrict: false
                        )
                    )
                }
            }
            index = max(index + 1, run.upperBound)
        }
        return names
    }

    private static func run(from start: Int, _ taken: [Range<Int>], _ query: AddressQuery) -> Range<Int> {
        var end = start
        while end < query.tokens.count, query.isWord(end), !taken.contains(where: { $0.contains(end) }),
            end == start || query.tokens[end].separator != .comma
        {
            end += 1
        }
        return start..<end
    }

    // «ул. М. Макатаева»
    private static func isInitials(_ run: Range<Int>, before taken: [Range<Int>], _ query: AddressQuery) -> Bool {
        query.tokens[run].allSatisfy { $0.text.utf8.count <= 4 }
            || taken.contains { $0.lowerBound == run.upperBound }
                && query.tokens[run.upperBound].separator != .comma
    }

    // «Абая 52, вест. 5», «Абая 52, ЛФК 5»: whatever the word means, it is not a street.
    private static func isAbbreviation(_ run: Range<Int>, _ query: AddressQuery) -> Bool {
        if query.tokens[run.upperBound].separator == .stop { return true }
        return query.tokens[run].allSatisfy { word in
            word.text.unicodeScalars.count < 4 || !word.text.contains { vowels.contains($0) }
        }
    }

    private static let vowels: Set<Character> = [
        "а", "е", "и", "о", "у", "ы", "э", "ю", "я", "a", "e", "i", "o", "u", "y",
    ]

    // Whether a run follows a house and a comma or «и», and is followed by a number of its own.
    private static func isItem(_ run: Range<Int>, _ query: AddressQuery, continues: Bool, hasCommas: Bool) -> Bool {
        guard run.upperBound < query.tokens.count, !query.isNonAddress[run.upperBound] else { return false }
        let next = query.tokens[run.upperBound]
        guard next.isNumber, next.separator != .comma || hasCommas, !isAbbreviation(run, query) else { return false }
        guard run.lowerBound > 0 else { return continues }
        let isJoined = query.hasMeaning(.and, at: run.lowerBound - 1)
        guard isJoined || query.tokens[run.lowerBound].separator == .comma else { return false }
        let last = run.lowerBound - (isJoined ? 2 : 1)
        return last >= 0 && (query.tokens[last].isNumber || query.isNonAddress[last])
    }
}
