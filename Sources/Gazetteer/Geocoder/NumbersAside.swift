/// The numbers of a question that are neither a house's nor of a name: flats and offices, telephones, postal codes.
struct NumbersAside {
    /// The flat or office, which does not move the pin.
    private(set) var unit: String?
    /// Whether each token belongs to such a number or says what it is.
    private(set) var isAside: [Bool]

    init(_ tokens: [Token], _ meanings: [[AddressWord]]) {
        isAside = [Bool](repeating: false, count: tokens.count)
        takeUnits(tokens, meanings)
        takeOtherNumbers(tokens, meanings)
        takePostalCodes(tokens)
    }

    // From the end, for «2 подъезд 3 этаж»: the last word has only the number before it.
    private mutating func takeUnits(_ tokens: [Token], _ meanings: [[AddressWord]]) {
        for index in tokens.indices.reversed() where meanings[index].contains(.unit) {
            isAside[index] = true
            let (next, last) = (index + 1, index - 1)
            if next < tokens.count, tokens[next].isNumber, !isAside[next] {
                isAside[next] = true
                unit = tokens[next].text
            } else if last >= 0, tokens[last].isNumber {
                isAside[last] = true
                unit = tokens[last].text
            }
        }
    }

    // «тел. +7 727 123-45-67», «домофон 8».
    private mutating func takeOtherNumbers(_ tokens: [Token], _ meanings: [[AddressWord]]) {
        for index in tokens.indices where meanings[index].contains(.otherNumber) {
            isAside[index] = true
            var next = index + 1
            while next < tokens.count, tokens[next].isNumber {
                isAside[next] = true
                next += 1
            }
        }
    }

    // «A15G7M6»: the postal codes of Kazpost have letters and digits by turns.
    private mutating func takePostalCodes(_ tokens: [Token]) {
        let lengths = [1, 2, 1, 1, 1, 1]
        guard tokens.count >= lengths.count else { return }
        for first in 0...tokens.count - lengths.count {
            let isCode = lengths.indices.allSatisfy { place in
                let token = tokens[first + place]
                return token.text.unicodeScalars.count == lengths[place] && token.isNumber == (place % 2 == 1)
                    && (place == 0 || token.separator == .nothing)
            }
            if isCode { for place in lengths.indices { isAside[first + place] = true } }
        }
    }
}
