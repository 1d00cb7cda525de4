/// The numbers of a query that are neither a house nor part of a name: flats and offices, telephones, postal codes.
///
/// A label takes the number on either side of it, «кв. 5» or «5 кв», but never the only number that can be the house: forms
/// leave labels without a value, «д. 95, кв.».
struct NonAddressNumbers {
    /// The flats, offices or rooms, which do not change the position: `5`, `301, 302`.
    private(set) var unit: String?
    /// The floor.
    private(set) var floor: String?
    /// The entrance or part of the house.
    private(set) var entrance: String?
    /// Whether each token belongs to such a number or is its label.
    private(set) var isNonAddress: [Bool]

    // The label of the flat or office read last; interpretation starts at the end of the text.
    private var unitLabel: String?
    private let tokens: [Token]
    private let meanings: [[AddressWord]]

    init(_ tokens: [Token], _ meanings: [[AddressWord]]) {
        (self.tokens, self.meanings) = (tokens, meanings)
        isNonAddress = PhoneAndPostalNumbers(tokens, meanings).isTaken
        guard tokens.contains(where: \.isNumber) || meanings.contains(where: { Self.kind(of: $0) != nil }) else {
            return
        }
        takeLabelled()
    }

    private static func kind(of meanings: [AddressWord]) -> AddressWord? {
        meanings.first { $0 == .unit || $0 == .floor || $0 == .entrance }
    }

    // Reads from the end, for «2 подъезд 3 этаж»: the last word has a number only before it.
    private mutating func takeLabelled() {
        for index in tokens.indices.reversed() {
            guard let kind = Self.kind(of: meanings[index]) else { continue }
            isNonAddress[index] = true
            if let value = valueAfter(index) {
                takeListed(value, after: index, kind)
            } else if let value = valueBefore(index, kind) {
                take(value, as: kind, of: index)
                // «4 этаж, 402»
                if kind != .unit { takeLoose(after: index + 1, of: value.lowerBound) }
            } else if let value = valueBehindComma(index) {
                takeListed(value, after: index, kind)
            }
        }
    }

    private mutating func takeListed(_ value: Range<Int>, after label: Int, _ kind: AddressWord) {
        let isList = kind == .unit || Self.plurals.contains(tokens[label].text)
        let list = isList ? listed(after: value, of: label) : value
        take(list, as: kind, of: label)
        if !isList { takeLoose(after: list.upperBound, of: label) }
    }

    private static let plurals = WordTable(words: ["этажи", "этажах", "подъезды", "секции", "floors", "кабаттар"])

    private mutating func take(_ range: Range<Int>, as kind: AddressWord, of label: Int) {
        for index in range { isNonAddress[index] = true }
        let text = text(of: range)
        switch kind {
        case .floor: floor = text
        case .entrance: entrance = text
        default:
            // «каб. 301, каб. 302»
            let isSame = unitLabel == tokens[label].text
            unit = isSame ? text + (unit.map { ", " + $0 } ?? "") : text
            unitLabel = tokens[label].text
        }
    }

    private func text(of range: Range<Int>) -> String {
        var text = ""
        for index in range where !hasMeaning(.and, at: index) {
            if index > range.lowerBound {
                switch tokens[index].separator {
                case .hyphen: text += "-"
                case .slash: text += "/"
                case .nothing: break
                case .space where !tokens[index].isNumber && tokens[index - 1].isNumber && isLetter(index): break
                default:
                    let beginsItem = tokens[index - 1].isNumber || hasMeaning(.and, at: index - 1)
                    text += beginsItem || tokens[index].separator == .comma ? ", " : ""
                }
            }
            text += tokens[index].text
        }
        return text
    }
}

// The values of labels.
extension NonAddressNumbers {
    // «кв. 5», «офис А-12», «B2», «кв. 1–48».
    private func valueAfter(_ label: Int) -> Range<Int>? {
        let start = label + 1
        guard start < tokens.count, !isNonAddress[start], tokens[start].separator != .comma else { return nil }
        var end = start
        if isLetter(start), start + 1 < tokens.count, tokens[start + 1].isNumber,
            tokens[start + 1].separator == .nothing || tokens[start + 1].separator == .hyphen
        {
            end = start + 2
        } else if isLetter(start), endsItem(start + 1) {
            return start..<(start + 1)
        } else if tokens[start].isNumber {
            end = start + 1
        } else {
            return nil
        }
        end = joinedEnd(from: end)
        // «оф. 12 б»
        let isOwnLetter = end < tokens.count && !isNonAddress[end] && isLetter(end) && endsItem(end + 1)
        if isOwnLetter, tokens[end].separator == .space || tokens[end].separator == .hyphen { end += 1 }
        return start..<end
    }

    // «кв., 5», «этаж: 4»; but in «кв., 95 Жарокова» the number after the comma is the house.
    private func valueBehindComma(_ label: Int) -> Range<Int>? {
        let start = label + 1
        guard start < tokens.count, tokens[start].isNumber, !isNonAddress[start] else { return nil }
        let end = joinedEnd(from: start + 1)
        return endsItem(end) && houseCount(outside: start..<end) > 0 ? start..<end : nil
    }

