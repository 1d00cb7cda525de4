/// Several crossings in one clause: «угол Абая и Байтурсынова, угол Гоголя и Панфилова», «Абая/Байтурсынова, Гоголя/Панфилова».
struct AddressListCrossings {
    /// The clause split where crossings begin and end, in the order of the text.
    let parts: [(tokens: [Token], isCrossing: Bool)]

    /// Returns nil for a clause that is one place, or that has no crossing next to other addresses.
    init?(_ query: AddressQuery, in index: NameIndex) {
        let mentionsCrossing = query.meanings.contains { $0.contains(.crossing) }
        let says = query.meanings.contains { $0.contains(.between) }
        guard !says, mentionsCrossing || query.tokens.contains(where: { Self.joins($0) }) else { return nil }
        let items = Self.items(query)
        guard items.count > 1 else { return nil }
        var parts: [(tokens: [Token], isCrossing: Bool)] = []
        var crossingCount = 0
        var hasHouses = false
        for item in items.map({ Array(query.tokens[$0]) }) {
            let part = AddressQuery(item, most: AddressList.maxTokens)
            let isCrossing = Self.isCrossing(part, isExplicit: mentionsCrossing, in: index)
            if isCrossing { crossingCount += 1 } else { hasHouses = hasHouses || !part.houseGroups(beside: []).isEmpty }
            if !isCrossing, let last = parts.last, !last.isCrossing {
                parts[parts.count - 1].tokens += item
            } else {
                parts.append((item, isCrossing))
            }
        }
        guard crossingCount > 1 || crossingCount == 1 && hasHouses else { return nil }
        self.parts = parts
    }

    static func joins(_ token: Token) -> Bool { token.separator == .slash || token.separator == .hyphen }

    /// The parts of a query between commas, and between the «и» of «Абая/Манаса и Жандосова/Розыбакиева», where each side has
    /// names with a slash or hyphen between them.
    static func items(_ query: AddressQuery) -> [Range<Int>] {
        let starts = query.tokens.indices.filter { $0 == 0 || query.tokens[$0].separator == .comma }
        return zip(starts, starts.dropFirst() + [query.tokens.count]).flatMap { start, end in
            let pieces = (start..<end).split { query.hasMeaning(.and, at: $0) }
            let areJoined = pieces.allSatisfy { piece in
                piece.dropFirst().contains { joins(query.tokens[$0]) && !query.tokens[$0].isNumber }
            }
            return pieces.count > 1 && areJoined ? pieces : [start..<end]
        }
    }

    // Whether a part has two streets and no house, with a word, a slash or a hyphen between them.
    private static func isCrossing(_ part: AddressQuery, isExplicit: Bool, in index: NameIndex) -> Bool {
        var search = NameSpans(part, in: index)
        let names = AddressListNames(search.find(), part, continues: false).all
        guard names.count == 2, names.allSatisfy({ $0.isKnown && !$0.isMicrodistrict }),
            part.houseGroups(beside: names.map(\.range)).isEmpty
        else { return false }
        // A type word between two names can belong to both: «Абая улица проспект Сатпаева».
        let next = names[1].rangeWithTypeWords.lowerBound
        let between = min(names[0].rangeWithTypeWords.upperBound, next)...next
        return between.contains { place in
            joins(part.tokens[place])
                || isExplicit && (part.hasMeaning(.and, at: place) || part.hasMeaning(.crossing, at: place))
        }
    }
}
