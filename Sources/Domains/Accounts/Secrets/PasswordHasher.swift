import CSodium
public import Civic
public import Foundation
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Hashes passwords with Argon2id (RFC 9106), on threads of its own, a few at a time.
public final class PasswordHasher: Sendable {
    /// The cost of one hash.
    public struct Parameters: Sendable, Equatable {
        /// Passes over the memory.
        public let passes: UInt64
        /// Memory, bytes.
        public let memory: Int

        /// Makes parameters.
        public init(passes: UInt64, memory: Int) { (self.passes, self.memory) = (passes, memory) }

        /// libsodium's parameters for signing in while somebody waits: two passes over 64 MiB.
        public static let standard = Parameters(passes: 2, memory: 64 << 20)
        /// The lowest cost that libsodium allows, for tests only.
        public static let least = Parameters(passes: 1, memory: 8_192)
    }

    /// Priority of a hash when hashes have to wait.
    enum Precedence: Sendable {
        /// For a signed-in person, or a sign-in from a browser that the person has used before.
        case known
        /// Everything else, which includes a flood of guesses.
        case other
    }

    /// Waiting hashes; each kind has its own queue of the same length, so that neither can fill the other's.
    private struct Line {
        var running = 0
        var known: [CheckedContinuation<Void, any Error>] = []
        var others: [CheckedContinuation<Void, any Error>] = []
        /// How many known ones were served since the last one of the others.
        var knownInRow = 0

        /// The next to be served: known ones first, but one of the others after every three of them.
        mutating func next() -> CheckedContinuation<Void, any Error>? {
            if !known.isEmpty, others.isEmpty || knownInRow < 3 {
                knownInRow += 1
                return known.removeFirst()
            }
            knownInRow = 0
            return others.isEmpty ? nil : others.removeFirst()
        }
    }

    /// The bytes of a stored hash (`crypto_pwhash_STRBYTES`).
    private static let textBytes = 128
    // `SCHED_IDLE` of sched(7), the class of what runs when nothing else would: it gives way to any other thread at once,
    // whereas a thread with a high nice value uses up its time slice of milliseconds while requests wait. On a busy machine it
    // keeps a small share.
    private static let idleClass: Int32 = 5

    private let parameters: Parameters
    private let pool: NIOThreadPool
    private let concurrent: Int
    private let waiting: Int
    private let line = Mutex(Line())
    private let decoy: String

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - parameters: what new hashes cost.
    ///   - concurrent: how many passwords are hashed at once; each takes `parameters.memory`.
    ///   - waiting: how many more may wait, of known and of other browsers each; beyond them `AccountsError.busy` is
    ///     thrown at once.
    /// - Throws: `CivicError.cryptography`.
    public init(
        parameters: Parameters = .standard,
        concurrent: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2),
        waiting: Int = 256
    ) throws(CivicError) {
        try Sodium.prepare()
        self.parameters = parameters
        (self.concurrent, self.waiting) = (concurrent, waiting)
        decoy = try Self.hash(SecretToken().text, parameters)
        pool = NIOThreadPool(numberOfThreads: concurrent)
        pool.start()
    }

    deinit {
        // The threads hold the pool itself and end once their work is done.
        pool.shutdownGracefully { _ in }
    }

    /// Hashes a password, with a salt and the parameters inside the result.
    ///
    /// - Throws: `AccountsError.busy`, or `CivicError.cryptography` when the memory cannot be allocated.
    public func hash(_ password: String) async throws -> String { try await hash(password, .other) }

    func hash(_ password: String, _ precedence: Precedence) async throws -> String {
        let parameters = parameters
        return try await run(precedence) { try Self.hash(password, parameters) }
    }

    /// Whether a password matches a hash.
    ///
    /// - Parameter stored: nil when there is no account or no password; then the same work is done and the result is false.
    /// - Throws: `AccountsError.busy`.
    public func verify(_ password: String, against stored: String?) async throws -> Bool {
        try await verify(password, against: stored, .other)
    }

    func verify(_ password: String, against stored: String?, _ precedence: Precedence) async throws -> Bool {
        let text = stored ?? decoy
        let matches = try await run(precedence) { Self.matches(password, text) }
        return matches && stored != nil
    }

    /// Whether every thread is busy.
    var isFull: Bool { line.withLock { $0.running == concurrent } }

    /// How many hashes of a kind are waiting.
    func waits(_ precedence: Precedence) -> Int {
        line.withLock { precedence == .known ? $0.known.count : $0.others.count }
    }

    /// The cost of the decoy, as a hash states it.
    var decoyParameters: String { String(decoy.split(separator: "$").dropFirst(2).first ?? "") }

    /// Whether a hash was made with other parameters than the current ones.
    public func needsRehash(_ stored: String) -> Bool {
        Self.withTerminated(stored) { text in
            crypto_pwhash_str_needs_rehash(text, parameters.passes, parameters.memory) != 0
        }
    }

    // Not private, so that tests can occupy the threads.
    func run<Result: Sendable>(
        _ precedence: Precedence,
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await enter(precedence)
        defer { leave() }
        return try await pool.runIfActive {
            Self.giveWay()
            return try work()
        }
    }

    /// Waits for a free thread.
    ///
    /// - Throws: `AccountsError.busy` when the queue is full.
    private func enter(_ precedence: Precedence) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let outcome: Result<Void, any Error>? = line.withLock { line in
                if line.running < concurrent {
                    line.running += 1
                    return .success(())
                }
                switch precedence {
                case .known where line.known.count < waiting: line.known.append(continuation)
                case .other where line.others.count < waiting: line.others.append(continuation)
                default: return .failure(AccountsError.busy)
                }
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }

    /// Hands a free thread to the next waiting hash.
    private func leave() {
        let next = line.withLock { line in
            let next = line.next()
            if next == nil { line.running -= 1 }
            return next
        }
        next?.resume()
    }

    /// Lets the threads that serve requests go first; on Linux the class is a thread's own.
    private static func giveWay() {
        #if canImport(Glibc)
            var parameters = sched_param()
            _ = sched_setscheduler(0, idleClass, &parameters)
        #endif
    }

    /// Passwords are compared in one form, however the keyboard composed them (NIST SP 800-63B 5.1.1.2).
    private static func bytes(_ password: String) -> [CChar] {
        password.precomposedStringWithCompatibilityMapping.utf8.map { CChar(bitPattern: $0) }
    }

    private static func hash(_ password: String, _ parameters: Parameters) throws(CivicError) -> String {
        var output = [CChar](repeating: 0, count: textBytes)
        let plain = bytes(password)
        let code = crypto_pwhash_str_alg(
            &output,
            plain,
            UInt64(plain.count),
            parameters.passes,
            parameters.memory,
            crypto_pwhash_alg_argon2id13()
        )
        guard code == 0 else { throw .cryptography("no memory for a password hash") }
        return String(decoding: output.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func matches(_ password: String, _ stored: String) -> Bool {
        let plain = bytes(password)
        return withTerminated(stored) { crypto_pwhash_str_verify($0, plain, UInt64(plain.count)) == 0 }
    }

    /// libsodium reads the whole field of a stored hash, so a shorter text is padded with zeros.
    private static func withTerminated<Result>(_ text: String, _ body: ([CChar]) -> Result) -> Result {
        let bytes = text.utf8.prefix(textBytes - 1).map { CChar(bitPattern: $0) }
        return body(bytes + [CChar](repeating: 0, count: textBytes - bytes.count))
    }
}
