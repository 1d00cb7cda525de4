public import Civic

/// The source of a row, as in the other tables of `data/`.
public struct RowSource: Sendable, Hashable {
    /// How reliable the row is.
    public enum Confidence: String, Sendable, Hashable, CaseIterable {
        /// Published by the body it concerns, or confirmed by a second source.
        case high
        /// A single reliable source.
        case medium
        /// To be confirmed by an editor; shown as such.
        case low
    }

    /// A short name, explained in `data/README.md`.
    public let source: String
    /// The date of the source: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; nil when it has none.
    public let date: String?
    /// The compiler's judgement.
    public let confidence: Confidence

    init(_ row: TableRow) throws(AppealsError) {
        source = try row.required("source")
        date = row.text("date")
        confidence = try row.choice("confidence")
        if date != nil, firstDay == nil { throw row.malformed("date", "YYYY-MM-DD, YYYY-MM, YYYY or nothing") }
    }

    init(source: String, date: String? = nil, confidence: Confidence) {
        self.source = source
        self.date = date
        self.confidence = confidence
    }

    /// The first day of the period that the source's date denotes; nil when it has no date.
    public var firstDay: LocalDate? {
        guard let date else { return nil }
        switch date.utf8.count {
        case 4: return LocalDate(date + "-01-01")
        case 7: return LocalDate(date + "-01")
        default: return LocalDate(date)
        }
    }
}
