/// Why a text is not taken as opening hours.
public struct OpeningHoursError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The word or sign that is not understood where it stands; empty when the text ends too early.
    public let word: String

    /// The reason, for a report.
    public var description: String { word.isEmpty ? "it ends too early" : "“\(word.prefix(40))” is not understood" }
}
