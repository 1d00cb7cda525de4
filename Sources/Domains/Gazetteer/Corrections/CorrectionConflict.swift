/// A correction that needs review, because the city has changed since it was made.
public struct CorrectionConflict: Sendable, Equatable {
    /// What has happened.
    public enum Cause: Sendable, Equatable {
        /// An import changed the corrected field to another value, which is kept in the city file; the correction stays in
        /// force.
        case changedByImport(value: String?)
        /// The record is no longer in the city.
        case recordIsGone
        /// The corrected record cannot be used, so the correction is not applied.
        case unusable(RecordError)
    }

    /// The correction.
    public let correction: FieldCorrection
    /// What has happened.
    public let cause: Cause

    /// Makes a conflict.
    public init(_ correction: FieldCorrection, _ cause: Cause) { (self.correction, self.cause) = (correction, cause) }
}
