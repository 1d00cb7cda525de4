/// How far a fact is to be trusted, as its compiler judged.
public enum Confidence: String, Sendable, Hashable, CaseIterable {
    /// Published by the body it is about, or confirmed by two sources.
    case high
    /// One decent source.
    case medium
    /// A skeleton: the record exists, its details are to be confirmed.
    case low
}

/// Where a record comes from, of what date, and how far it is to be trusted.
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
            date: fields.text("date"),
            confidence: try fields.choice("confidence", or: .medium)
        )
    }

    func write(to fields: inout Fields) {
        fields["source"] = source
        fields["date"] = date
        fields["confidence"] = confidence.rawValue
    }
}

/// How exactly the position of a record is known.
public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// The place itself was surveyed.
    case exact
    /// The position of the address the place is registered at.
    case address
    /// Near: the middle of several known points.
    case approximate
    /// Machine-made and unconfirmed.
    case uncertain
    /// No position is known.
    case none
}
