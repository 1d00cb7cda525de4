/// The confidence of addresses: 1 is a place that explains every word exactly as typed, and penalties are subtracted.
enum AddressRanking {
    typealias Weight = RankingWeights.Weight

    /// The highest confidence of an answer whose position may be off by this many metres.
    ///
    /// 1 for a known place, 0.95 at 200 m and 0.08 less for each doubling: 0.79 at 800 m, 0.69 at 2 km, which covers most of
    /// a district.
    static func most(atUncertainty metres: Double) -> Double {
        let nearby = RankingWeights.nearby.value
        let penalty = RankingWeights.atNearby.value
        if metres <= nearby { return 1 - penalty * max(0, metres) / nearby }
        let ratio = metres / nearby
        // Linear within each doubling.
        let doublings = Double(ratio.exponent) + ratio.significand - 1
        return max(RankingWeights.threshold.value, 1 - penalty - RankingWeights.perDoubling.value * doublings)
    }

    /// The penalty for a token that nothing explains.
    static func unexplained(_ token: Token) -> Weight {
        if token.isNumber {
            return token.text.utf8.count == 6 ? RankingWeights.postalCode : RankingWeights.unexplainedNumber
        }
        switch token.text.unicodeScalars.count {
        case 1: return RankingWeights.unexplainedLetter
        case 2: return RankingWeights.unexplainedPair
        default: return RankingWeights.unexplainedWord
        }
    }

    /// The penalty for the kind of name; nil when it is the present name.
    static func weight(of nameType: NameIndex.NameType) -> Weight? {
        switch nameType {
        case .current: nil
        case .variant, .inflected: RankingWeights.otherForm
        case .part: RankingWeights.partOfName
        case .former: RankingWeights.formerName
        }
    }

    /// The smallest penalty of the type words next to a name: nil when one fits, a small one when there are none.
    static func weight(
        ofTypeWords typeWords: [AddressWord],
        for place: PlaceReference,
        _ snapshot: GazetteerSnapshot
    ) -> Weight? {
        guard let first = typeWords.first else { return withoutTypeWord(place, snapshot) }
        var least = weight(of: first, for: place, snapshot)
        for typeWord in typeWords.dropFirst() {
            let other = weight(of: typeWord, for: place, snapshot)
            if (other?.value ?? 0) < (least?.value ?? 0) { least = other }
        }
        return least
    }

    /// Whether a type word can describe a place.
    static func fits(_ typeWord: AddressWord, _ place: PlaceReference, _ snapshot: GazetteerSnapshot) -> Bool {
        switch typeWord {
        case .street, .microdistrict, .district:
            (weight(of: typeWord, for: place, snapshot)?.value ?? 0) < RankingWeights.fittingType.value
        default: true
        }
    }

    private static func withoutTypeWord(_ place: PlaceReference, _ snapshot: GazetteerSnapshot) -> Weight {
        switch place {
        case .street(let index):
            switch snapshot.addresses.streets[index].kind {
            case .street, .avenue, .boulevard, .road, .other, .embankment: RankingWeights.noTypeWord
            case .square, .passage: RankingWeights.noTypeWordOfSquare
            case .lane: RankingWeights.noTypeWordOfLane
            }
        case .microdistrict(let index):
            snapshot.addresses.microdistricts[index].kind == .microdistrict
                ? RankingWeights.noTypeWordOfArea : RankingWeights.noTypeWordOfGarden
        case .district: RankingWeights.noTypeWordOfDistrict
        }
    }

    private static func weight(
        of typeWord: AddressWord,
        for place: PlaceReference,
        _ snapshot: GazetteerSnapshot
    ) -> Weight? {
        switch (typeWord, place) {
        case (.street(let kind), .street(let index)):
            weight(of: kind, for: snapshot.addresses.streets[index].kind)
        case (.microdistrict(let kind), .microdistrict(let index)):
            kind == snapshot.addresses.microdistricts[index].kind ? nil : RankingWeights.similarTypeOfArea
        case (.district, .district): nil
        default: RankingWeights.otherClass
        }
    }

    private static func weight(of stated: Street.Kind, for kind: Street.Kind) -> Weight? {
        if stated == kind { return nil }
        return isWide(stated) && isWide(kind) ? RankingWeights.similarType : RankingWeights.otherType
    }

    private static func isWide(_ kind: Street.Kind) -> Bool {
        switch kind {
        case .street, .avenue, .boulevard, .road, .embankment, .other: true
        case .lane, .passage, .square: false
        }
    }
}

extension Optional where Wrapped == RankingWeights.Weight {
    /// The penalty; 0 when there is none.
    var cost: Double { self?.value ?? 0 }
}
