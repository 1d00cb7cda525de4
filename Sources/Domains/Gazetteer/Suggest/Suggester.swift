public import Civic
public import Geo

/// Completes unfinished queries with places, institutions and categories, ranked together.
public struct Suggester: Sendable {
    /// Queries with more words are not answered while typing.
    private static let maxAnswered = 8
    /// Queries with more words cannot be the name of an institution.
    private static let maxOfInstitution = 7
    /// Queries with more words are not read in another keyboard layout.
    private static let maxRetyped = 4
    /// The most names examined.
    private static let maxNames = 16

    let snapshot: GazetteerSnapshot
    let geocoder: Geocoder

    /// Makes a suggester over a snapshot.
    public init(_ snapshot: GazetteerSnapshot) {
        self.snapshot = snapshot
        geocoder = Geocoder(snapshot)
    }

    /// The possible completions, most likely first.
    ///
    /// - Parameters:
    ///   - text: what has been typed so far; at most `Geocoder.longestQuery` characters count.
    ///   - near: the viewer's position; of equal suggestions the nearer comes first.
    ///   - limit: the most suggestions returned.
    ///   - language: the language whose alphabet orders equal suggestions.
    public func suggestions(
        for text: String,
        near: Coordinate? = nil,
        limit: Int = 8,
        language: Language = .kk
    ) -> [Suggestion] {
        ranked(candidates(for: text, near: near, limit: limit, language: language), near: near, limit: limit)
    }

    /// The possible completions, in no order; the same place may be among them more than once.
    func candidates(for text: String, near: Coordinate?, limit: Int, language: Language) -> [Suggestion] {
        let text = Geocoder.cut(text)
        let tokens = Token.tokens(of: text)
        let query = AddressQuery(tokens)
        guard !tokens.isEmpty, !isInOtherTown(query, text) else { return [] }
        let isOpen = text.last.map { $0.isLetter || $0.isNumber } ?? false
        var spans = NameSpans(query, in: snapshot.names)
        let typedSpans = spans.find()
        var found = beyondStreet(query, typedSpans, isOpen: isOpen, limit: limit)
        let isHouse = !found.isEmpty
        let named = names(query, isOpen: isOpen)
        if named.isEmpty, !isHouse { found += housesBefore(query) }
        let mayBeRetyped = named.isEmpty && typedSpans.isEmpty && query.tokens.count <= Self.maxRetyped
        found += mayBeRetyped ? retyped(text) : named
        let isOfStreets = !isHouse && isOfStreets(query, typedSpans, isOpen: isOpen)
        if isOfStreets { found += answers(query, spans, typedSpans) }
        let isPlace =
            isOfStreets
            ? !found.isWeak
            : mentionsPlace(query, isOpen: isOpen)
                && (!named.isEmpty || !typedSpans.isEmpty && isExplained(query, typedSpans, isOpen: isOpen))
        if !isHouse, !isPlace, tokens.count <= Self.maxOfInstitution {
            found += institutions(text, tokens, near, limit, language)
        }
        // An institution found by correcting a word must not hide a street with a typo.
        if found.isWeak || found.allSatisfy({ $0.isFuzzy }) { found += allowingTypos(query) }
        if found.isWeak, !isOfStreets, (2...Self.maxAnswered).contains(tokens.count) {
            found += answers(query, spans, typedSpans)
        }
        return found
    }
}

// Names of places.
extension Suggester {
    // «Караганда, », «г. Шымкент, ул. Т»: what follows is in another city. Without the comma it may be a name in this one.
    private func isInOtherTown(_ query: AddressQuery, _ text: String) -> Bool {
        guard let town = query.otherTown else { return false }
        let next = town.upperBound + (query.hasMeaning(.city, at: town.upperBound) ? 1 : 0)
        guard next < query.tokens.count else { return text.utf8.last { $0 != 0x20 } == UInt8(ascii: ",") }
        return query.tokens[next].separator == .comma
    }

    // Type words next to a name describe it; the one being typed may be a name itself.
    private func words(of query: AddressQuery, from first: Int = 0) -> [String] {
        let tokens = query.tokens
        let named = tokens.indices.dropFirst(first).filter { index in
            !query.isNonAddress[index] && (query.meanings[index].isEmpty || tokens.count == 1)
        }
        return named.map { tokens[$0].text }
    }

    // «ул», «мкр», «Алматы, »: when a name continues the text, no institution is meant, except that a square may be one.
    private func mentionsPlace(_ query: AddressQuery, isOpen: Bool) -> Bool {
        let tokens = query.tokens
        return tokens.indices.dropLast(isOpen ? 1 : 0).contains { index in
            query.meanings[index].contains { meaning in
                switch meaning {
                case .street(let kind): kind != .square
                case .microdistrict(.microdistrict): true
                case .city, .district: index + 1 < tokens.count && tokens[index + 1].separator == .comma
                default: false
                }
            }
        }
    }

