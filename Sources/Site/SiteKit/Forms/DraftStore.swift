import Synchronization

/// Where drafts of forms are kept; the feature that owns a form supplies it, with expiry, export and erasure.
package protocol DraftStore: Sendable {
    /// The draft of a form; nil when there is none or it has expired.
    func draft(of form: String, owner: FormOwner) async throws -> DraftAnswers?
    /// Keeps a draft in place of an earlier one.
    ///
    /// - Throws: `CivicError.storeBusy` or `storeUnwritable`, after which the form is shown again with what was typed.
    func keep(_ draft: DraftAnswers, of form: String, owner: FormOwner) async throws
    /// Deletes the draft of a form that was sent.
    func deleteDraft(of form: String, owner: FormOwner) async throws
}

/// Drafts in memory, for development and tests: bounded, and gone when the server ends.
package final class MemoryDraftStore: DraftStore {
    private struct Key: Hashable {
        let form: String
        let owner: FormOwner
    }

    private struct State {
        var drafts: [Key: DraftAnswers] = [:]
        var order: [Key] = []
    }

    private let most: Int
    private let state = Mutex(State())

    /// - Parameter most: the most drafts; beyond it the oldest is forgotten.
    package init(most: Int = 1_000) { self.most = most }

    package func draft(of form: String, owner: FormOwner) async throws -> DraftAnswers? {
        state.withLock { $0.drafts[Key(form: form, owner: owner)] }
    }

    package func keep(_ draft: DraftAnswers, of form: String, owner: FormOwner) async throws {
        let key = Key(form: form, owner: owner)
        state.withLock { state in
            if state.drafts.updateValue(draft, forKey: key) == nil { state.order.append(key) }
            while state.order.count > most { state.drafts[state.order.removeFirst()] = nil }
        }
    }

    package func deleteDraft(of form: String, owner: FormOwner) async throws {
        let key = Key(form: form, owner: owner)
        state.withLock { state in
            state.drafts[key] = nil
            state.order.removeAll { $0 == key }
        }
    }
}
