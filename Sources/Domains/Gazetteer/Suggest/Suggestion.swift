/// One possible completion of an unfinished query.
public struct Suggestion: Sendable {
    /// The target of the suggestion.
    public enum Target: Sendable, Equatable {
        /// A place.
        case place(GeocodeResult)
        /// All institutions of a kind.
        case category(Category.ID)
    }

    /// The target of the suggestion.
    public let target: Target
    /// From 0 to 1; the highest comes first.
    public let score: Double
    /// How it was found, from which the parts of its score follow.
    let origin: Origin
    /// The folded words that matched, to be marked in the label.
    public let words: [String]
    /// Whether typos were corrected.
    public let isFuzzy: Bool
    /// Whether a house may follow.
    public let takesHouse: Bool

    /// How a suggestion was found.
    enum Origin: Sendable {
        /// By the beginning of a name, and whether the type words of the text fit the place.
        case name(NameCompletions.Basis, fits: Bool)
        /// As a house of the place named before it.
        case house(House)
        /// As a house before an unfinished name, with the penalty for its position.
        case houseBefore(NameCompletions.Basis, cost: Double)
        /// As a street that crosses the one named before it.
        case crossing(NameCompletions.Basis)
        /// As an answer of the geocoder.
        case answer
        /// In the directory.
        case directory
    }

    /// The values from which the score of a house is computed.
    struct House: Sendable {
        /// Its position among the houses that begin with the typed number.
        enum Position: Sendable {
            case whole
            case next(Int)
            case estimated
        }

        /// The position of its place among those with the same name.
        let order: Int
        let nameType: NameIndex.NameType
        let position: Position
    }

    init(
        _ target: Target,
        _ origin: Origin,
        score: Double,
        words: [String],
        isFuzzy: Bool = false,
        takesHouse: Bool = false
    ) {
        self.target = target
        self.origin = origin
        self.score = score
        self.words = words
        self.isFuzzy = isFuzzy
        self.takesHouse = takesHouse
    }
}
