/// Penalties subtracted from the confidence of an answer; 1 is a place that explains every word exactly as typed.
///
/// The weights were tuned on one half of the test queries and evaluated on the other (see the geocoder's report).
enum AddressRanking {
    /// Answers below this confidence are dropped.
    static let threshold = 0.35
    /// Below this confidence, typing errors are considered.
    static let sureEnough = 0.85
    /// The house is not known on its street.
    static let missingHouse = 0.2
    /// The house is placed by the numbering convention alone, on a street without known houses: one in eleven such streets
    /// is a namesake of the one that was meant.
    static let numberedByHabit = 0.1
    /// A street whose record stands for several places, and each place after the most likely one.
    static let oneOfParts = 0.04
    static let nextPart = 0.03
    /// The house is written with fewer or more parts than in the record.
    static let relatedHouse = 0.02
    /// The number stands where it is probably not the house.
    static let oddHouse = 0.03
    /// How much more confidence an exactly typed name gets than one with another ending, first name or spelling, whatever is
    /// known of their houses: the name is the part of an address that people know best.
    static let exactName = 0.02
    /// A single street where the query asks for a crossing.
    static let streetOfCrossing = 0.3
    /// Two street names without a word or sign between them.
    static let juxtaposedStreets = 0.06
    /// A crossing derived from how close two lines come.
    static let guessedCrossing = 0.1
    /// The centre of a block.
    static let block = 0.05
    /// The query names another town.
    static let otherTown = 0.66
    /// Other names in the query agree or disagree with the location of the place.
    static let agreement = 0.02
    static let disagreement = 0.25
    /// An area whose name is also that of a street.
    static let doubtfulArea = 0.05
    /// An adjacent number or letter that would make it another name: «22 линия», «Аксай-3 Б».
    static let numberOfName = 0.5
    /// A word that the query marks as a microdistrict, but that is not a known one.
    static let unknownArea = 0.2
    /// The number in a microdistrict's name used as its house while another number is left over.
    static let numberTakenForHouse = 0.1
    /// A type word that more likely belongs to the number before it: «8 мкр 12».
    static let borrowedTypeWord = 0.5
    /// A first name that is not part of the street's name.
    static let givenName = 0.08
    /// A word of a business or building name next to an address.
    static let premises = 0.02
    /// Multiplies the penalty for unexplained words when the name itself needed a correction.
    static let typosAndMore = 1.3
    /// The query was typed with another keyboard layout.
    static let otherLayout = 0.1
    /// An address taken from a longer text.
    static let partOfText = 0.2

    /// An unexplained word of at least three letters.
    static let unexplainedWord = 0.3
    /// The share of that penalty next to a block of streets, whose agreeing crossings leave little doubt.
    static let besideBlock = 0.5

    /// The highest confidence of an answer whose position may be off by this many metres.
    ///
    /// 1 for a known place, 0.95 at 200 m, where the house is still in sight, and 0.08 less for each doubling: 0.79 at
    /// 800 m, 0.69 at 2 km, which covers most of a district. A pin too vague to help is thus never reported as certain.
    static func most(atUncertainty metres: Double) -> Double {
        if metres <= 200 { return 1 - 0.05 * max(0, metres) / 200 }
        let ratio = metres / 200
        // Linear within each doubling.
        let doublings = Double(ratio.exponent) + ratio.significand - 1
        return max(threshold, 0.95 - 0.08 * doublings)
    }

    /// The penalty for a token that nothing explains.
    static func unexplained(_ token: Token) -> Double {
        // A postal code adds no information.
        if token.isNumber { return token.text.utf8.count == 6 ? 0.02 : 0.2 }
        switch token.text.unicodeScalars.count {
        case 1: return 0.03
        case 2: return 0.1
        default: return unexplainedWord
        }
    }

    /// The penalty for how a place comes by the name.
    static func cost(of nameType: NameIndex.NameType) -> Double {
        switch nameType {
        case .current: 0
        case .variant, .inflected: 0.01
        case .part: 0.03
        case .former: 0.08
        }
    }

    /// The penalty for the type words next to a name: none when one fits, little when there is none.
    static func cost(
        ofTypeWords typeWords: [AddressWord],
        for place: PlaceReference,
        _ snapshot: GazetteerSnapshot
    ) -> Double {
        if typeWords.isEmpty { return unmarked(place, snapshot) }
        return typeWords.map { penalty(of: $0, for: place, snapshot) }.min() ?? 0
    }

    /// Whether a type word can describe a place.
    static func fits(_ typeWord: AddressWord, _ place: PlaceReference, _ snapshot: GazetteerSnapshot) -> Bool {
        switch typeWord {
        case .street, .microdistrict, .district: penalty(of: typeWord, for: place, snapshot) < 0.1
        default: true
        }
    }

    private static func unmarked(_ place: PlaceReference, _ snapshot: GazetteerSnapshot) -> Double {
        switch place {
        case .street(let index):
            switch snapshot.addresses.streets[index].kind {
            case .street, .avenue, .boulevard, .road, .other, .embankment: 0.02
            case .square, .passage: 0.05
            case .lane: 0.1
            }
        case .microdistrict(let index):
            snapshot.addresses.microdistricts[index].kind == .microdistrict ? 0.03 : 0.08
        case .district: 0.05
        }
    }

    private static func penalty(
        of typeWord: AddressWord,
        for place: PlaceReference,
        _ snapshot: GazetteerSnapshot
    ) -> Double {
        switch (typeWord, place) {
        case (.street(let kind), .street(let index)):
            penalty(of: kind, for: snapshot.addresses.streets[index].kind)
        case (.microdistrict(let kind), .microdistrict(let index)):
            kind == snapshot.addresses.microdistricts[index].kind ? 0 : 0.05
        case (.district, .district): 0
        default: 0.4
        }
    }

    // People call an avenue «улица», but never a lane.
    private static func penalty(of stated: Street.Kind, for kind: Street.Kind) -> Double {
        if stated == kind { return 0 }
        return isWide(stated) && isWide(kind) ? 0.04 : 0.2
    }

    private static func isWide(_ kind: Street.Kind) -> Bool {
        switch kind {
        case .street, .avenue, .boulevard, .road, .embankment, .other: true
        case .lane, .passage, .square: false
        }
    }
}
