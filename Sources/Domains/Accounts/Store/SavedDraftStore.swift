public import Civic
public import Foundation

/// An unfinished form that waits for its owner to come back.
public struct SavedDraft: Sendable, Equatable {
    /// The key: a hash of the form and its owner.
    public let key: Data
    /// A random id that the draft keeps until it is deleted.
    public let id: String
    /// The name of the form.
    public let form: String
    /// The person who is signed in; nil for a browser without a session.
    public let person: PersonID?
    /// The fields, sealed.
    public let payload: Data
    /// How many times it was saved.
    public let revision: Int
    /// When it was last saved.
    public let saved: Date
    /// When it is deleted unless it is saved again.
    public let expires: Date

    /// Makes a draft.
    public init(
        key: Data,
        id: String,
        form: String,
        person: PersonID?,
        payload: Data,
        revision: Int,
        saved: Date,
        expires: Date
    ) {
        (self.key, self.id, self.form, self.person) = (key, id, form, person)
        (self.payload, self.revision, self.saved, self.expires) = (payload, revision, saved, expires)
    }
}

/// Storage of unfinished forms.
public protocol SavedDraftStore: Sendable {
    /// A draft that has not expired.
    func savedDraft(_ key: Data, at now: Date) async throws -> SavedDraft?
    /// Saves a draft if the stored one has the revision before it, or none is stored and this is the first.
    ///
    /// - Parameter maxBrowserDrafts: the most drafts of browsers without a session; beyond it those that were saved first are
    ///   deleted.
    /// - Returns: false when another save came first; nothing is changed then.
    func save(_ draft: SavedDraft, maxBrowserDrafts: Int) async throws -> Bool
    /// Deletes a draft, if there is one.
    func deleteSavedDraft(_ key: Data) async throws
    /// Gives a browser's draft to a person, unless the person has one under the new key.
    ///
    /// - Returns: whether a draft was handed over.
    func moveSavedDraft(
        _ key: Data,
        to newKey: Data,
        of person: PersonID,
        at now: Date,
        until expires: Date
    ) async throws -> Bool
}
