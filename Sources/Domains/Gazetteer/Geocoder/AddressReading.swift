import Geo

/// A question read against a city: the meanings of the words next to its names, and their penalties when nothing explains
/// them.
///
/// A class, so that copies made while scanning the question cost one reference.
final class AddressReading: Sendable {
    let snapshot: GazetteerSnapshot
    let question: Question
    /// The penalty for each token when nothing explains it.
    private let unexplainedCosts: [Double]

    init(_ snapshot: GazetteerSnapshot, _ question: Question) {
        self.snapshot = snapshot
        self.question = question
        unexplainedCosts = Self.unexplainedCosts(of: question, snapshot.names)
    }

    /// The total penalty of the tokens that nothing explains.
    ///
    /// - Parameters:
    ///   - name: the place's name; an adjacent number or letter that is not explained would make it another name.
    ///   - isArea: whether the place is a microdistrict, many of which differ only by a number.
    func unexplained(beside taken: [Range<Int>], name: Range<Int>? = nil, isArea: Bool = false) -> Double {
        var cost = name.map { changed($0, isArea: isArea, beside: taken) } ?? 0
        for (index, own) in unexplainedCosts.enumerated() where own > 0 {
            if !taken.contains(where: { $0.contains(index) }) { cost += own }
        }
        return cost
    }

    // «22 линия», «Аксай-3 Б», «Самал-IV»: with the adjacent token it is the name of another place.
    private func changed(_ name: Range<Int>, isArea: Bool, beside taken: [Range<Int>]) -> Double {
        func isLoose(_ index: Int) -> Bool {
            question.tokens.indices.contains(index) && !question.isAside[index]
                && !taken.contains { $0.contains(index) }
        }
        var cost = 0.0
        let (before, after) = (name.lowerBound - 1, name.upperBound)
        if isLoose(before), question.tokens[before].isNumber, question.tokens[name.lowerBound].separator != .comma {
            cost += AddressRanking.numberOfName
        }
        let isLetter = question.tokens[after - 1].isNumber && question.isLetterOfName(after)
        let isNumeral = isArea && RomanNumeral.value(at: after, in: question.tokens) != nil
        if isLoose(after), isLetter || isNumeral { cost += AddressRanking.numberOfName }
        // «Самал-4, 12»: the first number is part of the name, even if no such place is known.
        let isNumbered =
            after < question.tokens.count && question.tokens[after].isNumber
            && question.tokens[after].separator != .comma && !question.isAside[after]
        if isArea, isNumbered, question.tokens.indices.contains(where: { isLooseNumber($0, taken) }) {
            cost += AddressRanking.numberTakenForHouse
        }
        return cost
    }

    private func isLooseNumber(_ index: Int, _ taken: [Range<Int>]) -> Bool {
        question.tokens[index].isNumber && !question.isAside[index] && !taken.contains { $0.contains(index) }
    }

    private static func unexplainedCosts(of question: Question, _ names: NameIndex) -> [Double] {
        question.tokens.indices.map { index in
            if question.isAside[index] { return 0 }
            if let elsewhere = question.elsewhere, elsewhere.contains(index) {
                return index == elsewhere.lowerBound ? AddressRanking.elsewhere : 0
            }
            if question.isOfPremises[index] { return AddressRanking.premises }
            guard question.meanings[index].isEmpty else { return 0 }
            let token = question.tokens[index]
            if isUnknownArea(index, question) { return AddressRanking.unknownArea }
            return names.isGivenName(token.text) ? AddressRanking.givenName : AddressRanking.unexplained(token)
        }
    }

    // «мкр. Шапагат, ул. Биянху, 87»
    private static func isUnknownArea(_ index: Int, _ question: Question) -> Bool {
        let areaType = AddressWord.microdistrict(.microdistrict)
        return question.isWord(index)
            && (question.says(areaType, at: index - 1) && question.tokens[index].separator != .comma
                || question.says(areaType, at: index + 1) && question.tokens[index + 1].separator != .comma)
    }

