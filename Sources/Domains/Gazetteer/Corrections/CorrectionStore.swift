public import Civic

public import struct Foundation.Date

/// A correction that is to be made.
public struct NewCorrection: Sendable, Equatable {
    /// What is corrected.
    public let subject: FieldCorrection.Subject
    /// The value that is to be in force; nil for none.
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

/// Where the corrections are kept: with the people who make them, not with the city, which imports replace.
public protocol CorrectionStore: Sendable {
    /// The corrections in force, in the order of their numbers.
    func correctionsInForce() async throws -> [FieldCorrection]

    /// All corrections of a record, also those that have ended, the newest first.
    func corrections(of key: String, in layer: Layer) async throws -> [FieldCorrection]

    /// A number that grows whenever a correction is made or withdrawn.
    func correctionsVersion() async throws -> Int

    /// Makes a correction, which ends the one of the same field that is in force.
    ///
    /// - Returns: its number.
    func add(_ correction: NewCorrection) async throws -> Int64

    /// Ends a correction, so that the value of the import counts again.
    ///
    /// - Returns: false when there is no such correction in force.
    func withdraw(_ id: Int64, _ end: FieldCorrection.End) async throws -> Bool
}
