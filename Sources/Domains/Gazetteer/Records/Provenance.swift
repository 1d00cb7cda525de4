import Civic
import Foundation

/// How reliable a fact is, as judged by its compiler.
public enum Confidence: String, Sendable, Hashable, CaseIterable {
    /// Published by the body it concerns, or confirmed by two sources.
    case high
    /// Based on one reasonably reliable source.
    case medium
    /// A stub: the record exists, but its details are to be confirmed.
    case low
}

/// The source of a record, its date and reliability.
public struct Provenance: Sendable, Hashable {
    /// Short name of the source, explained in `data/README.md`.
    public let source: String
    /// Date of the source: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; nil when not known.
    public let date: String?
    /// The compiler's judgement.
    public let confidence: Confidence

    /// Makes a provenance.
    public init(source: String, date: String? = nil, confidence: Confidence) {
        self.source = source
        self.date = date
        self.confidence = confidence
    }

    init(_ fields: Fields) throws(RecordError) {
        self.init(
            source: try fields.required("source"),
            date: try Self.date(fields),
            confidence: try fields.choice("confidence", or: .medium)
        )
    }

    // Refuse dates that do not exist in the calendar, because the date is shown to readers.
    private static func date(_ fields: Fields) throws(RecordError) -> String? {
        guard let date = fields.text("date"), !fields.isStored("date") else { return fields.text("date") }
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard parts.count <= 3, numbers.count == parts.count,
            parts.map(\.count) == Array([4, 2, 2].prefix(parts.count)),
            (firstYear...lastYear).contains(numbers[0]),
            LocalDate(
                year: numbers[0],
                month: numbers.count > 1 ? numbers[1] : 1,
                day: numbers.count > 2 ? numbers[2] : 1
            ) != nil
        else {
            throw .malformed(
                field: "date",
                value: date,
                expected: "YYYY-MM-DD, YYYY-MM or YYYY, a day that exists in the years \(firstYear) to \(lastYear)"
            )
        }
        return date
    }

    private static let firstYear = 1_900
    // A source from a future year cannot have been read yet. The fixed minimum keeps the city's own data valid if the clock
    // was set far back.
    private static var lastYear: Int { max(2_026, Calendar(identifier: .gregorian).component(.year, from: .now)) + 1 }

    func write(to fields: inout Fields) {
        fields["source"] = source
        fields["date"] = date
        fields["confidence"] = confidence.rawValue
    }
}

/// How precisely the position of a record is known.
public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// The place itself was surveyed.
    case exact
    /// The position of the address the place is registered at.
    case address
    /// Approximate: the centre of several known points.
    case approximate
    /// Derived by a program and unconfirmed.
    case uncertain
    /// No position is known.
    case none
}
