/// An organization that meets a query.
public struct OrganizationHit: Sendable, Equatable {
    /// Whether the words were met as typed.
    public enum Match: String, Sendable {
        /// As typed, in another inflection, or in another alphabet.
        case exact
        /// After a slip was mended or the keyboard layout changed.
        case fuzzy
    }

    /// A word that was taken for another.
    public struct Taken: Sendable, Equatable {
        /// What was typed, folded.
        public let typed: String
        /// What it was taken for, folded.
        public let meant: String
    }

    /// Its place in the directory.
    public let index: Int
    /// Metres from the query's point, when it named one and the organization has a position.
    public let distance: Double?
    /// How well the words met, 0 to 1; 1 without words.
    public let relevance: Double
    /// Whether the words were met as typed.
    public let match: Match
    /// The words that were taken for others; empty for an exact match.
    public let taken: [Taken]
}
