public import Civic
public import Foundation

/// An unfinished form that waits for its owner to come back.
public struct SavedDraft: Sendable, Equatable {
    /// The key: a hash of the form and its owner.
    public let key: Data
    /// The name of the form.
    public let form: String
    /// The person who is signed in; nil for a browser without a session.
    public let person: PersonID?
    /// The fields, sealed.
    public let payload: Data
    /// When it was last saved.
    public let saved: Date
    /// When it is deleted unless it is saved again.
    public let expires: Date

    /// Makes a draft.
    public init(key: Data, form: String, person: PersonID?, payload: Data, saved: Date, expires: Date) {
        (self.key, self.form, self.person) = (key, form, person)
        (self.payload, self.saved, self.expires) = (payload, saved, expires)
    }
}

/// Storage of unfinished forms.
public protocol SavedDraftStore: Sendable {
    /// A draft that has not expired.
    func savedDraft(_ key: Data, at now: Date) async throws -> SavedDraft?
    /// Saves a draft in place of an earlier one with the same key.
    ///
    /// - Parameter mostOfBrowsers: the most drafts of browsers without a session; beyond it those that were saved first are
    ///   deleted.
    func save(_ draft: SavedDraft, mostOfBrowsers: Int) async throws
    /// Deletes a draft, if there is one.
    func deleteSavedDraft(_ key: Data) async throws
}
