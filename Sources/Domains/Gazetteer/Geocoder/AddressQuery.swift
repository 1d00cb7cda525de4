/// A query as tokens, with the meanings of the words next to the names.
struct AddressQuery: Sendable {
    /// An address has no more tokens than this; the limit bounds the work.
    static let maxTokens = 24

    /// The tokens; a two-part abbreviation is one token.
    let tokens: [Token]
    /// The meanings of each token if it is not a name.
    let meanings: [[AddressWord]]
    /// Numbers inside the house, which do not change the position, telephones and postal codes.
    let nonAddress: NonAddressNumbers
    /// Whether each token is part of a building's or business's name, such as «ТЦ Москва» next to an address.
    let isOfPremises: [Bool]
    /// The tokens of the name of a town other than Almaty.
    let otherTown: Range<Int>?

    init(_ tokens: [Token], most: Int = AddressQuery.maxTokens) {
        let tokens = AddressAbbreviation.joined(Array(tokens.prefix(most)))
        self.tokens = tokens
        meanings = Self.meanings(of: tokens)
        nonAddress = NonAddressNumbers(tokens, meanings)
        isOfPremises = Premises.find(in: tokens, meanings)
        let town = OtherTowns.find(in: tokens)
        otherTown = town.flatMap { [isOfPremises] in isOfPremises[$0.lowerBound] ? nil : $0 }
    }

    /// The flat or office.
    var unit: String? { nonAddress.unit }
    /// Whether each token belongs to a flat or office, a telephone number or a postal code.
    var isNonAddress: [Bool] { nonAddress.isNonAddress }

    /// Whether a token has this meaning.
    func hasMeaning(_ meaning: AddressWord, at index: Int) -> Bool {
        meanings.indices.contains(index) && meanings[index].contains(meaning)
    }

    /// Whether there are words other than numbers and words that describe their neighbours.
    var hasWords: Bool { tokens.indices.contains(where: isWord) }

    /// Whether a token is neither a number nor a word that describes its neighbours.
    func isWord(_ index: Int) -> Bool { !tokens[index].isNumber && meanings[index].isEmpty && !isNonAddress[index] }

    /// Whether an institution may be meant; a query with a number in another town cannot mean one.
    var mayBeInstitution: Bool { hasWords && (otherTown == nil || !tokens.contains(where: \.isNumber)) }

    private static func meanings(of tokens: [Token]) -> [[AddressWord]] {
        var meanings = tokens.map { $0.isNumber ? [] : AddressWord.meanings(of: $0.text) }
        // «Алматинская область» adds no more than «Алматы»; alone it may be a street.
        for index in tokens.indices.dropFirst() where meanings[index].contains(.region) {
            if ownRegion.contains(tokens[index - 1].text) { meanings[index - 1] = [.city] }
        }
        // The п of «Абая 52, п. 3» is premises or an entrance; that of «п. Ремизовка» is a settlement.
        for index in tokens.indices.dropLast() where tokens[index].text == "п" && tokens[index + 1].isNumber {
            if tokens[index + 1].separator != .comma { meanings[index] = [.unit] }
        }
        // «Тұйық көше» (a lane) is one term of two words; the second alone would mean a street.
        for index in tokens.indices.dropFirst() where meanings[index].contains(.street(.street)) {
            guard tokens[index - 1].text == "туйык", tokens[index].separator == .space else { continue }
            meanings[index] = meanings[index - 1]
        }
        return meanings
    }

    /// The words that may mean the surroundings of the name after them: «в районе Абая-Манаса», but not «Медеуский район Абая».
    var vicinityWords: [Int] {
        tokens.indices.dropLast().filter { index in
            Self.vicinity.contains(tokens[index].text) && tokens[index + 1].separator != .comma
                && (index == 0 || tokens[index].separator == .comma || hasMeaning(.at, at: index - 1))
        }
    }

    private static let vicinity = WordTable(words: ["район", "района", "районе", "рн", "р/н", "р/не", "raion", "rayon"])

    private static let ownRegion = WordTable(words: ["алматинская", "алматинской", "almaty", "алматы"])
}

extension AddressQuery {
    /// A number that may be the house, with what belongs to it.
    struct HouseGroup: Sendable {
        let range: Range<Int>
        let house: HouseNumber
        /// Whether a word such as «дом» labels it as a house.
        let isLabelled: Bool
    }