    private func names(_ query: AddressQuery, isOpen: Bool) -> [Suggestion] {
        let words = words(of: query)
        // «ул. С»: the letter being typed is a word such as «с» only if no name begins with it.
        if isOpen, let last = query.tokens.last, words.last != last.text,
            !(last.isNumber && query.isNonAddress.last == true)
        {
            let found = snapshot.completions.completions(of: words + [last.text], allowingTypos: false)
            if !found.isEmpty { return suggestions(found, query) }
        }
        guard !words.isEmpty else { return [] }
        let found = snapshot.completions.completions(of: words, allowingTypos: false)
        return suggestions(found, query)
    }

    private func allowingTypos(_ query: AddressQuery) -> [Suggestion] {
        suggestions(snapshot.completions.completions(of: words(of: query), allowingTypos: true), query)
    }

    private func suggestions(_ found: [NameCompletions.Completion], _ query: AddressQuery) -> [Suggestion] {
        let meanings = query.meanings.joined()
        let best = found.enumerated().sorted { left, right in
            left.element.score != right.element.score
                ? left.element.score > right.element.score : left.offset < right.offset
        }
        let interpretation = AddressInterpretation(snapshot, query)
        return best.prefix(Self.maxNames).map(\.element).map { completion in
            let result = interpretation.candidate(
                completion.place,
                .notAsked,
                house: nil,
                confidence: completion.score,
                corrections: [],
                explained: []
            ).result
            let fits = meanings.isEmpty || meanings.contains { AddressRanking.fits($0, completion.place, snapshot) }
            return Suggestion(
                .place(result),
                .name(completion.basis, fits: fits),
                score: completion.score - (fits ? 0 : RankingWeights.otherTypeCompleted.value),
                words: completion.words,
                isFuzzy: completion.isFuzzy,
                takesHouse: result.kind == .street || result.kind == .microdistrict
            )
        }
    }
}

// What can follow a street: its houses and the streets that cross it.
extension Suggester {
    private func beyondStreet(_ query: AddressQuery, _ typedSpans: [NameSpan], isOpen: Bool, limit: Int) -> [Suggestion]
    {
        guard let name = typedSpans.first(where: { $0.range.lowerBound == firstName(query) }) else { return [] }
        let rest = query.tokens.indices.filter { index in
            index >= name.range.upperBound && query.meanings[index].isEmpty && !query.isNonAddress[index]
        }
        let words = query.tokens[name.range].map(\.text)
        guard let next = rest.first else { return isOpen ? [] : houses(of: name, beginning: nil, words, limit) }
        let token = query.tokens[next]
        if token.isNumber {
            let group = query.houseGroups(beside: [name.range]).first { $0.range.contains(next) }
            return houses(of: name, beginning: group?.house, words, limit)
        }
        return crossings(of: name, with: rest.map { query.tokens[$0].text }, words, limit)
    }

    // Two streets and nothing else but the word being typed mean a crossing or a block, not an institution.
    private func isOfStreets(_ query: AddressQuery, _ typedSpans: [NameSpan], isOpen: Bool) -> Bool {
        let tokens = query.tokens
        let streets = typedSpans.filter { $0.namesStreet && !tokens[$0.range].allSatisfy(\.isNumber) }.map(\.range)
        guard let first = streets.first, streets.contains(where: { !$0.overlaps(first) }) else { return false }
        return isExplained(query, typedSpans, isOpen: isOpen)
    }

    // Whether every word, except the one being typed, belongs to a name or describes one.
    private func isExplained(_ query: AddressQuery, _ typedSpans: [NameSpan], isOpen: Bool) -> Bool {
        query.tokens.indices.dropLast(isOpen ? 1 : 0).allSatisfy { index in
            !query.meanings[index].isEmpty || query.tokens[index].isNumber
                || typedSpans.contains { $0.range.contains(index) }
        }
    }

    private func firstName(_ query: AddressQuery) -> Int {
        query.tokens.indices.first { query.meanings[$0].isEmpty } ?? 0
    }

