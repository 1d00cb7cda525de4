package import Civic
import Crypto
import Foundation
import Synchronization

/// Caches which person a session token belongs to, so that pages need no database query.
///
/// Sessions ended by this process are forgotten at once; those ended by another process remain valid for at most `lifetime`.
package final class SessionCache: Sendable {
    private struct Entry {
        let person: SignedIn?
        let until: ContinuousClock.Instant
    }

    /// How long an entry is valid.
    private static let lifetime: Duration = .seconds(30)
    /// How long an unknown token is remembered, so that guesses do not each reach the database.
    private static let unknownLifetime: Duration = .seconds(5)
    /// The maximum number of entries; beyond that the expired ones are removed, or all if none has expired.
    private static let maxSessions = 20_000

    private struct State {
        var entries: [Data: Entry] = [:]
        /// Counts invalidations: a lookup that began before the latest one may be out of date.
        var generation = 0

        mutating func keep(_ entry: Entry, _ key: Data, _ now: ContinuousClock.Instant) {
            if entries.count >= SessionCache.maxSessions { entries = entries.filter { $0.value.until > now } }
            if entries.count >= SessionCache.maxSessions { entries = [:] }
            entries[key] = entry
        }
    }

    private let lookUp: @Sendable (String) async throws -> SignedIn?
    private let state = Mutex(State())

    /// - Parameter lookUp: finds the signed-in person for a token.
    package init(lookUp: @escaping @Sendable (String) async throws -> SignedIn?) { self.lookUp = lookUp }

    /// The signed-in person for a token.
    ///
    /// - Throws: what the store throws.
    package func person(for token: String) async throws -> SignedIn? {
        let key = Self.key(token)
        let now = ContinuousClock.now
        let (known, generation) = state.withLock { ($0.entries[key], $0.generation) }
        if let known, known.until > now { return known.person }
        let person = try await lookUp(token)
        let until = now + (person == nil ? Self.unknownLifetime : Self.lifetime)
        state.withLock { state in
            guard state.generation == generation else { return }
            state.keep(Entry(person: person, until: until), key, now)
        }
        return person
    }

    /// Forgets one session.
    package func forget(_ token: String) {
        state.withLock { state in
            state.entries[Self.key(token)] = nil
            state.generation += 1
        }
    }

    /// Forgets all sessions of a person: after a change of name, rights, password or of the sessions themselves.
    package func forget(_ person: PersonID) {
        state.withLock { state in
            state.entries = state.entries.filter { $0.value.person?.person != person }
            state.generation += 1
        }
    }

    // Store a hash, not the token: the contents of memory must not allow signing in.
    private static func key(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }
}
