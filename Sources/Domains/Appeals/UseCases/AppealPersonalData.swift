public import Civic
public import Foundation

/// The part of appeals in the download and the erasure of personal data.
///
/// Official appeals that were sent are kept, because the Administrative Procedural and Process-Related Code and the law on
/// archives require it. Reports lose applicant, texts, messages and files, and stay as anonymous reports of a problem.
public struct AppealPersonalData: PersonalDataParticipant {
    let store: any AppealStore
    let sealer: ValueSealer
    let deleteFiles: @Sendable ([AppealFileID]) async throws -> Void

    /// The appeals of a person, `appeals`, and for staff what they are responsible for, `appealResponsibility`; empty sections are
    /// left out.
    public func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] {
        var exported: [ExportedAppeal] = []
        for stored in try await store.allAppeals(of: person) {
            let applicant = try await store.applicant(of: stored.applicantID)
            exported.append(
                ExportedAppeal(
                    stored,
                    contact: try applicant.map { try sealer.contact(of: $0) },
                    identity: try applicant.map { try sealer.identity(of: $0) },
                    messages: try await store.messages(of: stored.id),
                    files: try await store.files(of: stored.id),
                    accesses: try await store.accesses(of: stored.id, limit: 500)
                )
            )
        }
        let grant = try await store.grant(of: person).map(ExportedGrant.init)
        return (exported.isEmpty ? [] : [PersonalDataSection("appeals", exported)])
            + (grant.map { [PersonalDataSection("appealResponsibility", $0)] } ?? [])
    }

    /// Counts what is deleted, what becomes anonymous, and what the law requires to keep.
    public func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview {
        let counts = try await store.erasureCounts(of: person)
        return ErasurePreview(
            erased: [
                .init(subject: "unsent_appeals", count: counts.unsent),
                .init(subject: "reports", count: counts.reports),
                .init(subject: "supports", count: counts.supports),
                .init(subject: "responsibility", count: try await store.grant(of: person) == nil ? 0 : 1),
            ],
            kept: counts.official == 0
                ? [] : [.init(subject: "official_appeals", count: counts.official, reason: "appeals")]
        )
    }

    /// Erases in the transaction that deletes the account.
    public var erasure: ErasureStep { .inTransaction(store.erasure) }

    /// The files, which are deleted ahead of the account.
    public var files: any PersonalDataParticipant { FilesOfReports(store: store, deleteFiles: deleteFiles) }
}

/// The files of erased appeals: they are deleted with their contents before the rows that name them.
private struct FilesOfReports: PersonalDataParticipant {
    let store: any AppealStore
    let deleteFiles: @Sendable ([AppealFileID]) async throws -> Void

    func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] { [] }

    func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview { ErasurePreview() }

    var erasure: ErasureStep { .before { try await deleteFiles(try await store.erasableFiles(of: $0)) } }
}

/// What a member of the staff is responsible for, as the person downloads it.
private struct ExportedGrant: Encodable, Sendable {
    let bodies: [AppealBody.ID]
    let districts: [DistrictSlug]?
    let isHead: Bool
    let isModerator: Bool
    let deputy: DeputyID?

    init(_ grant: StaffGrant) {
        (bodies, districts) = (grant.bodies.sorted(), grant.districts?.sorted())
        (isHead, isModerator, deputy) = (grant.isHead, grant.isModerator, grant.deputy)
    }
}

/// An appeal as its applicant downloads it.
private struct ExportedAppeal: Encodable, Sendable {
    struct Step: Encodable {
        let time: Date
        let event: PublicEntry
        let state: AppealState
        let body: AppealBody.ID?
        let date: LocalDate?
        let outcome: Outcome?
        let reason: String?
        let question: String?
    }

    struct Message: Encodable {
        let time: Date
        let isFromStaff: Bool
        let text: String
    }

    struct Access: Encodable {
        let time: Date
        let role: Role
        let dataClass: AppealDataClass
    }

    let number: AppealNumber
    let stateNumber: String?
    let regime: AppealRegime
    let kind: AppealKind
    let legalKind: LegalKind?
    let state: AppealState
    let body: AppealBody.ID?
    let content: AppealContent
    let contact: ApplicantContact?
    let identity: ApplicantIdentity?
    let due: LocalTime?
    let steps: [Step]
    let answer: String?
    let messages: [Message]
    let files: [AppealFileID]
    let rating: AppealRating?
    let accesses: [Access]

    init(
        _ stored: StoredAppeal,
        contact: ApplicantContact?,
        identity: ApplicantIdentity?,
        messages: [AppealMessage],
        files: [AppealFile],
        accesses: [AppealAccess]
    ) {
        let appeal = stored.appeal
        (number, stateNumber, regime) = (stored.number, stored.stateNumber, appeal.opening.regime)
        (kind, legalKind, state) = (appeal.opening.kind, appeal.legalKind, appeal.state.shown)
        (body, content, self.contact, self.identity) = (appeal.body, stored.content, contact, identity)
        due = stored.term?.due
        steps = appeal.steps(withTexts: true).map {
            Step(
                time: $0.step.time,
                event: $0.step.entry,
                state: $0.step.state,
                body: $0.step.body,
                date: $0.step.date,
                outcome: $0.step.outcome,
                reason: $0.reason,
                question: $0.question
            )
        }
        answer = appeal.answer?.text
        self.messages = messages.map { Message(time: $0.time, isFromStaff: $0.isFromStaff, text: $0.text) }
        self.files = files.map(\.id)
        rating = stored.rating
        self.accesses = accesses.map { Access(time: $0.time, role: $0.role, dataClass: $0.dataClass) }
    }
}
