public import Geo

/// Completes unfinished questions with places, institutions and categories, ranked together.
public struct Suggester: Sendable {
    /// Questions with more words are not answered while typing.
    private static let mostAnswered = 8
    /// Questions with more words cannot be the name of an institution.
    private static let mostOfInstitution = 7
    /// Questions with more words are not read in another keyboard layout.
    private static let mostRetyped = 4
    /// The most names examined.
    private static let mostNames = 16

    private let snapshot: GazetteerSnapshot
    let geocoder: Geocoder

    /// Makes a suggester over a snapshot.
    public init(_ snapshot: GazetteerSnapshot) {
        self.snapshot = snapshot
        geocoder = Geocoder(snapshot)
    }

    /// The possible completions, most likely first.
    ///
    /// - Parameters:
    ///   - text: what has been typed so far; at most `Geocoder.longestQuestion` characters count.
    ///   - near: the viewer's position; of equal suggestions the nearer comes first.
    ///   - limit: the most suggestions returned.
    ///   - language: the language whose alphabet orders equal suggestions.
    public func suggestions(
        for text: String,
        near: Coordinate? = nil,
        limit: Int = 8,
        language: Language = .kk
    ) -> [Suggestion] {
        let text = Geocoder.cut(text)
        let tokens = Token.tokens(of: text)
        let question = Question(tokens)
        guard !tokens.isEmpty, !isElsewhere(question, text) else { return [] }
        let isOpen = text.last.map { $0.isLetter || $0.isNumber } ?? false
        var spans = NameSpans(question, in: snapshot.names)
        let said = spans.find()
        var found = beyondStreet(question, said, isOpen: isOpen, limit: limit)
        let isHouse = !found.isEmpty
        let named = names(question, isOpen: isOpen)
        if named.isEmpty, !isHouse { found += housesBefore(question) }
        let mayBeRetyped = named.isEmpty && said.isEmpty && question.tokens.count <= Self.mostRetyped
        found += mayBeRetyped ? retyped(text) : named
        let isOfStreets = !isHouse && isOfStreets(question, said, isOpen: isOpen)
        if isOfStreets { found += answers(question, spans, said) }
        let isPlace =
            isOfStreets
            ? !found.isWeak
            : saysPlace(question, isOpen: isOpen)
                && (!named.isEmpty || !said.isEmpty && isExplained(question, said, isOpen: isOpen))
        if !isHouse, !isPlace, tokens.count <= Self.mostOfInstitution {
            found += institutions(text, tokens, near, limit, language)
        }
        // An institution found by correcting a word must not hide a street with a slip.
        if found.isWeak || found.allSatisfy({ $0.isFuzzy }) { found += forgiving(question) }
        if found.isWeak, !isOfStreets, (2...Self.mostAnswered).contains(tokens.count) {
            found += answers(question, spans, said)
        }
        return ranked(found, near: near, limit: limit)
    }
}

// Names of places.
extension Suggester {
    // «Караганда, », «г. Шымкент, ул. Т»: what follows is in another city. Without the comma it may be a name in this one.
    private func isElsewhere(_ question: Question, _ text: String) -> Bool {
        guard let town = question.elsewhere else { return false }
        let next = town.upperBound + (question.says(.city, at: town.upperBound) ? 1 : 0)
        guard next < question.tokens.count else { return text.utf8.last { $0 != 0x20 } == UInt8(ascii: ",") }
        return question.tokens[next].separator == .comma
    }

    // Type words next to a name describe it; the one being typed may be a name itself.
    private func words(of question: Question, from first: Int = 0) -> [String] {
        let tokens = question.tokens
        let named = tokens.indices.dropFirst(first).filter { index in
            !question.isAside[index] && (question.meanings[index].isEmpty || tokens.count == 1)
        }
        return named.map { tokens[$0].text }
    }

    // «ул», «мкр», «Алматы, »: when a name continues the text, no institution is meant, except that a square may be one.
    private func saysPlace(_ question: Question, isOpen: Bool) -> Bool {
        let tokens = question.tokens
        return tokens.indices.dropLast(isOpen ? 1 : 0).contains { index in
            question.meanings[index].contains { meaning in
                switch meaning {
                case .street(let kind): kind != .square
                case .microdistrict(.microdistrict): true
                case .city, .district: index + 1 < tokens.count && tokens[index + 1].separator == .comma
                default: false
                }
            }
        }
    }

    private func names(_ question: Question, isOpen: Bool) -> [Suggestion] {
        let words = words(of: question)
        // «ул. С»: the letter being typed is a word such as «с» only if no name begins with it.
        if isOpen, let last = question.tokens.last, words.last != last.text,
            !(last.isNumber && question.isAside.last == true)
        {
            let found = snapshot.completions.completions(of: words + [last.text], forgiving: false)
            if !found.isEmpty { return suggestions(found, question) }
        }
        guard !words.isEmpty else { return [] }
        let found = snapshot.completions.completions(of: words, forgiving: false)
        return suggestions(found, question)
    }

