/// The numbers of a query that belong to no address: telephones, postal codes, PO boxes, door codes.
struct PhoneAndPostalNumbers {
    /// Whether each token is such a number, part of one, or its label.
    private(set) var isTaken: [Bool]

    private let tokens: [Token]
    private let meanings: [[AddressWord]]

    init(_ tokens: [Token], _ meanings: [[AddressWord]]) {
        (self.tokens, self.meanings) = (tokens, meanings)
        isTaken = [Bool](repeating: false, count: tokens.count)
        guard tokens.contains(where: \.isNumber) || meanings.contains(where: { $0.contains(.nonAddressNumber) }) else {
            return
        }
        takePostalCodes()
        takePhones()
        takeLabelled()
    }

    // «тел. +7 727 123-45-67», «домофон 8», «а/я 12».
    private mutating func takeLabelled() {
        for index in tokens.indices where meanings[index].contains(.nonAddressNumber) {
            isTaken[index] = true
            var next = index + 1
            while next < tokens.count, tokens[next].isNumber {
                isTaken[next] = true
                next += 1
            }
        }
    }

    // «A15G7M6», «A15 G7M6»: Kazpost codes alternate letters and digits. «050000» is one of the older codes of Almaty and
    // its region, which begin with 04 and 05.
    private mutating func takePostalCodes() {
        for index in tokens.indices {
            let text = tokens[index].text
            if text.utf8.count == 6, text.hasPrefix("05") || text.hasPrefix("04"), isDigits(index) {
                isTaken[index] = true
            }
        }
        let lengths = [1, 2, 1, 1, 1, 1]
        guard tokens.count >= lengths.count else { return }
        for first in 0...tokens.count - lengths.count {
            let isCode = lengths.indices.allSatisfy { place in
                let token = tokens[first + place]
                let mayBeParted = place == 2 && (token.separator == .space || token.separator == .hyphen)
                return token.text.unicodeScalars.count == lengths[place] && token.isNumber == (place % 2 == 1)
                    && (place == 0 || token.separator == .nothing || mayBeParted)
            }
            if isCode { for place in lengths.indices { isTaken[first + place] = true } }
        }
    }

    // «+7 701 234 56 78», «8 (727) 123-45-67», «87012345678», «234-56-78»: telephone numbers without a label.
    private mutating func takePhones() {
        for index in tokens.indices where isDigits(index) && !isTaken[index] {
            // No house number has more than six digits.
            if tokens[index].text.utf8.count > 6 {
                isTaken[index] = true
                takeCode(before: index)
            } else if let end = phoneEnd(from: index) ?? localPhoneEnd(from: index) {
                for place in index..<end { isTaken[place] = true }
                takeCode(before: index)
            }
        }
    }

    // Eleven digits in several groups, beginning with 7 or 8 and the code of a network or town.
    private func phoneEnd(from start: Int) -> Int? {
        guard tokens[start].text == "8" || tokens[start].text == "7", start + 1 < tokens.count,
            tokens[start + 1].text.hasPrefix("7"), tokens[start + 1].text.utf8.count > 2
        else { return nil }
        var (end, digits) = (start, 0)
        while end < tokens.count, isDigits(end), digits < Self.phoneDigits {
            let isBracketed = end == start + 1 || tokens[end].followsBracket
            if end > start, tokens[end].separator == .comma, !isBracketed { return nil }
            if end > start + 1, tokens[end].text.utf8.count < 2 { return nil }
            digits += tokens[end].text.utf8.count
            end += 1
        }
        return digits == Self.phoneDigits ? end : nil
    }

    private static let phoneDigits = 11

    // «234-56-78»
    private func localPhoneEnd(from start: Int) -> Int? {
        let lengths = [3, 2, 2]
        guard start + lengths.count <= tokens.count else { return nil }
        let isPhone = lengths.indices.allSatisfy { place in
            let index = start + place
            return isDigits(index) && tokens[index].text.utf8.count == lengths[place]
                && (place == 0 || tokens[index].separator == .hyphen)
        }
        let end = start + lengths.count
        return isPhone && !(end < tokens.count && tokens[end].separator == .hyphen) ? end : nil
    }

    // «8 (727) 2671234», «727 234-56-78»: the area code and the 8 before it.
    private mutating func takeCode(before number: Int) {
        guard number > 0, isDigits(number - 1), tokens[number - 1].text.utf8.count == 3,
            tokens[number - 1].text.hasPrefix("7"), tokens[number].separator != .comma || tokens[number].followsBracket
        else { return }
        isTaken[number - 1] = true
        guard number > 1, tokens[number - 2].text == "8" || tokens[number - 2].text == "7" else { return }
        isTaken[number - 2] = true
    }

    private func isDigits(_ index: Int) -> Bool {
        tokens[index].text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
