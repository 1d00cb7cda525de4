import Geo

/// A query read against a city: the meanings of the words next to its names, and their penalties when nothing explains
/// them.
///
/// A class, so that copies made while scanning the query cost one reference.
final class AddressInterpretation: Sendable {
    let snapshot: GazetteerSnapshot
    let query: AddressQuery
    /// The penalty for each token when nothing explains it.
    private let unexplainedCosts: [Double]
    /// The words that mean the surroundings of the name after them: the «районе» of «в районе Абая».
    private let vicinityWords: [Int]

    init(_ snapshot: GazetteerSnapshot, _ query: AddressQuery) {
        self.snapshot = snapshot
        self.query = query
        vicinityWords = query.vicinityWords.filter { !snapshot.names.isDistrict(query.tokens[$0 + 1].text) }
        unexplainedCosts = Self.unexplainedCosts(of: query, snapshot.names)
    }

    /// The total penalty of the tokens that nothing explains.
    ///
    /// - Parameters:
    ///   - name: the place's name; an adjacent number or letter that is not explained would make it another name.
    ///   - isArea: whether the place is a microdistrict, many of which differ only by a number.
    func unexplained(beside taken: [Range<Int>], name: Range<Int>? = nil, isArea: Bool = false) -> Double {
        var cost = 0.0
        if let name { forEachChange(of: name, isArea: isArea, beside: taken) { cost += $0.value } }
        for (index, own) in unexplainedCosts.enumerated() where own > 0 {
            if !taken.contains(where: { $0.contains(index) }) { cost += own }
        }
        return cost
    }

    // «22 линия», «Аксай-3 Б», «Самал-IV»: with the adjacent token it is the name of another place.
    func forEachChange(
        of name: Range<Int>,
        isArea: Bool,
        beside taken: [Range<Int>],
        _ body: (RankingWeights.Weight) -> Void
    ) {
        func isLoose(_ index: Int) -> Bool {
            query.tokens.indices.contains(index) && !query.isNonAddress[index]
                && !taken.contains { $0.contains(index) }
        }
        let (before, after) = (name.lowerBound - 1, name.upperBound)
        if isLoose(before), query.tokens[before].isNumber, query.tokens[name.lowerBound].separator != .comma {
            body(RankingWeights.numberOfName)
        }
        let isLetter = query.tokens[after - 1].isNumber && query.isLetterOfName(after)
        let isNumeral = isArea && RomanNumeral.value(at: after, in: query.tokens) != nil
        if isLoose(after), isLetter || isNumeral { body(RankingWeights.numberOfName) }
        // «Самал-4, 12»: the first number is part of the name, even if no such place is known.
        let isNumbered =
            after < query.tokens.count && query.tokens[after].isNumber
            && query.tokens[after].separator != .comma && !query.isNonAddress[after]
        if isArea, isNumbered, query.tokens.indices.contains(where: { isLooseNumber($0, taken) }) {
            body(RankingWeights.numberTakenForHouse)
        }
    }

    private func isLooseNumber(_ index: Int, _ taken: [Range<Int>]) -> Bool {
        query.tokens[index].isNumber && !query.isNonAddress[index] && !taken.contains { $0.contains(index) }
    }

    private static func unexplainedCosts(of query: AddressQuery, _ names: NameIndex) -> [Double] {
        query.tokens.indices.map { unexplainedWeight(of: $0, query, names).cost }
    }

    /// The penalty for a token when nothing explains it; nil when it needs no explanation.
    static func unexplainedWeight(
        of index: Int,
        _ query: AddressQuery,
        _ names: NameIndex
    ) -> RankingWeights.Weight? {
        if query.isNonAddress[index] { return nil }
        if let otherTown = query.otherTown, otherTown.contains(index) {
            return index == otherTown.lowerBound ? RankingWeights.otherTown : nil
        }
        if query.isOfPremises[index] { return RankingWeights.premises }
        guard query.meanings[index].isEmpty else { return nil }
        let token = query.tokens[index]
        if isUnknownArea(index, query) { return RankingWeights.unknownArea }
        return names.isGivenName(token.text) ? RankingWeights.givenName : AddressRanking.unexplained(token)
    }

