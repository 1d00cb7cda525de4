public import Civic
import Foundation

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

extension AccountService {
    /// The most bytes of a draft; a longer one is not kept.
    public static let longestDraft = 32_768

    /// Keeps what was typed, sealed, until its owner has signed in again; nil when it is too long or too many are kept.
    public func keep(_ draft: FormDraft, from address: RemoteAddress) async throws -> SecretToken? {
        let plain = try JSONEncoder().encode(draft)
        guard plain.count <= Self.longestDraft,
            try await wait("draft", settings.limits.draftsPerAddress, from: address) == nil
        else { return nil }
        let ticket = SecretToken()
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .draft,
            person: nil,
            payload: try sealer.seal(plain, for: .token),
            expires: expiry(settings.draftLifetime)
        )
        try await store.keep(token, with: sideEffects())
        return ticket
    }

    /// What was typed into the form of a page, once; nil when nothing is kept for it.
    ///
    /// When somebody else signs in from the same browser, the draft is deleted and not shown.
    public func takeDraft(_ ticket: SecretToken, of who: SignedIn, path: String) async throws -> FormDraft? {
        guard let token = try await store.token(ticket.hash, for: .draft, at: now()), let payload = token.payload,
            let person = try await store.person(who.person)
        else { return nil }
        let draft = try JSONDecoder().decode(FormDraft.self, from: try sealer.open(payload, for: .token))
        let isOwn = try valid(draft.deviceMark, of: person) != nil
        guard draft.path == path || !isOwn else { return nil }
        guard try await store.take(ticket.hash, for: .draft, at: now()) != nil, isOwn else { return nil }
        return draft
    }

    /// Seals a short text that the browser keeps for the next page; in the URL it would end up in logs.
    public func sealNote(_ text: String) throws -> String {
        Base64URL.encode(try sealer.seal(Data(text.utf8), for: .note))
    }

    /// Opens what `sealNote` sealed; nil for anything else.
    public func openNote(_ sealed: String) -> String? {
        guard let bytes = Base64URL.decode(sealed), let plain = try? sealer.open(bytes, for: .note) else { return nil }
        return String(data: plain, encoding: .utf8)
    }
}
