import Accounts
import Civic
import SiteKit

/// Keeps the unfinished forms of the portal with the accounts: sealed, for a limited time, and included in the download and the
/// erasure of personal data.
struct AccountDrafts: DraftStore {
    let drafts: SavedDrafts

    func draft(of form: String, owner: FormOwner) async throws -> Draft? {
        try await drafts.content(of: form, owner: owner).map { content in
            let fields = content.fields.map { DraftAnswers.Field(name: $0.name, value: $0.value) }
            return Draft(id: content.id, revision: content.revision, answers: DraftAnswers(fields: fields))
        }
    }

    func keep(
        _ answers: DraftAnswers,
        of form: String,
        owner: FormOwner,
        after before: Draft?,
        from address: RemoteAddress
    ) async throws {
        let outcome = try await drafts.save(
            answers.fields.map { FormDraft.Field(name: $0.name, value: $0.value) },
            of: form,
            owner: owner,
            after: before.map { ($0.id, $0.revision) },
            from: address
        )
        switch outcome {
        case .saved: return
        case .changed: throw DraftRefusal.changed
        case .wait(let seconds): throw DraftRefusal.wait(seconds: seconds)
        case .tooLong: throw DraftRefusal.tooLong
        }
    }

    func deleteDraft(of form: String, owner: FormOwner) async throws {
        try await drafts.delete(form, owner: owner)
    }

    func adopt(_ form: String, of browser: FormOwner, by person: PersonID) async throws -> Bool {
        try await drafts.adopt(form, of: browser, by: person)
    }
}
