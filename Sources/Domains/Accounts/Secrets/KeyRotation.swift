public import Civic
public import Foundation

/// Replaces the secret keys: seals every sealed value again with the current key.
public struct KeyRotation: Sendable {
    private let store: any SealedValueStore
    private let sealer: ValueSealer

    /// Puts the parts together.
    ///
    /// - Parameter sealer: holds the new key as the current one, and every key that anything is still sealed with.
    public init(store: any SealedValueStore, sealer: ValueSealer) { (self.store, self.sealer) = (store, sealer) }

    /// Seals and hashes again, in one transaction, what another key sealed; returns the number of values.
    ///
    /// - Throws: `CivicError.unknownKey` when a key is missing; then nothing was changed.
    public func run(at time: Date) async throws -> Int {
        let sealer = sealer
        return try await store.reseal(
            { field, sealed in
                guard !sealer.isCurrent(sealed) else { return nil }
                let plain = try sealer.open(sealed, for: field.purpose)
                let hash =
                    field.isLookedUp ? try sealer.hash(String(decoding: plain, as: UTF8.self), for: field.purpose) : nil
                return (try sealer.seal(plain, for: field.purpose), hash)
            },
            with: SideEffects(at: time, events: [AuditEvent(.keysRotated, time: time)])
        )
    }

    /// Deletes sealed values that no key opens, after a key was lost for good; returns how many of each field.
    ///
    /// Second factors are counted but kept, with a secret that nobody knows: an operator must verify the owner before turning one
    /// off.
    public func dropLost(at time: Date) async throws -> [SealedField: Int] {
        let sealer = sealer
        return try await store.dropSealedValues(
            where: { !sealer.knowsKey(of: $0) },
            replacingFactorsBy: { try sealer.seal(Data([UInt8].random(count: 20)), for: .secondFactor) },
            with: SideEffects(at: time, events: [AuditEvent(.keysRotated, time: time)])
        )
    }

    /// Checks that the keys open the sealed values.
    ///
    /// - Parameter place: where the keys come from, for the message.
    /// - Throws: `AccountsError.wrongKeys` when there are sealed values and the keys open none of them.
    public func requireKeys(from place: String) async throws {
        let sealer = sealer
        let lost = try await store.sealedValueCount { !sealer.knowsKey(of: $0) }
        guard lost > 0, try await store.sealedValueCount(where: { sealer.knowsKey(of: $0) }) == 0 else { return }
        throw AccountsError.wrongKeys(place: place, count: lost)
    }

    /// Seals again what was sealed with an older key since the change, and checks that nothing is left; returns the number of
    /// values that were.
    ///
    /// - Throws: `AccountsError.stillSealed` when something is left, `CivicError.unknownKey` when a key is missing: then no key
    ///   may be dropped.
    public func finish(at time: Date) async throws -> Int {
        let count = try await run(at: time)
        let sealer = sealer
        let left = try await store.sealedValueCount { !sealer.isCurrent($0) }
        guard left == 0 else { throw AccountsError.stillSealed(count: left) }
        return count
    }
}