    // «мкр. Шапагат, ул. Биянху, 87»
    private static func isUnknownArea(_ index: Int, _ query: AddressQuery) -> Bool {
        let areaType = AddressWord.microdistrict(.microdistrict)
        return query.isWord(index)
            && (query.hasMeaning(areaType, at: index - 1) && query.tokens[index].separator != .comma
                || query.hasMeaning(areaType, at: index + 1) && query.tokens[index + 1].separator != .comma)
    }

    /// Whether a word or the sign × asks for a crossing of two streets.
    var mentionsCrossing: Bool {
        query.tokens.indices.contains { index in
            query.hasMeaning(.crossing, at: index)
                || (query.tokens[index].text == "x" || query.tokens[index].text == "х")
                    && index > 0 && index + 1 < query.tokens.count
        }
    }

    /// A point to show for a place; nil when none can be determined.
    ///
    /// - Parameter part: which of the places that share a street's record.
    func position(of place: PlaceReference, _ part: Int = 0) -> Coordinate? {
        switch place {
        case .street(let index): snapshot.addresses.streetPlaces.parts[index][part].position
        case .microdistrict(let index): snapshot.addresses.microdistricts[index].position
        case .district(let index): snapshot.districts.points[index]
        }
    }
}

// The type words and numbers next to a name.
extension AddressInterpretation {
    /// The type words adjacent to a name.
    func typeWords(beside range: Range<Int>) -> [AddressWord] {
        typeWords(at: range.lowerBound - 1, isTouching: range.lowerBound)
            + typeWords(at: range.upperBound, isTouching: range.upperBound)
    }

    /// The type words adjacent to a name, except one before it that belongs to the preceding name or number: «Алмалинский
    /// район Абая 52», «5 мкр Куанышбаева 49».
    func typeWords(beside range: Range<Int>, among spans: [NameSpan]) -> [AddressWord] {
        let before = typeWords(at: range.lowerBound - 1, isTouching: range.lowerBound)
        let after = typeWords(at: range.upperBound, isTouching: range.upperBound)
        // «Гоголя улица 13»: a bare number is a name only if it has the type word.
        guard !before.isEmpty, query.tokens[range.lowerBound - 1].separator != .comma,
            !query.tokens[range].allSatisfy(\.isNumber)
        else { return before + after }
        let isOfAnother = spans.contains { span in
            span.range.upperBound == range.lowerBound - 1
                && span.namedPlaces.contains { namedPlace in
                    before.contains { $0.isKind(of: namedPlace.place) }
                }
        }
        return isOfAnother ? after : before + after
    }

    // A comma at `border` separates a type word from its name, on either side.
    private func typeWords(at index: Int, isTouching border: Int) -> [AddressWord] {
        guard query.tokens.indices.contains(index), query.tokens.indices.contains(border),
            query.tokens[border].separator != .comma, !vicinityWords.contains(index)
        else { return [] }
        return query.meanings[index].filter { meaning in
            switch meaning {
            case .street, .microdistrict, .district: true
            default: false
            }
        }
    }

    /// Whether a number is part of a microdistrict's name, such as the 2 of «Самал-2» and «мкр 2», and so not a house of a
    /// street.
    func isOfArea(_ group: AddressQuery.HouseGroup, not place: PlaceReference, _ name: Range<Int>) -> Bool {
        guard case .street = place else { return false }
        let (first, end) = (group.range.lowerBound, group.range.upperBound)
        let separator = query.tokens[first].separator
        if first > 0, !name.contains(first - 1) {
            if separator == .hyphen, query.isWord(first - 1) { return true }
            if separator != .comma, isMicrodistrict(first - 1) { return true }
        }
        return end < query.tokens.count && query.tokens[end].separator != .comma && isMicrodistrict(end)
    }

    private func isMicrodistrict(_ index: Int) -> Bool {
        query.meanings[index].contains(.microdistrict(.microdistrict))
    }

