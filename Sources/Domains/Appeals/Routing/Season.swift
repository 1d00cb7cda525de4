public import Civic

/// A part of every year, both days included; it may span the turn of the year.
public struct Season: Sendable, Hashable {
    /// The days of a year in a row, 1 March being number 61 in every year.
    public static let days = 1...366

    /// The first day, by its number in a leap year.
    public let first: Int
    /// The last day, by its number in a leap year.
    public let last: Int

    /// Reads `MM-DD/MM-DD`; nil for any other text.
    public init?(_ text: String) {
        let ends = text.split(separator: "/", omittingEmptySubsequences: false)
            .map { LocalDate("2024-" + $0).map(Self.number) }
        guard ends.count == 2, let first = ends[0], let last = ends[1] else { return nil }
        self.first = first
        self.last = last
    }

    /// Whether a day is in the season.
    public func contains(_ day: LocalDate) -> Bool { contains(number: Self.number(of: day)) }

    /// Whether a day of the year is in the season.
    func contains(number: Int) -> Bool {
        first <= last ? (first...last).contains(number) : number >= first || number <= last
    }

    /// The number of a day in a leap year.
    static func number(of day: LocalDate) -> Int {
        (1..<day.month).reduce(day.day) { $0 + LocalDate.daysInMonth($1, of: 2_024) }
    }
}
