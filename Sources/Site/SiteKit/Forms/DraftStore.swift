package import Civic
import Synchronization

/// A saved draft of a form.
package struct Draft: Sendable, Equatable {
    /// A random id that the draft keeps until it is deleted; submissions with the same draft id are the same form sent again.
    package let id: String
    /// How many times it was saved.
    package let revision: Int
    /// The answers.
    package let answers: DraftAnswers

    /// Makes a draft of its stored parts.
    package init(id: String, revision: Int, answers: DraftAnswers) {
        (self.id, self.revision, self.answers) = (id, revision, answers)
    }
}

/// Where drafts of forms are kept, with expiry, export and erasure; a feature of the portal supplies it.
package protocol DraftStore: Sendable {
    /// The draft of a form; nil when there is none or it has expired.
    func draft(of form: String, owner: FormOwner) async throws -> Draft?
    /// Keeps answers in place of an earlier draft.
    ///
    /// - Parameters:
    ///   - before: the draft that the answers were made from; nil when there was none.
    ///   - address: the client address against whose limit the draft of a browser without a session counts.
    /// - Throws: `DraftRefusal`; `CivicError.storeBusy` or `storeUnwritable`, which are answered with a page saying that nothing
    ///   was saved.
    func keep(
        _ answers: DraftAnswers,
        of form: String,
        owner: FormOwner,
        after before: Draft?,
        from address: RemoteAddress
    ) async throws
    /// Deletes the draft of a form that was sent or discarded.
    func deleteDraft(of form: String, owner: FormOwner) async throws
    /// Gives a browser's draft to the person who has signed in there, unless the person has one; true when it did.
    func adopt(_ form: String, of browser: FormOwner, by person: PersonID) async throws -> Bool
}

/// Why a draft was not kept.
package enum DraftRefusal: Error, Sendable, Equatable {
    /// It was saved elsewhere meanwhile, for example in another tab.
    case changed
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
        var drafts: [Key: Draft] = [:]
        var order: [Key] = []
    }

    private let most: Int
    private let state = Mutex(State())

    /// - Parameter most: the maximum number of drafts; beyond it the oldest is forgotten.
    package init(most: Int = 1_000) { self.most = most }

    /// The draft of a form; nil when there is none.
    package func draft(of form: String, owner: FormOwner) async throws -> Draft? {
        state.withLock { $0.drafts[Key(form: form, owner: owner)] }
    }

    /// Keeps answers in place of an earlier draft, and forgets the oldest drafts beyond the limit.
    ///
    /// - Throws: `DraftRefusal.changed`.
    package func keep(
        _ answers: DraftAnswers,
        of form: String,
        owner: FormOwner,
        after before: Draft?,
        from address: RemoteAddress
    ) async throws {
        let key = Key(form: form, owner: owner)
        let draft = Draft(
            id: before?.id ?? SecretToken().text,
            revision: (before?.revision ?? 0) + 1,
            answers: answers
        )
        let isKept = state.withLock { state in
            guard state.drafts[key]?.revision == before?.revision else { return false }
            if state.drafts.updateValue(draft, forKey: key) == nil { state.order.append(key) }
            while state.order.count > most { state.drafts[state.order.removeFirst()] = nil }
            return true
        }
        if !isKept { throw DraftRefusal.changed }
    }

    /// Deletes the draft of a form.
    package func deleteDraft(of form: String, owner: FormOwner) async throws {
        let key = Key(form: form, owner: owner)
        state.withLock { state in
            state.drafts[key] = nil
            state.order.removeAll { $0 == key }
        }
    }

    /// Returns false, because a portal without accounts has no people who could take over a draft.
    package func adopt(_ form: String, of browser: FormOwner, by person: PersonID) async throws -> Bool { false }
}