    private func houses(
        of name: NameSpan,
        beginning house: HouseNumber?,
        _ words: [String],
        _ limit: Int
    ) -> [Suggestion] {
        var found: [Suggestion] = []
        for (order, namedPlace) in name.namedPlaces.prefix(3).enumerated() {
            let houseNumbers: HouseNumberIndex
            switch namedPlace.place {
            case .street(let index): houseNumbers = snapshot.addresses.houses(ofStreet: index)
            case .microdistrict(let index): houseNumbers = snapshot.addresses.houses(ofMicrodistrict: index)
            case .district: continue
            }
            let entries = houseNumbers.entries.filter { $0.key.hasPrefix(house?.key ?? "") }
            let typed = words + (house.map { [$0.key] } ?? [])
            let base =
                RankingWeights.completedHouse.value - RankingWeights.nextNamesake.value * Double(order)
                - RankingWeights.completedForm.value * AddressRanking.weight(of: namedPlace.nameType).cost
            for (place, entry) in entries.prefix(limit).enumerated() {
                let address = AddressInterpretation.PlacedHouse(.known([entry.address]), at: entry.position)
                let isWhole = entry.key == house?.key
                let origin = Suggestion.House(
                    order: order,
                    nameType: namedPlace.nameType,
                    position: isWhole ? .whole : .next(place)
                )
                let score =
                    base
                    + (isWhole ? RankingWeights.wholeNumber.value : -RankingWeights.nextNumber.value * Double(place))
                found.append(suggestion(namedPlace.place, .house(origin), address, entry.key, score, typed))
            }
            guard let house, !entries.contains(where: { $0.key == house.key }) else { continue }
            let estimate = AddressInterpretation(snapshot, AddressQuery([]))
                .findHouse(house, of: namedPlace.place, preferring: nil)[0]
            if estimate.position != nil {
                let origin = Suggestion.House(order: order, nameType: namedPlace.nameType, position: .estimated)
                let score = base - RankingWeights.estimatedHouse.value
                found.append(suggestion(namedPlace.place, .house(origin), estimate, house.key, score, typed))
            }
        }
        return found
    }

    // «10 Розы», "10 Abay": the house comes before the name being typed.
    private func housesBefore(_ query: AddressQuery) -> [Suggestion] {
        guard let group = query.houseGroups(beside: []).first, group.range.lowerBound == 0 else { return [] }
        let words = words(of: query, from: group.range.upperBound)
        let found = snapshot.completions.completions(of: words, allowingTypos: false)
        let interpretation = AddressInterpretation(snapshot, AddressQuery([]))
        return found.prefix(Self.maxNames).compactMap { completion in
            let house = interpretation.findHouse(group.house, of: completion.place, preferring: nil)[0]
            guard house.position != nil else { return nil }
            let typed = completion.words + [group.house.key]
            // «59 ме» is more likely school 59 than an unknown house.
            let score = completion.score - RankingWeights.houseBeforeCompletion.value * house.match.cost
            let origin = Suggestion.Origin.houseBefore(completion.basis, cost: house.match.cost)
            return suggestion(completion.place, origin, house, group.house.key, score, typed)
        }
    }

    private func suggestion(
        _ place: PlaceReference,
        _ origin: Suggestion.Origin,
        _ house: AddressInterpretation.PlacedHouse,
        _ key: String,
        _ score: Double,
        _ words: [String]
    ) -> Suggestion {
        let interpretation = AddressInterpretation(snapshot, AddressQuery([]))
        let candidate = interpretation.candidate(
            place,
            house,
            house: key,
            confidence: score,
            corrections: [],
            explained: []
        )
        return Suggestion(.place(candidate.result), origin, score: score, words: words)
    }

    private func crossings(of name: NameSpan, with words: [String], _ first: [String], _ limit: Int) -> [Suggestion] {
        let others = snapshot.completions.completions(of: words, allowingTypos: false)
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
                found.append(
                    Suggestion(
                        .place(result),
                        .crossing(other.basis),
                        score: other.score + RankingWeights.completedCrossing.value,
                        words: first + other.words
                    )
                )
            }
        }
        return Array(found.prefix(limit))
    }
}

extension Suggester {
    // Interpretations for another keyboard layout: «f,fz» is «абая».
    private func retyped(_ text: String) -> [Suggestion] {
        KeyboardLayout.retyped(text).prefix(2).flatMap { other in
            names(AddressQuery(Token.tokens(of: other)), isOpen: false)
        }
    }

    // A complete query that is not the beginning of a name: the geocoder's answers.
    private func answers(_ query: AddressQuery, _ spans: NameSpans, _ typedSpans: [NameSpan]) -> [Suggestion] {
        let words = query.tokens.map(\.text)
        let candidates = geocoder.search(for: query, spans, typedSpans).candidates
        return candidates.map(\.result).filter { $0.confidence >= RankingWeights.guess.value }.map { result in
            let taken = result.corrections.map(\.taken)
            return Suggestion(
                .place(result),
                .answer,
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
                .directory,
                score: completion.score,
                words: completion.matchedWords,
                isFuzzy: completion.isFuzzy
            )
        }
    }

    func ranked(_ found: [Suggestion], near: Coordinate?, limit: Int) -> [Suggestion] {
        // Ten kilometres count as much as a small difference in the words.
        func score(_ suggestion: Suggestion) -> Double {
            guard let near, case .place(let result) = suggestion.target, let position = result.position else {
                return suggestion.score
            }
            let metres = Ruler(latitude: near.latitude).distance(from: near, to: position)
            return suggestion.score
                - RankingWeights.distance.value * min(1, metres / RankingWeights.distanceReach.value)
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
    /// Whether every suggestion scores below the threshold under which typos are considered.
    fileprivate var isWeak: Bool { allSatisfy { $0.score < RankingWeights.weakSuggestion.value } }
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
