public import Foundation

/// The change of the secret keys: everything that is sealed is sealed anew with the current one.
public struct KeyRotation: Sendable {
    private let store: any AccountStore
    private let box: SealedBox

    /// Puts the parts together.
    ///
    /// - Parameter box: holds the new key as the current one, and every key that anything is still sealed with.
    public init(store: any AccountStore, box: SealedBox) { (self.store, self.box) = (store, box) }

    /// Seals anew what another key sealed, and hashes it anew, in one transaction; how many values that were.
    ///
    /// - Throws: `AccountsError.unknownKey` when a key is missing; then nothing was changed.
    public func run(at time: Date) async throws -> Int {
        let box = box
        return try await store.reseal(
            { field, sealed in
                guard !box.isCurrent(sealed) else { return nil }
                let plain = try box.open(sealed, for: field.purpose)
                let hash: Data? =
                    switch field {
                    case .phone, .iin: try box.hash(String(decoding: plain, as: UTF8.self), for: field.purpose)
                    default: nil
                    }
                return (try box.seal(plain, for: field.purpose), hash)
            },
            with: Consequences(at: time, events: [AuditEvent(.keysRotated, time: time)])
        )
    }

    /// Deletes sealed values that no key opens, after a key was lost for good; returns how many of each field.
    ///
    /// Second factors are counted but kept: an operator must verify the owner before turning one off.
    public func dropLost(at time: Date) async throws -> [SealedField: Int] {
        let box = box
        return try await store.dropSealedValues(
            where: { !box.knowsKey(of: $0) },
            with: Consequences(at: time, events: [AuditEvent(.keysRotated, time: time)])
        )
    }

    /// Seals anew what was sealed with an older key since the change, and makes sure that nothing is any more; how many
    /// values that were.
    ///
    /// - Throws: `AccountsError.stillSealed` when something is, `.unknownKey` when a key is missing: then no key may be
    ///   dropped.
    public func finish(at time: Date) async throws -> Int {
        let count = try await run(at: time)
        let box = box
        let left = try await store.sealedValueCount { !box.isCurrent($0) }
        guard left == 0 else { throw AccountsError.stillSealed(count: left) }
        return count
    }
}
