import Accounts
import Crypto
import Foundation
import Synchronization

/// Whom a session's token stands for, kept in memory for a short while, so that a page costs no question to the database.
///
/// What this process ends is forgotten at once; what another process ends holds at most `lifetime` longer.
final class SessionCache: Sendable {
    private struct Entry {
        let person: SignedIn?
        let until: ContinuousClock.Instant
    }

    /// How long an answer holds.
    private static let lifetime: Duration = .seconds(30)
    /// How long a token that stands for nobody is remembered: guesses shall not reach the database each time.
    private static let unknownLifetime: Duration = .seconds(5)
    /// So many are kept; then those that have run out are let go, or else all.
    private static let most = 20_000

    private struct State {
        var entries: [Data: Entry] = [:]
        /// How often something was forgotten: an answer that was asked for before the last time may be out of date.
        var generation = 0

        mutating func keep(_ entry: Entry, _ key: Data, _ now: ContinuousClock.Instant) {
            if entries.count >= SessionCache.most { entries = entries.filter { $0.value.until > now } }
            if entries.count >= SessionCache.most { entries = [:] }
            entries[key] = entry
        }
    }

    private let lookUp: @Sendable (String) async throws -> SignedIn?
    private let state = Mutex(State())

    convenience init(accounts: AccountService) { self.init { try await accounts.session(for: $0) } }

    /// - Parameter lookUp: finds out who is signed in with a token.
    init(lookUp: @escaping @Sendable (String) async throws -> SignedIn?) { self.lookUp = lookUp }

    /// Who is signed in with a token.
    ///
    /// - Throws: what the store throws.
    func person(for token: String) async throws -> SignedIn? {
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
    func forget(_ token: String) {
        state.withLock { state in
            state.entries[Self.key(token)] = nil
            state.generation += 1
        }
    }

    /// Forgets all sessions of a person: after a change of name, rights, password or of the sessions themselves.
    func forget(_ person: PersonID) {
        state.withLock { state in
            state.entries = state.entries.filter { $0.value.person?.person != person }
            state.generation += 1
        }
    }

    // Not the token itself: what is in memory shall let nobody in.
    private static func key(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }
}
