public import Civic

public import struct Foundation.Date

/// Includes corrections in the download and the erasure of personal data.
///
/// A correction stays when its author's account is erased, because it is about the city; all it keeps of the author is a number.
/// The reason is blanked, because it is free text that may reveal who wrote it.
public struct CorrectionPersonalData: PersonalDataParticipant {
    private let store: any CorrectionStore

    /// Takes the store of the corrections.
    public init(store: any CorrectionStore) { self.store = store }

    private struct Section: Encodable {
        let layer: String
        let record: String
        let field: String
        let value: String?
        let reason: String
        let made: Date
        let ended: Date?

        init(_ correction: FieldCorrection) {
            let subject = correction.subject
            (layer, record, field) = (subject.layerName, subject.key, subject.field)
            (value, reason) = (correction.value, correction.reason)
            (made, ended) = (correction.time, correction.end?.time)
        }
    }

    /// The corrections that a person made, `directoryCorrections`; no section for those who made none.
    public func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] {
        let corrections = try await store.corrections(by: person)
        return corrections.isEmpty ? [] : [PersonalDataSection("directoryCorrections", corrections.map(Section.init))]
    }

    /// Counts the reasons that are blanked and the corrections that stay.
    public func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview {
        let corrections = try await store.corrections(by: person)
        let reasons = corrections.filter { !$0.reason.isEmpty }
        return ErasurePreview(
            erased: [.init(subject: "correction_reasons", count: reasons.count)],
            kept: corrections.isEmpty
                ? [] : [.init(subject: "corrections", count: corrections.count, reason: "corrections")]
        )
    }

    /// Blanks the reasons in the transaction that deletes the account.
    public var erasure: ErasureStep { .inTransaction(store) }
}
