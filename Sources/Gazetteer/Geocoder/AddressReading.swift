import Geo

/// A question over a city: what its words say beside the names in it, and what they cost where nothing explains them.
///
/// A class, so that what looks along the question copies one reference and not each of its parts.
final class AddressReading: Sendable {
    let snapshot: GazetteerSnapshot
    let question: Question
    /// What each token takes that nothing explains.
    private let unexplainedCosts: [Double]

    init(_ snapshot: GazetteerSnapshot, _ question: Question) {
        self.snapshot = snapshot
        self.question = question
        unexplainedCosts = Self.unexplainedCosts(of: question, snapshot.names)
    }

    /// What the tokens take that nothing explains.
    func unexplained(beside taken: [Range<Int>]) -> Double {
        var cost = 0.0
        for (index, own) in unexplainedCosts.enumerated() where own > 0 {
            if !taken.contains(where: { $0.contains(index) }) { cost += own }
        }
        return cost
    }

    private static func unexplainedCosts(of question: Question, _ names: NameIndex) -> [Double] {
        question.tokens.indices.map { index in
            if question.isAside[index] { return 0 }
            if let elsewhere = question.elsewhere, elsewhere.contains(index) {
                return index == elsewhere.lowerBound ? AddressRanking.elsewhere : 0
            }
            guard question.meanings[index].isEmpty else { return 0 }
            let token = question.tokens[index]
            return names.isGivenName(token.text) ? AddressRanking.givenName : AddressRanking.unexplained(token)
        }
    }

    /// Whether a word or the sign × says that two streets meet.
    var saysCrossing: Bool {
        question.tokens.indices.contains { index in
            question.says(.crossing, at: index)
                || (question.tokens[index].text == "x" || question.tokens[index].text == "х")
                    && index > 0 && index + 1 < question.tokens.count
        }
    }

    /// A point to show for a place; nil where nothing tells.
    ///
    /// - Parameter part: which of the places that a street's record stands for.
    func position(of place: PlaceReference, _ part: Int = 0) -> Coordinate? {
        switch place {
        case .street(let index): snapshot.addresses.streetPlaces.parts[index][part].position
        case .microdistrict(let index): snapshot.addresses.microdistricts[index].position
        case .district(let index): snapshot.districts.points[index]
        }
    }
}

// The type words and numbers beside a name.
extension AddressReading {
    /// The type words that touch a name.
    func marks(beside range: Range<Int>) -> [AddressWord] {
        var marks: [AddressWord] = []
        for index in [range.lowerBound - 1, range.lowerBound - 2, range.upperBound, range.upperBound + 1]
        where question.tokens.indices.contains(index) && touches(index, range) {
            for meaning in question.meanings[index] {
                switch meaning {
                case .street, .microdistrict, .district: marks.append(meaning)
                default: break
                }
            }
        }
        return marks
    }

    // Two tokens away only for an abbreviation in two: «р-н».
    private func touches(_ index: Int, _ range: Range<Int>) -> Bool {
        let tokens = question.tokens
        switch index {
        case range.lowerBound - 1: return tokens[range.lowerBound].separator != .comma
        case range.upperBound: return tokens[index].separator != .comma
        case range.lowerBound - 2:
            return question.meanings[index] == question.meanings[index + 1] && !question.meanings[index].isEmpty
        default:
            return question.meanings[index] == question.meanings[index - 1] && !question.meanings[index].isEmpty
                && tokens[index - 1].separator != .comma
        }
    }

    /// Whether the type word beside a name belongs to the number before it:
    /// «5 мкр 12» is house 12 of the fifth microdistrict.
    func borrowsMark(_ name: Range<Int>) -> Bool {
        let mark = name.lowerBound - 1
        guard question.tokens[name].allSatisfy(\.isNumber), mark > 0, !question.meanings[mark].isEmpty else {
            return false
        }
        return question.tokens[mark - 1].isNumber && question.tokens[mark].separator != .comma
    }

    /// What the place of a number takes: a house stands behind its street, marked or not; before it in Kazakh and English;
    /// elsewhere seldom.
    func placement(of group: Question.HouseGroup, beside name: Range<Int>) -> Double {
        if group.isMarked { return 0 }
        let between = name.upperBound..<max(name.upperBound, group.range.lowerBound)
        if group.range.lowerBound >= name.upperBound, between.allSatisfy({ !question.meanings[$0].isEmpty }) {
            // «Самал-2» is likelier a name than house 2 of Самал.
            return question.tokens[group.range.lowerBound].separator == .hyphen ? AddressRanking.oddHouse : 0
        }
        return group.range.upperBound == name.lowerBound ? 0.01 : AddressRanking.oddHouse
    }

    /// Whether a name is that of another town: it may be a street's, but not when another name stands beside it.
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
