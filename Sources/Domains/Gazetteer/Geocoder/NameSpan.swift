/// A run of tokens that is a name, or may be one with typos.
struct NameSpan: Sendable {
    /// The tokens.
    let range: Range<Int>
    private let named: NameIndex.NamedPlaces
    /// The penalty for typos and other spellings.
    let cost: Double
    /// The words that were replaced.
    let corrections: [Correction]
    init(range: Range<Int>, namedPlaces: NameIndex.NamedPlaces, cost: Double, corrections: [Correction]) {
        (self.range, named, self.cost, self.corrections) = (range, namedPlaces, cost, corrections)
    }

    /// The places that have the name.
    var namedPlaces: [NameIndex.NamedPlace] { named.all }
    /// The streets that have the name.
    var streets: [(index: Int, nameType: NameIndex.NameType)] { named.streets }
    /// The areas that have the name.
    var areas: [PlaceReference] { named.areas }
    /// Whether both are the same spelling of the same words.
    func isSame(as other: NameSpan) -> Bool { range == other.range && cost == other.cost && named === other.named }

    var namesStreet: Bool { !streets.isEmpty }
    var namesDistrict: Bool { areas.contains { if case .district = $0 { true } else { false } } }
}

/// Finds the names in a query.
struct NameSpans {
    /// An address has no more spans than this; the limit bounds the work.
    static let maxSpans = 14
    private static let longestName = 6

    private let index: NameIndex
    private let query: AddressQuery
    private var meanings: [[Vocabulary.Meaning]]
    private var spans: [NameSpan] = []
    /// The number of words tried.
    private(set) var steps = 0
    private let most: Int
    private var allowsTypos = false

    /// - Parameter most: the most spans kept.
    init(_ query: AddressQuery, in index: NameIndex, most: Int = NameSpans.maxSpans) {
        self.most = most
        self.query = query
        self.index = index
        meanings = query.tokens.enumerated().map { place, token in
            query.isNonAddress[place] ? [] : Self.meanings(of: token, in: index.words)
        }
        for place in query.tokens.indices where !query.isNonAddress[place] {
            guard let value = RomanNumeral.value(at: place, in: query.tokens),
                let number = index.words.number(of: String(value))
            else { continue }
            meanings[place].append(Vocabulary.Meaning(word: number, cost: 0))
        }
    }

    // Latin words are also looked up by sound, because names are known by their Cyrillic spelling.
    private static func meanings(of token: Token, in words: Vocabulary) -> [Vocabulary.Meaning] {
        var meanings = words.number(of: token.text).map { [Vocabulary.Meaning(word: $0, cost: 0)] } ?? []
        guard !token.isNumber else { return meanings + latinLetter(of: token, in: words) }
        if token.text.utf8.first.map({ $0 < 0x80 }) ?? false {
            for meaning in words.meanings(bySoundOf: token.text)
            where !meanings.contains(where: { $0.word == meaning.word }) {
                meanings.append(meaning)
            }
        }
        return meanings
    }

    // «Аксай-3A» with a Latin letter.
    private static func latinLetter(of token: Token, in words: Vocabulary) -> [Vocabulary.Meaning] {
        let spellings = LatinHouseLetters.spellings(of: token.text, bySoundFirst: false)
        return [spellings.first, spellings.other].compactMap { spelling in
            guard let spelling, spelling != token.text, let number = words.number(of: spelling) else { return nil }
            return Vocabulary.Meaning(word: number, cost: 0)
        }
    }

    /// Allows typos in these tokens.
    mutating func allowTypos(in places: some Sequence<Int>) {
        allowsTypos = true
        for place in places where !query.isNonAddress[place] && !query.tokens[place].isNumber {
            let text = query.tokens[place].text
            var more = index.words.meanings(bySoundOf: text) + index.words.meanings(byTyposIn: text)
            for bare in KazakhCases.bare(text) {
                if let number = index.words.number(of: bare) {
                    more.append(.init(word: number, cost: RankingWeights.caseEnding.value))
                } else if more.isEmpty {
                    more += index.words.meanings(byTyposIn: bare).map {
                        .init(word: $0.word, cost: $0.cost + RankingWeights.caseEnding.value)
                    }
                }
            }
            for meaning in more where !meanings[place].contains(where: { $0.word == meaning.word }) {
                meanings[place].append(meaning)
            }
        }
    }

