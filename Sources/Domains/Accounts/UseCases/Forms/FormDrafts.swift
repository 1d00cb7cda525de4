public import Civic
import Foundation

/// Keeps what was typed into a form while its owner signs in again.
public struct FormDrafts: Sendable {
    /// The maximum number of bytes of a draft; a longer one is not kept.
    public static let longest = 131_072

    let store: any TokenStore & PeopleStore
    let quotas: QuotaCounter
    let sessions: SessionTokens
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Keeps a draft, sealed, until its owner has signed in again; nil when it is too long or too many are kept.
    public func keep(_ draft: FormDraft, from address: RemoteAddress) async throws -> SecretToken? {
        let plain = try JSONEncoder().encode(draft)
        guard plain.count <= Self.longest,
            try await quotas.wait("draft", settings.limits.draftsPerAddress, from: address) == nil
        else { return nil }
        let ticket = SecretToken()
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .draft,
            person: nil,
            payload: try sealer.seal(plain, for: .token),
            expires: clock.time(after: settings.draftLifetime)
        )
        try await store.keep(token, with: SideEffects(at: clock.now))
        return ticket
    }

    /// What was typed into the form of a page, once; nil when nothing is kept for it.
    ///
    /// When somebody else signs in from the same browser, the draft is deleted and not shown.
    public func take(_ ticket: SecretToken, of who: SignedIn, path: String) async throws -> FormDraft? {
        guard let token = try await store.token(ticket.hash, for: .draft, at: clock.now), let payload = token.payload,
            let person = try await store.person(who.person)
        else { return nil }
        let draft = try sealer.openPayload(FormDraft.self, payload)
        let isOwn = try sessions.valid(draft.deviceMark, of: person) != nil
        guard draft.path == path || !isOwn else { return nil }
        guard try await store.take(ticket.hash, for: .draft, at: clock.now) != nil, isOwn else { return nil }
        return draft
    }
}

/// What was typed into a form when its session had ended.
public struct FormDraft: Sendable, Codable, Equatable {
    /// A field as the browser sent it.
    public struct Field: Sendable, Codable, Equatable {
        /// Its name.
        public let name: String
        /// What was typed.
        public let value: String

        /// Makes a field.
        public init(name: String, value: String) { (self.name, self.value) = (name, value) }
    }

    /// The path of the page with the form.
    public let path: String
    /// The fields, without passwords and codes.
    public let fields: [Field]
    /// The mark of the browser; only the person whose session it was gets the fields back.
    let deviceMark: String

    /// Makes a draft.
    public init(path: String, fields: [Field], deviceMark: String) {
        (self.path, self.fields, self.deviceMark) = (path, fields, deviceMark)
    }
}