    /// The words of a street, after its type word, that come before a number and are not part of `range`; nil when there are
    /// none.
    ///
    /// In «мкр Калкаман-2, ул. Тепличная 5» house 5 does not belong to the microdistrict, whether the street is known or
    /// not.
    func otherStreet(before group: AddressQuery.HouseGroup, beside range: Range<Int>) -> Range<Int>? {
        // «пр. Назарбаева (бывш. ул. Фурманова), 127»
        guard !query.tokens[group.range.lowerBound].followsBracket else { return nil }
        var index = group.range.lowerBound - 1
        while index >= 0, query.hasMeaning(.house, at: index) { index -= 1 }
        let end = index + 1
        // «ул. Набережная»: the name itself is also a type word.
        let doubled = index > 0 && query.meanings[index] != query.meanings[index - 1]
        if doubled, !range.contains(index), isStreetType(index), isStreetType(index - 1) { index -= 1 }
        while index >= 0, end - index <= Self.longestOtherStreet, !range.contains(index), query.isWord(index) {
            index -= 1
        }
        guard index >= 0, index + 1 < end, !range.contains(index), isStreetType(index),
            query.tokens[index + 1].separator != .comma
        else { return nil }
        return index + 1..<end
    }

    private static let longestOtherStreet = 3

    private func isStreetType(_ index: Int) -> Bool {
        query.meanings[index].contains { if case .street = $0 { true } else { false } }
    }

    /// Whether the type word next to a number belongs to the word before it: «5 мкр 12» is house 12 of microdistrict 5,
    /// «Әуезов көшесі 15» house 15 of a street.
    func hasBorrowedTypeWord(_ name: Range<Int>, among spans: [NameSpan]) -> Bool {
        let typeWord = name.lowerBound - 1
        guard query.tokens[name].allSatisfy(\.isNumber), typeWord > 0, !query.meanings[typeWord].isEmpty,
            query.tokens[typeWord].separator != .comma, query.tokens[name.lowerBound].separator != .comma,
            typeWords(at: name.upperBound, isTouching: name.upperBound).isEmpty
        else { return false }
        let isOfName = spans.contains { span in
            span.range.upperBound == typeWord && !query.tokens[span.range].allSatisfy(\.isNumber)
                && span.namedPlaces.contains { namedPlace in
                    query.meanings[typeWord].contains { $0.isKind(of: namedPlace.place) }
                }
        }
        if isOfName { return true }
        // «10 А мкр 5»
        let number = query.isLetterOfName(typeWord - 1) ? typeWord - 2 : typeWord - 1
        guard query.tokens[number].isNumber, !query.isNonAddress[number] else { return false }
        // «37/2 мкр 8», «дом 37 мкр 8»
        let separator = query.tokens[number].separator
        return separator != .slash && separator != .hyphen && !query.hasMeaning(.house, at: number - 1)
    }

    /// The penalty for the position of a number: a house follows its street, marked or not; in Kazakh and English it may
    /// precede it; other positions are rare.
    func placement(of group: AddressQuery.HouseGroup, beside name: Range<Int>) -> RankingWeights.Weight? {
        if group.isLabelled { return nil }
        let between = name.upperBound..<max(name.upperBound, group.range.lowerBound)
        if group.range.lowerBound >= name.upperBound, between.allSatisfy({ !query.meanings[$0].isEmpty }) {
            // «Самал-2» is more likely a name than house 2 of Самал.
            return query.tokens[group.range.lowerBound].separator == .hyphen ? RankingWeights.oddHouse : nil
        }
        return group.range.upperBound == name.lowerBound ? RankingWeights.houseBeforeName : RankingWeights.oddHouse
    }

    /// Whether a name is that of another town; it may be a street's name, but not when another name is next to it.
    func namesOtherTown(_ name: Range<Int>, _ taken: [Range<Int>]) -> Bool {
        guard let otherTown = query.otherTown, otherTown.overlaps(name), typeWords(beside: name).isEmpty else {
            return false
        }
        return query.tokens.indices.contains { index in
            !query.tokens[index].isNumber && query.meanings[index].isEmpty && !query.isNonAddress[index]
                && !taken.contains { $0.contains(index) }
        }
    }
}

extension AddressWord {
    /// Whether a type word is for the same class of place: streets, microdistricts or districts.
    fileprivate func isKind(of place: PlaceReference) -> Bool {
        switch (self, place) {
        case (.street, .street), (.microdistrict, .microdistrict), (.district, .district): true
        default: false
        }
    }
}