    /// The numbers that may be houses, when names take the tokens of `names`.
    func houseGroups(beside names: [Range<Int>]) -> [HouseGroup] {
        var groups: [HouseGroup] = []
        var index = 0
        while index < tokens.count {
            guard tokens[index].isNumber, !isTaken(index, names) else {
                index += 1
                continue
            }
            let range = index..<houseEnd(from: index, names)
            if let house = HouseNumber(tokens[range], isRomanised: isRomanised) {
                let isLabelled =
                    hasMeaning(.house, at: index - 1)
                    || meanings.indices.contains(range.upperBound)
                        && meanings[range.upperBound].contains(.house) && tokens[range.upperBound].separator != .comma
                groups.append(HouseGroup(range: range, house: house, isLabelled: isLabelled))
            }
            index = range.upperBound
        }
        return groups
    }

    // In a query without Cyrillic letters "12B" is 12Б, as our English labels write it; otherwise B is read as В.
    private var isRomanised: Bool {
        !tokens.contains { token in token.text.utf8.contains { (0xD0...0xD3).contains($0) } }
    }

    private func isTaken(_ index: Int, _ names: [Range<Int>]) -> Bool {
        isNonAddress[index] || names.contains { $0.contains(index) }
    }

    // Extends the house over «/5», «-41», «корпус 4», «к4», «9 корпус» and a separate letter, as in «8 Г».
    private func houseEnd(from start: Int, _ names: [Range<Int>]) -> Int {
        var end = start + 1
        while end < tokens.count, !isTaken(end, names) {
            let token = tokens[end]
            if token.isNumber, token.separator == .slash || token.separator == .hyphen {
                end += 1
            } else if hasMeaning(.building, at: end), end + 1 < tokens.count, belongsToBuilding(end + 1) {
                end += 2
            } else if token.isNumber, namesBuilding(end + 1) {
                return end + 2
            } else if isHouseLetter(end) {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    // «164, 9 корпус», «9-блок»
    private func namesBuilding(_ index: Int) -> Bool {
        guard index < tokens.count, tokens[index].separator != .comma, Self.buildings.contains(tokens[index].text)
        else {
            return false
        }
        return index + 1 == tokens.count || !belongsToBuilding(index + 1) || tokens[index + 1].separator == .comma
    }

    private static let buildings = WordTable(
        words: ["корпус", "корп", "блок", "building", "bldg", "korpus", "korp", "строение", "литер", "литера"]
    )

    private func belongsToBuilding(_ index: Int) -> Bool {
        tokens[index].isNumber || Self.letters.contains(tokens[index].text)
    }

    private static let letters = WordTable(
        words: [
            "а", "б", "в", "г", "д", "е", "ж", "з", "л", "м", "н", "т", "a", "b", "c", "d", "e", "g", "h", "k", "m",
            "t", "v",
        ]
    )

    /// Whether a token is a letter that belongs to the number before it in a name, as in «Аксай-3 Б, 12».
    func isLetterOfName(_ index: Int) -> Bool {
        guard index > 0, index < tokens.count, tokens[index - 1].isNumber, !isNonAddress[index],
            !isNonAddress[index - 1],
            tokens[index - 1].text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        if isHouseLetter(index) { return true }
        // «Аксай-3 Б 12», but «Самал-2 д 12».
        let token = tokens[index]
        guard token.separator == .space, Self.lettersOfNames.contains(token.text) else { return false }
        return hasMeaning(.house, at: index + 1)
            || index + 1 < tokens.count && tokens[index + 1].isNumber && tokens[index + 1].separator == .space
    }

    private static let lettersOfNames = WordTable(words: ["а", "б", "е", "ж", "a", "b"])

    private func isHouseLetter(_ index: Int) -> Bool {
        let token = tokens[index]
        guard Self.letters.contains(token.text) else { return false }
        if token.separator == .hyphen || token.separator == .slash || token.separator == .nothing { return true }
        guard token.separator == .space else { return false }
        // «52 г Алматы», «10 в Алматы»: the letter is not part of the house.
        guard index + 1 < tokens.count else { return true }
        let next = tokens[index + 1]
        if next.separator == .stop { return false }
        return next.separator == .comma || next.separator == .slash || isNonAddress[index + 1]
            || (token.text != "г" && token.text != "в" && !next.isNumber && !meanings[index + 1].isEmpty
                && !hasMeaning(.city, at: index + 1))
    }
}