    private func forgiving(_ question: Question) -> [Suggestion] {
        suggestions(snapshot.completions.completions(of: words(of: question), forgiving: true), question)
    }

    private func suggestions(_ found: [NameCompletions.Completion], _ question: Question) -> [Suggestion] {
        let said = question.meanings.joined()
        let best = found.enumerated().sorted { left, right in
            left.element.score != right.element.score
                ? left.element.score > right.element.score : left.offset < right.offset
        }
        let reading = AddressReading(snapshot, question)
        return best.prefix(Self.mostNames).map(\.element).map { completion in
            let result = reading.finding(
                completion.place,
                .notAsked,
                house: nil,
                confidence: completion.score,
                corrections: [],
                explained: []
            ).result
            let fits = said.isEmpty || said.contains { AddressRanking.fits($0, completion.place, snapshot) }
            return Suggestion(
                .place(result),
                score: completion.score - (fits ? 0 : 0.2),
                words: completion.words,
                isFuzzy: completion.isFuzzy,
                takesHouse: result.kind == .street || result.kind == .microdistrict
            )
        }
    }
}

// What can follow a street: its houses and the streets that cross it.
extension Suggester {
    private func beyondStreet(_ question: Question, _ said: [NameSpan], isOpen: Bool, limit: Int) -> [Suggestion] {
        guard let name = said.first(where: { $0.range.lowerBound == firstName(question) }) else { return [] }
        let rest = question.tokens.indices.filter { index in
            index >= name.range.upperBound && question.meanings[index].isEmpty && !question.isAside[index]
        }
        let words = question.tokens[name.range].map(\.text)
        guard let next = rest.first else { return isOpen ? [] : houses(of: name, beginning: nil, words, limit) }
        let token = question.tokens[next]
        if token.isNumber {
            let group = question.houseGroups(beside: [name.range]).first { $0.range.contains(next) }
            return houses(of: name, beginning: group?.house, words, limit)
        }
        return crossings(of: name, with: rest.map { question.tokens[$0].text }, words, limit)
    }

    // Two streets and nothing else but the word being typed mean a crossing or a block, not an institution.
    private func isOfStreets(_ question: Question, _ said: [NameSpan], isOpen: Bool) -> Bool {
        let tokens = question.tokens
        let streets = said.filter { $0.namesStreet && !tokens[$0.range].allSatisfy(\.isNumber) }.map(\.range)
        guard let first = streets.first, streets.contains(where: { !$0.overlaps(first) }) else { return false }
        return isExplained(question, said, isOpen: isOpen)
    }

    // Whether every word, except the one being typed, belongs to a name or describes one.
    private func isExplained(_ question: Question, _ said: [NameSpan], isOpen: Bool) -> Bool {
        question.tokens.indices.dropLast(isOpen ? 1 : 0).allSatisfy { index in
            !question.meanings[index].isEmpty || question.tokens[index].isNumber
                || said.contains { $0.range.contains(index) }
        }
    }

    private func firstName(_ question: Question) -> Int {
        question.tokens.indices.first { question.meanings[$0].isEmpty } ?? 0
    }

    private func houses(
        of name: NameSpan,
        beginning house: HouseNumber?,
        _ words: [String],
        _ limit: Int
    ) -> [Suggestion] {
        var found: [Suggestion] = []
        for (order, bearer) in name.bearers.prefix(3).enumerated() {
            let ladder: HouseLadder
            switch bearer.place {
            case .street(let index): ladder = snapshot.addresses.houses(ofStreet: index)
            case .microdistrict(let index): ladder = snapshot.addresses.houses(ofMicrodistrict: index)
            case .district: continue
            }
            let rungs = ladder.rungs.filter { $0.key.hasPrefix(house?.key ?? "") }
            let typed = words + (house.map { [$0.key] } ?? [])
            let base = 0.95 - 0.02 * Double(order) - 0.5 * AddressRanking.cost(of: bearer.standing)
            for (place, rung) in rungs.prefix(limit).enumerated() {
                let address = AddressReading.PlacedHouse(.known([rung.address]), at: rung.position)
                let isWhole = rung.key == house?.key
                found.append(
                    suggestion(bearer.place, address, rung.key, base + (isWhole ? 0.02 : -0.001 * Double(place)), typed)
                )
            }
            guard let house, !rungs.contains(where: { $0.key == house.key }) else { continue }
            let estimate = AddressReading(snapshot, Question([])).findHouse(house, of: bearer.place, preferring: nil)[0]
            if estimate.position != nil {
                found.append(suggestion(bearer.place, estimate, house.key, base - 0.05, typed))
            }
        }
        return found
    }

