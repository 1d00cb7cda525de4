/// A house as it is written on its plate: `52`, `48А`, `107/5`, `164 к4`, or a range of houses `44–78`.
struct HouseNumber: Sendable, Hashable {
    /// The number at its beginning.
    let number: Int
    /// The normalised form for comparison: lower case, no spaces, `48а`, `107/5`, `164к4`.
    let key: String
    /// The key for the other spelling of a Latin letter: "12B" is 12В by shape and 12Б by sound; nil when there is no other.
    let otherKey: String?
    /// The last number of a range of houses.
    let rangeEnd: Int?
    /// The number after the slash: the number on the other street of a corner house.
    let fraction: Int?

    /// Reads a house from its tokens; nil when they do not begin with a valid house number.
    ///
    /// - Parameter isRomanised: whether Latin letters are read by sound first and by shape second.
    init?(_ tokens: some Collection<Token>, isRomanised: Bool = false) {
        guard let first = tokens.first, let number = Self.leadingNumber(first.text), number > 0 else { return nil }
        self.number = number
        var key = first.text
        var rangeEnd: Int?
        var fraction: Int?
        var isBuilding = false
        for token in tokens.dropFirst() {
            if token.isNumber {
                let value = Self.leadingNumber(token.text)
                if token.separator == .slash {
                    key += "/"
                    fraction = fraction ?? value
                } else if isBuilding || token.separator != .hyphen {
                    // «164 корпус 9», «164, 9 корпус»
                    key += "к"
                } else {
                    key += "-"
                    if let value, value > number { rangeEnd = value }
                }
                key += token.text
                isBuilding = false
            } else if AddressWord.meanings(of: token.text).contains(.building) {
                isBuilding = true
            } else {
                key += token.text
            }
        }
        let spellings = LatinHouseLetters.spellings(of: key, bySoundFirst: isRomanised)
        (self.key, otherKey) = (spellings.first, spellings.other)
        self.rangeEnd = rangeEnd
        self.fraction = fraction
    }

    /// The leading digits of a text as a number; nil when there are none, or more than a house number has.
    static func leadingNumber(_ text: String) -> Int? {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        return (1...5).contains(digits.count) ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }
}

extension HouseNumber {
    /// The normalised form of a house as written on a plate.
    ///
    /// `48 А`, `48-А` and `48а` are the same house; so are `164 корпус 4` and `164 к4`.
    static func key(of house: String) -> String {
        let tokens = Token.tokens(of: house)
        return HouseNumber(tokens)?.key ?? tokens.map(\.text).joined()
    }
}
