/// An organization that matches a query.
public struct OrganizationHit: Sendable, Equatable {
    /// Whether the words matched as typed.
    public enum Match: String, Sendable {
        /// As typed, in another inflection, or in another alphabet.
        case exact
        /// After a typo was corrected or the keyboard layout changed.
        case fuzzy
    }

    /// A word that was replaced.
    public struct Taken: Sendable, Equatable {
        /// The typed word, folded.
        public let typed: String
        /// The word it was replaced with, folded.
        public let meant: String
    }

    /// Its index in the directory.
    public let index: Int
    /// Metres from the query's point; nil when the query has no point or the organization no position.
    public let distance: Double?
    /// How well the words matched, 0 to 1; 1 without words.
    public let relevance: Double
    /// Whether the words matched as typed.
    public let match: Match
    /// The words that were replaced; empty for an exact match.
    public let taken: [Taken]
}