    // «10 Розы», "10 Abay": the house comes before the name being typed.
    private func housesBefore(_ question: Question) -> [Suggestion] {
        guard let group = question.houseGroups(beside: []).first, group.range.lowerBound == 0 else { return [] }
        let words = words(of: question, from: group.range.upperBound)
        let found = snapshot.completions.completions(of: words, forgiving: false)
        let reading = AddressReading(snapshot, Question([]))
        return found.prefix(Self.mostNames).compactMap { completion in
            let house = reading.findHouse(group.house, of: completion.place, preferring: nil)[0]
            guard house.position != nil else { return nil }
            let typed = completion.words + [group.house.key]
            // «59 ме» is more likely school 59 than an unknown house.
            let score = completion.score - 2 * house.found.cost
            return suggestion(completion.place, house, group.house.key, score, typed)
        }
    }

    private func suggestion(
        _ place: PlaceReference,
        _ house: AddressReading.PlacedHouse,
        _ key: String,
        _ score: Double,
        _ words: [String]
    ) -> Suggestion {
        let reading = AddressReading(snapshot, Question([]))
        let finding = reading.finding(place, house, house: key, confidence: score, corrections: [], explained: [])
        return Suggestion(.place(finding.result), score: score, words: words)
    }

    private func crossings(of name: NameSpan, with words: [String], _ first: [String], _ limit: Int) -> [Suggestion] {
        let others = snapshot.completions.completions(of: words, forgiving: false)
        var found: [Suggestion] = []
        for street in name.streets.prefix(3) {
            for other in others {
                guard case .street(let index) = other.place,
                    let crossing = snapshot.crossingIndex.crossings(of: street.index, index).first
                else { continue }
                let position = snapshot.crossings[crossing].position
                let result = GeocodeResult(
                    kind: .intersection,
                    match: .exact,
                    confidence: other.score,
                    position: position,
                    district: snapshot.districts.id(at: position),
                    subject: .crossing(street.index, index)
                )
                found.append(Suggestion(.place(result), score: other.score + 0.05, words: first + other.words))
            }
        }
        return Array(found.prefix(limit))
    }
}

extension Suggester {
    // Readings for another keyboard layout: «f,fz» is «абая».
    private func retyped(_ text: String) -> [Suggestion] {
        KeyboardLayout.retyped(text).prefix(2).flatMap { other in
            names(Question(Token.tokens(of: other)), isOpen: false)
        }
    }

    // A complete question that is not the beginning of a name: the geocoder's answers.
    private func answers(_ question: Question, _ spans: NameSpans, _ said: [NameSpan]) -> [Suggestion] {
        let words = question.tokens.map(\.text)
        let findings = geocoder.search(for: question, spans, said).findings
        return findings.map(\.result).filter { $0.confidence >= 0.5 }.map { result in
            let taken = result.corrections.map(\.taken)
            return Suggestion(
                .place(result),
                score: result.confidence,
                words: words + taken,
                isFuzzy: !taken.isEmpty
            )
        }
    }

    private func institutions(
        _ text: String,
        _ tokens: [Token],
        _ near: Coordinate?,
        _ limit: Int,
        _ language: Language
    ) -> [Suggestion] {
        let directory = snapshot.directory
        return directory.complete(text, tokens, near: near, limit: limit, language: language).map { completion in
            let target: Suggestion.Target
            switch completion.subject {
            case .category(let id): target = .category(id)
            case .organization(let index):
                // Field by field, because copying a record costs a reference count for each of its texts.
                target = .place(
                    GeocodeResult(
                        kind: .organization,
                        match: .exact,
                        confidence: completion.score,
                        position: directory.organizations[index].position,
                        district: directory.organizations[index].district,
                        subject: .organization(index)
                    )
                )
            }
            return Suggestion(
                target,
                score: completion.score,
                words: completion.matchedWords,
                isFuzzy: completion.isFuzzy
            )
        }
    }

    private func ranked(_ found: [Suggestion], near: Coordinate?, limit: Int) -> [Suggestion] {
        // Ten kilometres count as much as a small difference in the words.
        func score(_ suggestion: Suggestion) -> Double {
            guard let near, case .place(let result) = suggestion.target, let position = result.position else {
                return suggestion.score
            }
            let metres = Ruler(latitude: near.latitude).distance(from: near, to: position)
            return suggestion.score - 0.06 * min(1, metres / 10_000)
        }
        let scores = found.map(score)
        let order = found.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
        var best: [Suggestion] = []
        for place in order where !best.contains(where: { $0.isSame(as: found[place]) }) {
            best.append(found[place])
            if best.count == limit { break }
        }
        return best
    }
}

extension [Suggestion] {
    /// Whether no suggestion reaches half of the typed text, in which case slips are considered.
    fileprivate var isWeak: Bool { allSatisfy { $0.score < 0.45 } }
}

extension Suggestion {
    /// Whether both lead to the same place, house or category.
    fileprivate func isSame(as other: Suggestion) -> Bool {
        switch (target, other.target) {
        case (.place(let one), .place(let two)): one.isSame(as: two)
        case (.category(let one), .category(let two)): one == two
        default: false
        }
    }
}
