public import Civic
import Crypto
import Foundation

/// Saves unfinished forms: those of people for all their devices, those of browsers without a session until they are closed.
public struct SavedDrafts: Sendable {
    /// The maximum number of bytes of a person's draft as JSON.
    public static let longest = 524_288
    /// The same for a browser without a session.
    public static let longestOfBrowser = 65_536

    /// What is saved of a form.
    public struct Content: Sendable, Equatable {
        /// A random id that the draft keeps until it is deleted, by which sending it twice is noticed.
        public let id: String
        /// How many times it was saved.
        public let revision: Int
        /// The fields.
        public let fields: [FormDraft.Field]
    }

    /// How saving a draft ended.
    public enum Outcome: Sendable, Equatable {
        /// It is saved.
        case saved
        /// Another save came first; nothing was changed.
        case changed
        /// Too many drafts come from one address; the seconds after which more are accepted.
        case wait(seconds: Int)
        /// It is too long.
        case tooLong
    }

    let store: any SavedDraftStore
    let quotas: QuotaCounter
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// What is saved of an unfinished form; nil when nothing is.
    public func content(of form: String, owner: FormOwner) async throws -> Content? {
        guard let draft = try await store.savedDraft(Self.key(form, owner), at: clock.now) else { return nil }
        let plain = try sealer.open(draft.payload, for: .draft)
        let fields = try JSONDecoder().decode([FormDraft.Field].self, from: plain)
        return Content(id: draft.id, revision: draft.revision, fields: fields)
    }

    /// Saves the fields of an unfinished form, sealed, in place of what was saved before.
    ///
    /// - Parameters:
    ///   - fields: the fields, without passwords, codes and tokens.
    ///   - before: the id and the revision of what these fields were made from; nil when nothing was saved.
    ///   - address: the address from which a new draft of a browser without a session counts.
    public func save(
        _ fields: [FormDraft.Field],
        of form: String,
        owner: FormOwner,
        after before: (id: String, revision: Int)?,
        from address: RemoteAddress
    ) async throws -> Outcome {
        let plain = try JSONEncoder().encode(fields)
        guard plain.count <= (owner.person == nil ? Self.longestOfBrowser : Self.longest) else { return .tooLong }
        if owner.person == nil, before == nil,
            let seconds = try await quotas.wait("saved-draft", settings.limits.savedDraftsPerAddress, from: address)
        {
            return .wait(seconds: seconds)
        }
        let draft = SavedDraft(
            key: Self.key(form, owner),
            id: before?.id ?? SecretToken().text,
            form: form,
            person: owner.person,
            payload: try sealer.seal(plain, for: .draft),
            revision: (before?.revision ?? 0) + 1,
            saved: clock.now,
            expires: clock.time(after: lifetime(owner))
        )
        return try await store.save(draft, maxBrowserDrafts: settings.limits.savedDraftsOfBrowsers) ? .saved : .changed
    }

    /// Deletes the draft of a form, after it was sent or given up.
    public func delete(_ form: String, owner: FormOwner) async throws {
        try await store.deleteSavedDraft(Self.key(form, owner))
    }

    /// Gives the draft of a browser to the person who has signed in there, unless the person has one.
    ///
    /// - Returns: whether a draft was handed over.
    public func adopt(_ form: String, of browser: FormOwner, by person: PersonID) async throws -> Bool {
        let owner = FormOwner.person(person)
        // Most visitors have none, and reading is cheaper than a transaction that writes.
        guard try await store.savedDraft(Self.key(form, browser), at: clock.now) != nil else { return false }
        return try await store.moveSavedDraft(
            Self.key(form, browser),
            to: Self.key(form, owner),
            of: person,
            at: clock.now,
            until: clock.time(after: lifetime(owner))
        )
    }

    private func lifetime(_ owner: FormOwner) -> Duration {
        owner.person == nil ? settings.browserDraftLifetime : settings.savedDraftLifetime
    }

    /// The secret of a browser is random, so its hash can be stored.
    private static func key(_ form: String, _ owner: FormOwner) -> Data {
        var hash = SHA256()
        hash.update(data: Data("\(form)\u{0}".utf8))
        switch owner {
        case .person(let id): hash.update(data: Data("person \(id.rawValue)".utf8))
        case .browser(let secret):
            hash.update(data: Data("browser ".utf8))
            hash.update(data: secret)
        }
        return Data(hash.finalize())
    }
}
