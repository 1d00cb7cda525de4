/// A completion of unfinished text.
public struct DirectoryCompletion: Sendable, Equatable {
    /// A category or an organization.
    public enum Subject: Sendable, Hashable {
        /// An organization, by its index in the directory.
        case organization(Int)
        /// A category with its organizations.
        case category(Category.ID)
    }

    /// The category or organization.
    public let subject: Subject
    /// How well it completes what was typed, 0 to 1.
    public let score: Double
    /// Whether a typo was corrected or the keyboard layout changed.
    public let isFuzzy: Bool
    /// Folded prefixes of words, to be marked where words of the label begin with them.
    public let matchedWords: [String]
}
