/// One way to understand a question as an address: which words name a place, and which number is the house.
public struct AddressReading: Sendable, Equatable {
    /// The words left for names, in order, with their place among the tokens.
    public struct Word: Sendable, Equatable {
        let token: Token
        let index: Int
    }

    /// The tokens of the question.
    public let tokens: [Token]
    /// What the words beside the names say.
    public let marks: [Int: [AddressWord]]
    /// The house, canonical: lower case, no spaces, `52`, `48а`, `107/5`, `164к4`; nil when none is named.
    public let house: String?
    /// The tokens that make up the house.
    public let houseRange: Range<Int>?
    /// The flat or office, which does not move the pin.
    public let unit: String?
    /// Tokens that need no match: marks, city, unit.
    public let explained: Set<Int>
}

extension AddressReading {
    /// The house as written on a plate, in the form in which houses are compared.
    ///
    /// `48 А`, `48-А` and `48а` are the same house; so are `164 корпус 4` and `164 к4`.
    public static func houseKey(_ house: String) -> String {
        AddressParser.houseKey(of: Token.tokens(of: house))
    }
}
