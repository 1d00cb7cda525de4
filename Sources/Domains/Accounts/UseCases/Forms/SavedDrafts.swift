public import Civic
import Crypto
import Foundation

/// Saves unfinished forms, so that a person can go on later, also on another device, and a browser without a session after it
/// was closed.
public struct SavedDrafts: Sendable {
    /// The maximum number of bytes of a draft as JSON.
    public static let longest = 524_288

    /// What came of saving a draft.
    public enum Outcome: Sendable, Equatable {
        /// It is saved.
        case saved
        /// Too many drafts come from one address; the seconds after which more are accepted.
        case wait(seconds: Int)
        /// It is longer than `longest`.
        case tooLong
    }

    let store: any SavedDraftStore
    let quotas: QuotaCounter
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// The fields of an unfinished form; none when nothing is saved.
    public func fields(of form: String, owner: FormOwner) async throws -> [FormDraft.Field]? {
        try await store.savedDraft(Self.key(form, owner), at: clock.now).map { draft in
            try JSONDecoder().decode([FormDraft.Field].self, from: try sealer.open(draft.payload, for: .draft))
        }
    }

    /// Saves the fields of an unfinished form, sealed, in place of what was saved before.
    ///
    /// - Parameters:
    ///   - fields: the fields, without passwords, codes and tokens.
    ///   - address: the address from which a new draft of a browser without a session counts.
    public func save(
        _ fields: [FormDraft.Field],
        of form: String,
        owner: FormOwner,
        from address: RemoteAddress
    ) async throws -> Outcome {
        let plain = try JSONEncoder().encode(fields)
        guard plain.count <= Self.longest else { return .tooLong }
        let (key, now) = (Self.key(form, owner), clock.now)
        if owner.person == nil, try await store.savedDraft(key, at: now) == nil,
            let seconds = try await quotas.wait("saved-draft", settings.limits.savedDraftsPerAddress, from: address)
        {
            return .wait(seconds: seconds)
        }
        let lifetime = owner.person == nil ? settings.browserDraftLifetime : settings.savedDraftLifetime
        let draft = SavedDraft(
            key: key,
            form: form,
            person: owner.person,
            payload: try sealer.seal(plain, for: .draft),
            saved: now,
            expires: clock.time(after: lifetime)
        )
        try await store.save(draft, mostOfBrowsers: settings.limits.savedDraftsOfBrowsers)
        return .saved
    }

    /// Deletes the draft of a form, after it was sent or given up.
    public func delete(_ form: String, owner: FormOwner) async throws {
        try await store.deleteSavedDraft(Self.key(form, owner))
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
