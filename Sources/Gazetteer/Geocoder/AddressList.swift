/// The addresses that a longer text names one after another, as notices about works and cuts do.
///
/// «ул. Абая 10, 12, 14; Сатпаева 5–9; мкр Самал-2, д. 3»: a name counts when a type word or a house stands beside it;
/// the houses behind it belong to it until the next name.
struct AddressList {
    /// One address of the text, as a question of its own.
    struct Entry {
        let tokens: [Token]
    }

    /// Words beyond this are not read; the limit bounds the work.
    static let mostTokens = 600

    let entries: [Entry]

    init(_ text: String, in index: NameIndex) {
        var entries: [Entry] = []
        var rest = Self.mostTokens
        for part in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
            let tokens = Array(Token.tokens(of: String(part)).prefix(rest))
            rest -= tokens.count
            for clause in Self.clauses(tokens) {
                entries += Self.entries(Question(clause, most: Self.mostTokens), index)
            }
        }
        self.entries = entries
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

    private static func entries(_ question: Question, _ index: NameIndex) -> [Entry] {
        var search = NameSpans(question, in: index, most: 60)
        let names = names(among: search.find(), question)
        // «угол Сатпаева и Манаса» is one place.
        let saysCrossing = question.meanings.contains { $0.contains(.crossing) || $0.contains(.between) }
        if saysCrossing, names.count > 1, question.tokens.count <= Question.mostTokens {
            return [Entry(tokens: question.tokens)]
        }
        let groups = question.houseGroups(beside: names)
        var entries: [Entry] = []
        for (place, name) in names.enumerated() {
            let end = place + 1 < names.count ? names[place + 1].lowerBound : question.tokens.count
            let own = groups.filter { name.upperBound <= $0.range.lowerBound && $0.range.upperBound <= end }
            let marked = withMarks(name, question)
            guard !own.isEmpty || marked.count > name.count else { continue }
            let words = marked.map { question.tokens[$0] }
            if own.isEmpty { entries.append(Entry(tokens: words)) }
            for group in own { entries.append(Entry(tokens: words + question.tokens[group.range])) }
        }
        return entries
    }

    // The longest names that do not overlap, in the order of the text.
    private static func names(among spans: [NameSpan], _ question: Question) -> [Range<Int>] {
        var taken: [Range<Int>] = []
        for span in spans where span.cost < 0.02 {
            let isPlace = span.bearers.contains { if case .district = $0.place { false } else { true } }
            if isPlace, !taken.contains(where: { $0.overlaps(span.range) }) { taken.append(span.range) }
        }
        return taken.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static func withMarks(_ name: Range<Int>, _ question: Question) -> Range<Int> {
        var (first, end) = (name.lowerBound, name.upperBound)
        while first > 0, isType(first - 1, question), question.tokens[first].separator != .comma { first -= 1 }
        while end < question.tokens.count, isType(end, question), question.tokens[end].separator != .comma { end += 1 }
        return first..<end
    }

    private static func isType(_ index: Int, _ question: Question) -> Bool {
        question.meanings[index].contains { meaning in
            switch meaning {
            case .street, .microdistrict: true
            default: false
            }
        }
    }
}

extension Geocoder {
    /// The longest text that is read for its addresses, in characters.
    public static let longestText = 4_000

    /// Answers for every address that a text names, in the order of the text; each is the best for it.
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
            return answer.results.isEmpty && entries.isEmpty ? [] : [answer]
        }
        return entries.map { answer($0.tokens, limit: limit, language: language) }
    }
}
