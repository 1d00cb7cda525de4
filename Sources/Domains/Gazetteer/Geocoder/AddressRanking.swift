/// What takes from the confidence of an answer; 1 is a place that explains every word as it was said.
///
/// The weights were set on one half of the test queries and judged on the other (see the geocoder's report).
enum AddressRanking {
    /// Below this an answer is not worth giving.
    static let threshold = 0.35
    /// Below this slips are looked for.
    static let sureEnough = 0.85
    /// A house that is not known at all on its street.
    static let missingHouse = 0.2
    /// A house placed by the habit of numbering alone, on a street of which no house is known: one in eleven such streets is
    /// a namesake of the one that was meant.
    static let numberedByHabit = 0.1
    /// A street whose record stands for several places, and each place after the likeliest.
    static let oneOfParts = 0.04
    static let nextPart = 0.03
    /// A house named less or more fully than the record.
    static let relatedHouse = 0.02
    /// A number that stands so that it is probably not the house.
    static let oddHouse = 0.03
    /// How much surer a place is whose very name was typed than one with another ending, first name or spelling,
    /// whatever is known of their houses: a name is what people know best of an address.
    static let exactName = 0.02
    /// A street alone where the question says that two streets meet.
    static let streetOfCrossing = 0.3
    /// Two street names without a word or sign between them.
    static let unsaidCrossing = 0.06
    /// A crossing found by how near two lines come.
    static let guessedCrossing = 0.1
    /// The middle of a block.
    static let block = 0.05
    /// Another town is named.
    static let elsewhere = 0.66
    /// Other names agree or disagree with where the place is.
    static let agreement = 0.02
    static let disagreement = 0.25
    /// An area whose name streets bear too.
    static let doubtfulArea = 0.05
    /// A number or letter beside a name with which it would be another name: «22 линия», «Аксай-3 Б».
    static let numberOfName = 0.5
    /// A word that is said to be a microdistrict and is not known as one.
    static let unknownArea = 0.2
    /// The number of a microdistrict's name taken for its house, where another number is left.
    static let numberTakenForHouse = 0.1
    /// A type word that rather belongs to the number before it: «8 мкр 12».
    static let borrowedMark = 0.5
    /// A first name that the street's name has not.
    static let givenName = 0.08
    /// A word of the name of premises beside an address.
    static let premises = 0.02
    /// How much more a word weighs that nothing explains, beside one that was taken for another.
    static let slipsAndMore = 1.3
    /// The question typed with another keyboard layout.
    static let otherLayout = 0.1
    /// An address taken from a longer text.
    static let partOfText = 0.2

    /// A word of three letters and more that nothing explains.
    static let unexplainedWord = 0.3
    /// How much of it counts beside a block of streets, whose agreeing crossings leave little doubt.
    static let besideBlock = 0.5

    /// The most confidence that an answer can have whose position may be so far off, metres.
    ///
    /// 1 for a place that is known, 0.95 at 200 m, where one still sees the house, and 0.08 less for each doubling: 0.79 at
    /// 800 m, 0.69 at 2 km, which is most of a district. So a pin that helps nobody never looks like a sure one.
    static func most(atUncertainty metres: Double) -> Double {
        if metres <= 200 { return 1 - 0.05 * max(0, metres) / 200 }
        let ratio = metres / 200
        // Linear within each doubling.
        let doublings = Double(ratio.exponent) + ratio.significand - 1
        return max(threshold, 0.95 - 0.08 * doublings)
    }

    /// What a token takes that nothing explains.
    static func unexplained(_ token: Token) -> Double {
        // A postal code says nothing new.
        if token.isNumber { return token.text.utf8.count == 6 ? 0.02 : 0.2 }
        switch token.text.unicodeScalars.count {
        case 1: return 0.03
        case 2: return 0.1
        default: return unexplainedWord
        }
    }

    /// What the way takes by which a place bears the name.
    static func cost(of standing: NameIndex.Standing) -> Double {
        switch standing {
        case .current: 0
        case .variant, .inflected: 0.01
        case .part: 0.03
        case .former: 0.08
        }
    }

    /// What the type words beside a name take: nothing when one fits, little when there is none.
    static func cost(ofMarks marks: [AddressWord], for place: PlaceReference, _ snapshot: GazetteerSnapshot) -> Double {
        if marks.isEmpty { return unmarked(place, snapshot) }
        return marks.map { penalty(of: $0, for: place, snapshot) }.min() ?? 0
    }

    /// Whether a type word may be said of a place.
    static func fits(_ mark: AddressWord, _ place: PlaceReference, _ snapshot: GazetteerSnapshot) -> Bool {
        switch mark {
        case .street, .microdistrict, .district: penalty(of: mark, for: place, snapshot) < 0.1
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
        of mark: AddressWord,
        for place: PlaceReference,
        _ snapshot: GazetteerSnapshot
    ) -> Double {
        switch (mark, place) {
        case (.street(let kind), .street(let index)):
            penalty(of: kind, for: snapshot.addresses.streets[index].kind)
        case (.microdistrict(let kind), .microdistrict(let index)):
            kind == snapshot.addresses.microdistricts[index].kind ? 0 : 0.05
        case (.district, .district): 0
        default: 0.4
        }
    }

    // People say «улица» for an avenue; nobody says it for a lane.
    private static func penalty(of said: Street.Kind, for kind: Street.Kind) -> Double {
        if said == kind { return 0 }
        return isWide(said) && isWide(kind) ? 0.04 : 0.2
    }

    private static func isWide(_ kind: Street.Kind) -> Bool {
        switch kind {
        case .street, .avenue, .boulevard, .road, .embankment, .other: true
        case .lane, .passage, .square: false
        }
    }
}
