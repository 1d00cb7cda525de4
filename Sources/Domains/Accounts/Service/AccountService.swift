public import Civic
public import Foundation

/// The use cases of accounts, each in its own file.
///
/// It decides and the store keeps: what a person may learn, how long things hold and what is mailed is here.
public struct AccountService: Sendable {
    let store: any AccountStore
    let hasher: PasswordHasher
    let sealer: ValueSealer
    let composer: any NoticeComposer
    let grants: PermissionGrants
    let mailQueued: @Sendable () -> Void
    let forgetMails: @Sendable (String) async -> Void
    let now: @Sendable () -> Date

    /// What the operator decided.
    public let settings: AccountSettings

    /// Puts the parts together.
    ///
    /// - Parameters:
    ///   - store: keeps what must last.
    ///   - hasher: hashes passwords.
    ///   - sealer: seals and hashes with the secret keys.
    ///   - composer: puts mails into words.
    ///   - grants: the permissions of each role, of all features together.
    ///   - settings: what the operator decided.
    ///   - mailQueued: called after mails were queued, so that they are sent at once.
    ///   - forgetMails: called with a recipient whose mails must be deleted wherever copies exist outside the store.
    ///   - now: the clock.
    public init(
        store: any AccountStore,
        hasher: PasswordHasher,
        sealer: ValueSealer,
        composer: any NoticeComposer,
        grants: PermissionGrants = .accounts,
        settings: AccountSettings = AccountSettings(),
        mailQueued: @escaping @Sendable () -> Void = {},
        forgetMails: @escaping @Sendable (String) async -> Void = { _ in },
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.store, self.hasher, self.sealer, self.composer) = (store, hasher, sealer, composer)
        (self.grants, self.settings, self.now) = (grants, settings, now)
        (self.mailQueued, self.forgetMails) = (mailQueued, forgetMails)
    }

    /// Notes that a challenge of the captcha was used; false when it was before.
    public func useChallenge(_ challenge: String, until expires: Date) async throws -> Bool {
        try await store.useChallenge(Digest.of(challenge), until: expires)
    }

    /// Deletes what ran out; due at the start and now and then.
    public func sweep() async throws {
        // Delete expired records first, so that a change of address that fails does not keep them.
        try await store.sweep(at: now(), lifetimes: StoredLifetimes(settings))
        try await sweepEmailChanges()
    }
}

extension AccountService {
    /// Seals what goes with a token.
    func sealed(_ value: some Encodable) throws -> Data {
        try sealer.seal(try JSONEncoder().encode(value), for: .token)
    }

    /// Opens what goes with a token.
    func opened<Value: Decodable>(_ type: Value.Type, _ sealed: Data) throws -> Value {
        try JSONDecoder().decode(type, from: try sealer.open(sealed, for: .token))
    }
}
