import Accounts
import Civic
import SiteKit

/// Keeps the unfinished forms of the portal with the accounts: sealed, for a limited time, in the download and the erasure.
struct AccountDrafts: DraftStore {
    let drafts: SavedDrafts

    func draft(of form: String, owner: FormOwner) async throws -> DraftAnswers? {
        try await drafts.fields(of: form, owner: owner).map { fields in
            DraftAnswers(fields: fields.map { DraftAnswers.Field(name: $0.name, value: $0.value) })
        }
    }

    func keep(_ draft: DraftAnswers, of form: String, owner: FormOwner, from address: RemoteAddress) async throws {
        let fields = draft.fields.map { FormDraft.Field(name: $0.name, value: $0.value) }
        switch try await drafts.save(fields, of: form, owner: owner, from: address) {
        case .saved: return
        case .wait(let seconds): throw DraftRefusal.wait(seconds: seconds)
        case .tooLong: throw DraftRefusal.tooLong
        }
    }

    func deleteDraft(of form: String, owner: FormOwner) async throws {
        try await drafts.delete(form, owner: owner)
    }
}
