/// A name in a list of addresses.
struct AddressListName {
    /// The tokens of the name.
    let range: Range<Int>
    /// The tokens of the name and of the type words next to it.
    let marked: Range<Int>
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
    private static let mostGiven = 2

    /// - Parameter continues: whether addresses came before this clause.
    init(_ spans: [NameSpan], _ question: Question, continues: Bool) {
        var names = AddressListAreas(spans, question).all
        for span in spans where span.cost < 0.02 && Self.isPlace(span, question) {
            let mark = span.range.lowerBound - 1
            // «5 мкр 12», «Көктем-3 ықшамауданы 10»: the type word belongs to the name before it, and the number is a house.
            let isHouse =
                question.tokens[span.range].allSatisfy(\.isNumber)
                && names.contains { $0.range.upperBound == mark && question.tokens[mark].separator != .comma }
            guard !isHouse, !names.contains(where: { $0.range.overlaps(span.range) }) else { continue }
            names.append(Self.known(span, question))
        }
        names += Self.unknown(beside: names, question, continues: continues)
        all = names.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    // «Әуезов ауданы» is a district, although a street has the same name.
    private static func isPlace(_ span: NameSpan, _ question: Question) -> Bool {
        guard span.namesDistrict else { return true }
        let touches =
            question.says(.district, at: span.range.lowerBound - 1)
            && question.tokens[span.range.lowerBound].separator != .comma
            || question.says(.district, at: span.range.upperBound)
                && question.tokens[span.range.upperBound].separator != .comma
        return !touches && span.bearers.contains { if case .district = $0.place { false } else { true } }
    }

    private static func known(_ span: NameSpan, _ question: Question) -> AddressListName {
        let marked = withMarks(span.range, question)
        let saysArea =
            (marked.lowerBound..<span.range.lowerBound).contains { isMicrodistrict($0, question) }
            || (span.range.upperBound..<marked.upperBound).contains { isMicrodistrict($0, question) }
        return AddressListName(
            range: span.range,
            marked: marked,
            isKnown: true,
            isMicrodistrict: !span.areas.isEmpty && (saysArea || !span.namesStreet)
        )
    }

    private static func withMarks(_ name: Range<Int>, _ question: Question) -> Range<Int> {
        var (first, end) = (name.lowerBound, name.upperBound)
        // «Орбита-2 А»: without its letter it would be the name of another microdistrict.
        if question.tokens[end - 1].isNumber, question.isLetterOfName(end) { end += 1 }
        // «ул. М. Макатаева», «ул. Касым Толебеков»: initials and first names stand between the type word and the surname.
        var given = first
        while given > 0, first - given < mostGiven, isGiven(given - 1, question) { given -= 1 }
        if given > 0, given < first, isStreet(given - 1, question), question.tokens[given].separator != .comma {
            first = given
        }
        while first > 0, isType(first - 1, question), question.tokens[first].separator != .comma { first -= 1 }
        while end < question.tokens.count, isType(end, question), question.tokens[end].separator != .comma,
            !introduces(end, question)
        {
            end += 1
        }
        return first..<end
    }

    private static func isGiven(_ index: Int, _ question: Question) -> Bool {
        let next = question.tokens[index + 1].separator
        let isInitial = next == .stop && question.tokens[index].text.utf8.count <= 2 && !question.tokens[index].isNumber
        return isInitial || next != .comma && question.isWord(index)
    }

    // «Самал-2 ул. Жолдасбекова»: the type word belongs to the word after it.
    private static func introduces(_ mark: Int, _ question: Question) -> Bool {
        let next = mark + 1
        return next < question.tokens.count && question.isWord(next) && question.tokens[next].separator != .comma
    }

    private static func isType(_ index: Int, _ question: Question) -> Bool {
        isMicrodistrict(index, question) || isStreet(index, question)
    }

    private static func isMicrodistrict(_ index: Int, _ question: Question) -> Bool {
        question.meanings[index].contains { if case .microdistrict = $0 { true } else { false } }
    }

    private static func isStreet(_ index: Int, _ question: Question) -> Bool {
        question.meanings[index].contains { if case .street = $0 { true } else { false } }
    }
}

// Streets that the gazetteer does not have.
extension AddressListNames {
    // Words with a street's type word, «ул. Тепличная 1–18», and words that go on with a list, «…54–65, Тепличная 1–18».
    private static func unknown(
        beside known: [AddressListName],
        _ question: Question,
        continues: Bool
    ) -> [AddressListName] {
        let taken = known.map(\.marked)
        // «Набережная, 54–65, Тепличная, 1–18»
        let hasCommas = known.contains { name in
            name.range.upperBound < question.tokens.count && question.tokens[name.range.upperBound].isNumber
                && question.tokens[name.range.upperBound].separator == .comma
        }
        var names: [AddressListName] = []
        var index = 0
        while index < question.tokens.count {
            let run = run(from: index, taken, question)
            if !run.isEmpty, run.count <= longestUnknown, !isInitials(run, before: taken, question) {
                let marked = withMarks(run, question)
                let isMarked = marked.contains { !run.contains($0) && isStreet($0, question) }
                if isMarked || isItem(run, question, continues: continues, hasCommas: hasCommas) {
                    names.append(AddressListName(range: run, marked: marked, isKnown: false, isMicrodistrict: false))
                }
            }
            index = max(index + 1, run.upperBound)
        }
        return names
    }

    private static func run(from start: Int, _ taken: [Range<Int>], _ question: Question) -> Range<Int> {
        var end = start
        while end < question.tokens.count, question.isWord(end), !taken.contains(where: { $0.contains(end) }),
            end == start || question.tokens[end].separator != .comma
        {
            end += 1
        }
        return start..<end
    }

    // «ул. М. Макатаева»
    private static func isInitials(_ run: Range<Int>, before taken: [Range<Int>], _ question: Question) -> Bool {
        question.tokens[run].allSatisfy { $0.text.utf8.count <= 4 }
            || taken.contains { $0.lowerBound == run.upperBound }
                && question.tokens[run.upperBound].separator != .comma
    }

    // «Абая 52, вест. 5», «Абая 52, ЛФК 5»: whatever the word means, it is not a street.
    private static func isAbbreviation(_ run: Range<Int>, _ question: Question) -> Bool {
        if question.tokens[run.upperBound].separator == .stop { return true }
        return question.tokens[run].allSatisfy { word in
            word.text.unicodeScalars.count < 4 || !word.text.contains { vowels.contains($0) }
        }
    }

    private static let vowels: Set<Character> = [
        "а", "е", "и", "о", "у", "ы", "э", "ю", "я", "a", "e", "i", "o", "u", "y",
    ]

    // Whether a run follows a house and a comma or «и», and is followed by a number of its own.
    private static func isItem(_ run: Range<Int>, _ question: Question, continues: Bool, hasCommas: Bool) -> Bool {
        guard run.upperBound < question.tokens.count, !question.isAside[run.upperBound] else { return false }
        let next = question.tokens[run.upperBound]
        guard next.isNumber, next.separator != .comma || hasCommas, !isAbbreviation(run, question) else { return false }
        guard run.lowerBound > 0 else { return continues }
        let isJoined = question.says(.and, at: run.lowerBound - 1)
        guard isJoined || question.tokens[run.lowerBound].separator == .comma else { return false }
        let last = run.lowerBound - (isJoined ? 2 : 1)
        return last >= 0 && (question.tokens[last].isNumber || question.isAside[last])
    }
}
