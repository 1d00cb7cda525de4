/// A question as its tokens, with what the words beside the names say.
struct Question: Sendable {
    /// Tokens beyond this are no address; the limit bounds the work.
    static let mostTokens = 24

    /// The tokens.
    let tokens: [Token]
    /// What each token says, if it is no name.
    let meanings: [[AddressWord]]
    /// The flat or office, which does not move the pin.
    let unit: String?
    /// Whether each token belongs to the flat or office, a telephone's number or a postal code.
    let isAside: [Bool]
    /// The name of a town that is not Almaty, by its tokens.
    let elsewhere: Range<Int>?

    init(_ tokens: [Token], most: Int = Question.mostTokens) {
        let tokens = Array(tokens.prefix(most))
        self.tokens = tokens
        meanings = Self.meanings(of: tokens)
        let aside = NumbersAside(tokens, meanings)
        (unit, isAside) = (aside.unit, aside.isAside)
        elsewhere = OtherTowns.find(in: tokens)
    }

    /// Whether a token says something of this kind.
    func says(_ meaning: AddressWord, at index: Int) -> Bool {
        meanings.indices.contains(index) && meanings[index].contains(meaning)
    }

    /// Whether there is more than numbers and words that say what stands beside them.
    var hasWords: Bool { tokens.indices.contains(where: isWord) }

    /// Whether a token is neither a number nor a word that says what stands beside it.
    func isWord(_ index: Int) -> Bool { !tokens[index].isNumber && meanings[index].isEmpty && !isAside[index] }

    /// Whether an institution may be meant: not by a house number in another town.
    var mayBeInstitution: Bool { hasWords && (elsewhere == nil || !tokens.contains(where: \.isNumber)) }

    private static func meanings(of tokens: [Token]) -> [[AddressWord]] {
        var meanings = tokens.map { $0.isNumber ? [] : AddressWord.meanings(of: $0.text) }
        for index in tokens.indices.dropLast() where !tokens[index].isNumber {
            switch tokens[index + 1].separator {
            case .hyphen, .slash, .stop:
                let both = AddressWord.meanings(ofParts: tokens[index].text, tokens[index + 1].text)
                if !both.isEmpty { (meanings[index], meanings[index + 1]) = (both, both) }
            default: break
            }
        }
        // «Алматинская область» says no more than «Алматы»; alone it may be a street.
        for index in tokens.indices.dropFirst() where meanings[index].contains(.region) {
            if ownRegion.contains(tokens[index - 1].text) { meanings[index - 1] = [.city] }
        }
        return meanings
    }

    private static let ownRegion = WordTable(words: ["алматинская", "алматинской", "almaty", "алматы"])
}

extension Question {
    /// A number that may be the house, with what belongs to it.
    struct HouseGroup: Sendable {
        let range: Range<Int>
        let house: HouseNumber
        /// Whether a word says that it is a house.
        let isMarked: Bool
    }

    /// The numbers that may be houses, when a name takes the tokens of `name`.
    func houseGroups(beside names: [Range<Int>]) -> [HouseGroup] {
        var groups: [HouseGroup] = []
        var index = 0
        while index < tokens.count {
            guard tokens[index].isNumber, !isTaken(index, names) else {
                index += 1
                continue
            }
            let range = index..<houseEnd(from: index, names)
            if let house = HouseNumber(tokens[range]) {
                let isMarked =
                    says(.house, at: index - 1)
                    || meanings.indices.contains(range.upperBound)
                        && meanings[range.upperBound].contains(.house) && tokens[range.upperBound].separator != .comma
                groups.append(HouseGroup(range: range, house: house, isMarked: isMarked))
            }
            index = range.upperBound
        }
        return groups
    }

    private func isTaken(_ index: Int, _ names: [Range<Int>]) -> Bool {
        isAside[index] || names.contains { $0.contains(index) }
    }

    // Takes «/5», «-41», «корпус 4», «к4» and a separate letter «8 Г» into the house.
    private func houseEnd(from start: Int, _ names: [Range<Int>]) -> Int {
        var end = start + 1
        while end < tokens.count, !isTaken(end, names) {
            let token = tokens[end]
            if token.isNumber, token.separator == .slash || token.separator == .hyphen {
                end += 1
            } else if says(.building, at: end), end + 1 < tokens.count, belongsToBuilding(end + 1) {
                end += 2
            } else if isHouseLetter(end) {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    private func belongsToBuilding(_ index: Int) -> Bool {
        tokens[index].isNumber || Self.letters.contains(tokens[index].text)
    }

    private static let letters = WordTable(
        words: ["а", "б", "в", "г", "д", "е", "ж", "з", "н", "т", "a", "b", "c", "d", "e", "g", "v"]
    )

    private func isHouseLetter(_ index: Int) -> Bool {
        let token = tokens[index]
        guard Self.letters.contains(token.text) else { return false }
        if token.separator == .hyphen || token.separator == .slash || token.separator == .nothing { return true }
        guard token.separator == .space else { return false }
        // «52 г Алматы», «10 в Алматы»: the letter is not the house's.
        guard index + 1 < tokens.count else { return true }
        let next = tokens[index + 1]
        if next.separator == .stop { return false }
        return next.separator == .comma || next.separator == .slash || isAside[index + 1]
            || (token.text != "г" && token.text != "в" && !next.isNumber && !meanings[index + 1].isEmpty
                && !says(.city, at: index + 1))
    }
}