    // «5 кв», «4-этаж», «301 и 302 каб.»
    private func valueBefore(_ label: Int, _ kind: AddressWord) -> Range<Int>? {
        let separator = tokens[label].separator
        guard label > 0, separator != .comma, separator != .stop, tokens[label - 1].isNumber, !isNonAddress[label - 1]
        else {
            return nil
        }
        var start = groupStart(of: label - 1)
        guard !isLabelledHouse(start), kind == .unit || isLow(start) else { return nil }
        let hasHouse = houseCount(outside: start..<label) > 0
        guard hasHouse || isSurely(kind, start..<label) else { return nil }
        if hasHouse, start > 1, hasMeaning(.and, at: start - 1), tokens[start - 2].isNumber, !isNonAddress[start - 2] {
            let first = groupStart(of: start - 2)
            if houseCount(outside: first..<label) > 0 { start = first }
        }
        return start..<label
    }

    // «ул. Абая 52 вход со двора»: no house in the city has 52 floors or entrances.
    private func isLow(_ index: Int) -> Bool { HouseNumber.leadingNumber(tokens[index].text).map { $0 <= 40 } ?? false }

    // «ТРЦ Мега, 2 этаж»: floors and entrances have small numbers, and nobody leaves them empty without a comma.
    private func isSurely(_ kind: AddressWord, _ range: Range<Int>) -> Bool {
        guard range.count == 1, let number = Int(tokens[range.lowerBound].text) else { return false }
        let label = range.upperBound
        if label + 1 < tokens.count, Self.kind(of: meanings[label + 1]) != nil { return false }
        return kind == .floor && number <= 40 || kind == .entrance && number <= 12
    }

    // «каб. 301, 302 и 303»; but «52 кв. 5, 54 кв. 8» and «158 (кв. 1–48), 160» continue with houses.
    private func listed(after value: Range<Int>, of label: Int) -> Range<Int> {
        var end = value.upperBound
        let isOneHouse = houseCount(outside: label..<tokens.count) == 1
        while end < tokens.count {
            if hasMeaning(.and, at: end), end + 1 < tokens.count, tokens[end + 1].isNumber, !isNonAddress[end + 1] {
                let next = joinedEnd(from: end + 2)
                guard endsItem(next) else { break }
                end = next
            } else if isOneHouse, tokens[end].isNumber, !isNonAddress[end], tokens[end].separator == .comma,
                !tokens[end].followsBracket
            {
                let next = joinedEnd(from: end + 1)
                guard endsItem(next) else { break }
                end = next
            } else {
                break
            }
        }
        return value.lowerBound..<end
    }

    // «4 этаж, 402»: a number after the floor of a known house is an office.
    private mutating func takeLoose(after end: Int, of label: Int) {
        guard unit == nil, end < tokens.count, tokens[end].isNumber, !isNonAddress[end],
            tokens[end].separator == .comma,
            !tokens[end].followsBracket, endsItem(joinedEnd(from: end + 1)),
            houseCount(outside: label..<tokens.count) == 1
        else { return }
        take(end..<joinedEnd(from: end + 1), as: .unit, of: label)
    }

    private func joinedEnd(from start: Int) -> Int {
        var end = start
        while end < tokens.count, tokens[end].isNumber, !isNonAddress[end],
            tokens[end].separator == .hyphen || tokens[end].separator == .slash
        {
            end += 1
        }
        return end
    }

    private func groupStart(of index: Int) -> Int {
        var start = index
        while start > 0, tokens[start].separator == .slash || tokens[start].separator == .hyphen,
            tokens[start - 1].isNumber, !isNonAddress[start - 1]
        {
            start -= 1
        }
        return start
    }

    // Whether an item of a list ends before this token.
    private func endsItem(_ index: Int) -> Bool {
        guard index < tokens.count else { return true }
        return tokens[index].separator == .comma || hasMeaning(.and, at: index)
            || isNonAddress[index]
                && Self.kind(of: meanings[index]) == nil
    }

    private func isLetter(_ index: Int) -> Bool {
        let token = tokens[index]
        guard !token.isNumber, token.text.unicodeScalars.count == 1 else { return false }
        return index + 1 == tokens.count || tokens[index + 1].separator != .stop
    }

    // «д. 95 кв», «корпус 4 кв»; but in «10 үй 5 пәтер» the word belongs to the other number.
    private func isLabelledHouse(_ index: Int) -> Bool {
        guard index > 0, hasMeaning(.house, at: index - 1) || hasMeaning(.building, at: index - 1) else { return false }
        return !(index > 1 && tokens[index - 2].isNumber && tokens[index - 1].separator != .comma)
            || hasMeaning(.building, at: index - 1)
    }

    private func hasMeaning(_ meaning: AddressWord, at index: Int) -> Bool {
        meanings.indices.contains(index) && meanings[index].contains(meaning)
    }

    // The number of tokens outside `range` that can be houses.
    private func houseCount(outside range: Range<Int>) -> Int {
        tokens.indices.count { !range.contains($0) && canBeHouse($0) }
    }

    private func canBeHouse(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.isNumber, !isNonAddress[index], token.text.utf8.count != 6 else { return false }
        if index > 0 {
            // Part of «37/2» or of «Самал-2».
            if token.separator == .slash || token.separator == .hyphen || token.separator == .nothing { return false }
            if isMicrodistrict(index - 1), token.separator != .comma { return false }
            if hasMeaning(.building, at: index - 1) { return false }
        }
        return !(isMicrodistrict(index + 1) && tokens[index + 1].separator != .comma)
    }

    private func isMicrodistrict(_ index: Int) -> Bool {
        meanings.indices.contains(index)
            && meanings[index].contains(.microdistrict(.microdistrict))
    }
}
