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
///
/// As the transactional step of an erasure it blanks the reasons that the person wrote.
public protocol CorrectionStore: TransactionalErasure {
    /// The corrections in force, in the order of their numbers.
    func correctionsInForce() async throws -> [FieldCorrection]

    /// All corrections of a record, including ended ones, newest first.
    func corrections(of key: String, in layer: Layer) async throws -> [FieldCorrection]

    /// All corrections that a person made, including ended ones, newest first.
    func corrections(by author: PersonID) async throws -> [FieldCorrection]

    /// A number that increases whenever a correction is made or withdrawn.
    func correctionsVersion() async throws -> Int

    /// Makes corrections in one transaction, each of which ends the one of the same field that is in force.
    ///
    /// - Parameter effects: the mails and audit events written in the same transaction.
    /// - Returns: their numbers.
    /// - Throws: `RecordError.missing` when a reason is blank; `CivicError.storeBusy` or `.storeUnwritable`.
    func add(_ corrections: [NewCorrection], with effects: SideEffects) async throws -> [Int64]

    /// Ends a correction, so that the imported value applies again.
    ///
    /// - Parameter effects: written in the same transaction, if the correction is ended.
    /// - Returns: false when there is no such correction in force.
    /// - Throws: `CivicError.storeBusy` or `.storeUnwritable`.
    func withdraw(_ id: Int64, _ end: FieldCorrection.End, with effects: SideEffects) async throws -> Bool
}