    /// The spans, longest and surest first.
    mutating func find() -> [NameSpan] {
        spans = []
        steps = 0
        for start in query.tokens.indices { walk(from: 0, start: start, at: start, cost: 0, corrections: []) }
        spans.sort { left, right in
            if left.range.count != right.range.count { return left.range.count > right.range.count }
            if left.cost != right.cost { return left.cost < right.cost }
            return left.range.lowerBound < right.range.lowerBound
        }
        return Array(spans.prefix(most))
    }

    private mutating func walk(from node: Int32, start: Int, at place: Int, cost: Double, corrections: [Correction]) {
        guard place < query.tokens.count, place - start < Self.longestName else { return }
        for meaning in meanings[place] {
            steps += 1
            guard steps < 40 * most, let next = index.step(from: node, by: meaning.word) else { continue }
            var corrected = corrections
            if meaning.cost > RankingWeights.caseEnding.value {
                let taken = index.words.words[Int(meaning.word)]
                corrected.append(Correction(typed: query.tokens[place].text, taken: taken))
            }
            let namedPlaces = index.namedPlaces(at: next)
            if let namedPlaces, isName(start..<(place + 1)) {
                let range = start..<(place + 1)
                spans.append(
                    NameSpan(range: range, namedPlaces: namedPlaces, cost: cost + meaning.cost, corrections: corrected)
                )
            }
            walk(from: next, start: start, at: place + 1, cost: cost + meaning.cost, corrections: corrected)
        }
        walkTogether(from: node, start: start, at: place, cost: cost, corrections: corrections)
        walkLetter(from: node, start: start, at: place, cost: cost, corrections: corrections)
    }

    // «Аксай-3 Б» is «Аксай-3Б».
    private mutating func walkLetter(
        from node: Int32,
        start: Int,
        at place: Int,
        cost: Double,
        corrections: [Correction]
    ) {
        guard query.isLetterOfName(place + 1) else { return }
        let text = query.tokens[place].text + query.tokens[place + 1].text
        for meaning in Self.meanings(of: Token(text: text, separator: .space), in: index.words) {
            steps += 1
            guard let next = index.step(from: node, by: meaning.word), let namedPlaces = index.namedPlaces(at: next)
            else {
                continue
            }
            let range = start..<(place + 2)
            guard start < place || isBesideType(range) else { continue }
            spans.append(NameSpan(range: range, namedPlaces: namedPlaces, cost: cost, corrections: corrections))
        }
    }

    // «Момыш-улы» is «Момышулы»: two words that form one name.
    private mutating func walkTogether(
        from node: Int32,
        start: Int,
        at place: Int,
        cost: Double,
        corrections: [Correction]
    ) {
        guard place + 1 < query.tokens.count else { return }
        let (first, second) = (query.tokens[place], query.tokens[place + 1])
        guard !first.isNumber, !second.isNumber, second.separator == .hyphen || allowsTypos,
            let word = index.words.number(of: first.text + second.text),
            let next = index.step(from: node, by: word)
        else { return }
        steps += 1
        let range = start..<(place + 2)
        let namedPlaces = index.namedPlaces(at: next)
        let all = cost + RankingWeights.caseEnding.value
        if let namedPlaces {
            spans.append(NameSpan(range: range, namedPlaces: namedPlaces, cost: all, corrections: corrections))
        }
        guard steps < 40 * most else { return }
        walk(from: next, start: start, at: place + 2, cost: all, corrections: corrections)
    }

    // A bare number is a name only next to «мкр» or «ул»; a type word alone is not a name.
    private func isName(_ range: Range<Int>) -> Bool {
        let tokens = query.tokens[range]
        let isNumeral = range.count == 1 && RomanNumeral.value(at: range.lowerBound, in: query.tokens) != nil
        if isNumeral || tokens.allSatisfy(\.isNumber) { return isBesideType(range) }
        return range.count > 1 || tokens.first.map { $0.text.utf8.count > 1 } ?? false
    }

    private func isBesideType(_ range: Range<Int>) -> Bool {
        let follows = isType(range.lowerBound - 1) && query.tokens[range.lowerBound].separator != .comma
        // «ул. Мектеп, 6 Б»: a single letter after a number belongs to a house.
        return follows
            || isType(range.upperBound) && query.tokens[range.upperBound].separator != .comma
                && query.tokens[range.upperBound].text.utf8.count > 2
    }

    private func isType(_ place: Int) -> Bool {
        guard query.meanings.indices.contains(place) else { return false }
        return query.meanings[place].contains { meaning in
            switch meaning {
            case .microdistrict, .street: true
            default: false
            }
        }
    }
}
