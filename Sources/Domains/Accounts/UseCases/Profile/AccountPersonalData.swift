public import Civic
public import Foundation

/// The part of accounts in the download and the erasure of personal data.
///
/// `DeleteAccount` erases the account itself, in one transaction with the steps of all participants.
public struct AccountPersonalData: PersonalDataParticipant {
    let store: any PersonalDataStore
    let sealer: ValueSealer

    /// What is stored about a person's account, with the sealed values opened.
    public func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] {
        guard let data = try await store.personalData(of: person, at: now) else { return [] }
        let sections = AccountDataSections(
            data,
            phone: try data.details.phone.map { try sealer.text(of: $0, .phone) },
            iin: try data.details.iin.map { try sealer.text(of: $0, .iin) },
            drafts: try data.drafts.map { draft in
                let plain = try sealer.open(draft.payload, for: .draft)
                return (draft, try JSONDecoder().decode([FormDraft.Field].self, from: plain))
            }
        )
        return sections.all
    }

    /// Counts what is stored about a person; the audit log is kept.
    public func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview {
        guard let data = try await store.personalData(of: person, at: now) else { return ErasurePreview() }
        let counts = [
            ("profile", 1), ("phone", data.details.phone == nil ? 0 : 1), ("iin", data.details.iin == nil ? 0 : 1),
            ("consents", data.consents.count), ("sessions", data.sessions.count),
            ("identities", data.identities.count), ("second_factor", data.secondFactor == nil ? 0 : 1),
            ("email_change", data.emailChange == nil ? 0 : 1), ("former_emails", data.formerEmails.count),
            ("mails", data.mails.count), ("drafts", data.drafts.count),
        ]
        return ErasurePreview(
            erased: counts.map { ErasurePreview.Item(subject: $0.0, count: $0.1) },
            kept: [ErasurePreview.Kept(subject: "audit", count: data.events.count, reason: "audit")]
        )
    }

    /// The account is erased by `DeleteAccount` itself.
    public var erasure: ErasureStep { .withAccount }
}
