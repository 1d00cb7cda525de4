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
    /// The folded words that matched, to be marked in the label.
    public let words: [String]
    /// Whether typos were corrected.
    public let isFuzzy: Bool
    /// Whether a house may follow.
    public let takesHouse: Bool

    init(_ target: Target, score: Double, words: [String], isFuzzy: Bool = false, takesHouse: Bool = false) {
        self.target = target
        self.score = score
        self.words = words
        self.isFuzzy = isFuzzy
        self.takesHouse = takesHouse
    }
}
