/// One way in which an unfinished question may go on.
public struct Suggestion: Sendable {
    /// What it leads to.
    public enum Target: Sendable, Equatable {
        /// A place.
        case place(GeocodeResult)
        /// All institutions of a kind.
        case category(Category.ID)
    }

    /// What it leads to.
    public let target: Target
    /// 0 to 1: what comes first.
    public let score: Double
    /// The folded words by which it was found: what a label marks.
    public let words: [String]
    /// Whether slips were forgiven.
    public let isFuzzy: Bool
    /// Whether the question may go on with a house.
    public let takesHouse: Bool

    init(_ target: Target, score: Double, words: [String], isFuzzy: Bool = false, takesHouse: Bool = false) {
        self.target = target
        self.score = score
        self.words = words
        self.isFuzzy = isFuzzy
        self.takesHouse = takesHouse
    }
}
