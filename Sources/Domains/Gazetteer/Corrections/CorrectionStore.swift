public import Civic

public import struct Foundation.Date

/// A correction to be made.
public struct NewCorrection: Sendable, Equatable {
    /// What is corrected.
    public let subject: FieldCorrection.Subject
    /// The corrected value; nil for an empty field.
    public let value: String?
    /// The value of the import at present.
    public let base: String?
    /// Who makes it.
    public let author: PersonID
    /// Why it is made.
    public let reason: String
    /// When it is made.
    public let time: Date

    /// Makes a new correction.
    public init(
        _ subject: FieldCorrection.Subject,
        value: String?,
        base: String?,
        author: PersonID,
        reason: String,
        time: Date
    ) {
        self.subject = subject
        self.value = value
        self.base = base
        self.author = author
        self.reason = reason
        self.time = time
    }
}

/// Storage of the corrections; it belongs to the portal database, because imports replace the city.
public protocol CorrectionStore: Sendable {
    /// The corrections in force, in the order of their numbers.
    func correctionsInForce() async throws -> [FieldCorrection]

    /// All corrections of a record, including ended ones, newest first.
    func corrections(of key: String, in layer: Layer) async throws -> [FieldCorrection]

    /// A number that increases whenever a correction is made or withdrawn.
    func correctionsVersion() async throws -> Int

    /// Makes a correction, which ends the one of the same field that is in force.
    ///
    /// - Returns: its number.
    func add(_ correction: NewCorrection) async throws -> Int64

    /// Ends a correction, so that the imported value applies again.
    ///
    /// - Returns: false when there is no such correction in force.
    func withdraw(_ id: Int64, _ end: FieldCorrection.End) async throws -> Bool
}
