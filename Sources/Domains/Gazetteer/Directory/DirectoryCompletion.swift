/// What a text that is being typed may become.
public struct DirectoryCompletion: Sendable, Equatable {
    /// A category or an organization.
    public enum Subject: Sendable, Hashable {
        /// An organization, by its place in the directory.
        case organization(Int)
        /// A category with its organizations.
        case category(Category.ID)
    }

    /// What it is.
    public let subject: Subject
    /// How well it completes what was typed, 0 to 1.
    public let score: Double
    /// Whether a slip was mended or the keyboard layout changed.
    public let isFuzzy: Bool
    /// Folded beginnings of words: those words of the label which begin so are to be marked, as far as they do.
    public let matchedWords: [String]
}
