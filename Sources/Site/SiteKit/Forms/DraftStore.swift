package import Civic
import Synchronization

/// Where drafts of forms are kept, with expiry, export and erasure; a feature of the portal supplies it.
package protocol DraftStore: Sendable {
    /// The draft of a form; nil when there is none or it has expired.
    func draft(of form: String, owner: FormOwner) async throws -> DraftAnswers?
    /// Keeps a draft in place of an earlier one.
    ///
    /// - Parameter address: the address to which the draft of a browser without a session counts.
    /// - Throws: `DraftRefusal`, `CivicError.storeBusy` or `storeUnwritable`, after which the form is shown again with what was
    ///   typed.
    func keep(_ draft: DraftAnswers, of form: String, owner: FormOwner, from address: RemoteAddress) async throws
    /// Deletes the draft of a form that was sent.
    func deleteDraft(of form: String, owner: FormOwner) async throws
}

/// Why a draft was not kept.
package enum DraftRefusal: Error, Sendable, Equatable {
    /// Too many drafts come from one address; the seconds after which more are accepted.
    case wait(seconds: Int)
    /// The draft is too long.
    case tooLong
}

/// Drafts in memory, for a portal without accounts: bounded, and gone when the server ends.
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

    package func keep(
        _ draft: DraftAnswers,
        of form: String,
        owner: FormOwner,
        from address: RemoteAddress
    ) async throws {
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