    /// Whether a word or the sign × marks a crossing of two streets.
    var saysCrossing: Bool {
        question.tokens.indices.contains { index in
            question.says(.crossing, at: index)
                || (question.tokens[index].text == "x" || question.tokens[index].text == "х")
                    && index > 0 && index + 1 < question.tokens.count
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
extension AddressReading {
    /// The type words adjacent to a name.
    func marks(beside range: Range<Int>) -> [AddressWord] {
        marks(at: range.lowerBound - 1, isTouching: range.lowerBound)
            + marks(at: range.upperBound, isTouching: range.upperBound)
    }

    /// The type words adjacent to a name, except one before it that belongs to the preceding name or number: «Алмалинский
    /// район Абая 52», «5 мкр Куанышбаева 49».
    func marks(beside range: Range<Int>, among spans: [NameSpan]) -> [AddressWord] {
        let before = marks(at: range.lowerBound - 1, isTouching: range.lowerBound)
        let after = marks(at: range.upperBound, isTouching: range.upperBound)
        // «Гоголя улица 13»: a bare number is a name only if it has the type word.
        guard !before.isEmpty, question.tokens[range.lowerBound - 1].separator != .comma,
            !question.tokens[range].allSatisfy(\.isNumber)
        else { return before + after }
        let isOfAnother = spans.contains { span in
            span.range.upperBound == range.lowerBound - 1
                && span.bearers.contains { bearer in
                    before.contains { $0.isKind(of: bearer.place) }
                }
        }
        return isOfAnother ? after : before + after
    }

    // A comma at `border` separates a type word from its name, on either side.
    private func marks(at index: Int, isTouching border: Int) -> [AddressWord] {
        guard question.tokens.indices.contains(index), question.tokens.indices.contains(border),
            question.tokens[border].separator != .comma
        else { return [] }
        return question.meanings[index].filter { meaning in
            switch meaning {
            case .street, .microdistrict, .district: true
            default: false
            }
        }
    }

    /// Whether a number is part of a microdistrict's name, such as the 2 of «Самал-2» and «мкр 2», and so not a house of a
    /// street.
    func isOfArea(_ group: Question.HouseGroup, not place: PlaceReference, _ name: Range<Int>) -> Bool {
        guard case .street = place else { return false }
        let (first, end) = (group.range.lowerBound, group.range.upperBound)
        let separator = question.tokens[first].separator
        if first > 0, !name.contains(first - 1) {
            if separator == .hyphen, question.isWord(first - 1) { return true }
            if separator != .comma, isMicrodistrict(first - 1) { return true }
        }
        return end < question.tokens.count && question.tokens[end].separator != .comma && isMicrodistrict(end)
    }

    private func isMicrodistrict(_ index: Int) -> Bool {
        question.meanings[index].contains(.microdistrict(.microdistrict))
    }

    /// The words of a street, after its type word, that come before a number and are not part of `range`; nil when there are
    /// none.
    ///
    /// In «мкр Калкаман-2, ул. Тепличная 5» house 5 does not belong to the microdistrict, whether the street is known or
    /// not.
    func otherStreet(before group: Question.HouseGroup, beside range: Range<Int>) -> Range<Int>? {
        // «пр. Назарбаева (бывш. ул. Фурманова), 127»
        guard !question.tokens[group.range.lowerBound].followsBracket else { return nil }
        var index = group.range.lowerBound - 1
        while index >= 0, question.says(.house, at: index) { index -= 1 }
        let end = index + 1
        // «ул. Набережная»: the name itself is also a type word.
        let doubled = index > 0 && question.meanings[index] != question.meanings[index - 1]
        if doubled, !range.contains(index), isStreetType(index), isStreetType(index - 1) { index -= 1 }
        while index >= 0, end - index <= Self.longestOtherStreet, !range.contains(index), question.isWord(index) {
            index -= 1
        }
        guard index >= 0, index + 1 < end, !range.contains(index), isStreetType(index),
            question.tokens[index + 1].separator != .comma
        else { return nil }
        return index + 1..<end
    }

    private static let longestOtherStreet = 3

    private func isStreetType(_ index: Int) -> Bool {
        question.meanings[index].contains { if case .street = $0 { true } else { false } }
    }

    /// Whether the type word next to a number belongs to the word before it: «5 мкр 12» is house 12 of microdistrict 5,
    /// «Әуезов көшесі 15» house 15 of a street.
    func borrowsMark(_ name: Range<Int>, among spans: [NameSpan]) -> Bool {
        let mark = name.lowerBound - 1
        guard question.tokens[name].allSatisfy(\.isNumber), mark > 0, !question.meanings[mark].isEmpty,
            question.tokens[mark].separator != .comma, question.tokens[name.lowerBound].separator != .comma,
            marks(at: name.upperBound, isTouching: name.upperBound).isEmpty
        else { return false }
        let isOfName = spans.contains { span in
            span.range.upperBound == mark && !question.tokens[span.range].allSatisfy(\.isNumber)
                && span.bearers.contains { bearer in question.meanings[mark].contains { $0.isKind(of: bearer.place) } }
        }
        if isOfName { return true }
        // «10 А мкр 5»
        let number = question.isLetterOfName(mark - 1) ? mark - 2 : mark - 1
        guard question.tokens[number].isNumber, !question.isAside[number] else { return false }
        // «37/2 мкр 8», «дом 37 мкр 8»
        let separator = question.tokens[number].separator
        return separator != .slash && separator != .hyphen && !question.says(.house, at: number - 1)
    }

    /// The penalty for the position of a number: a house follows its street, marked or not; in Kazakh and English it may
    /// precede it; other positions are rare.
    func placement(of group: Question.HouseGroup, beside name: Range<Int>) -> Double {
        if group.isMarked { return 0 }
        let between = name.upperBound..<max(name.upperBound, group.range.lowerBound)
        if group.range.lowerBound >= name.upperBound, between.allSatisfy({ !question.meanings[$0].isEmpty }) {
            // «Самал-2» is more likely a name than house 2 of Самал.
            return question.tokens[group.range.lowerBound].separator == .hyphen ? AddressRanking.oddHouse : 0
        }
        return group.range.upperBound == name.lowerBound ? 0.01 : AddressRanking.oddHouse
    }

    /// Whether a name is that of another town; it may be a street's name, but not when another name is next to it.
    func namesOtherTown(_ name: Range<Int>, _ taken: [Range<Int>]) -> Bool {
        guard let elsewhere = question.elsewhere, elsewhere.overlaps(name), marks(beside: name).isEmpty else {
            return false
        }
        return question.tokens.indices.contains { index in
            !question.tokens[index].isNumber && question.meanings[index].isEmpty && !question.isAside[index]
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
