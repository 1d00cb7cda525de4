import CSodium
public import Foundation
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Hashes passwords with Argon2id (RFC 9106), on threads of its own, a few at a time.
public final class PasswordHasher: Sendable {
    /// What one hash costs.
    public struct Parameters: Sendable, Equatable {
        /// Passes over the memory.
        public let passes: UInt64
        /// Memory, bytes.
        public let memory: Int

        /// Makes parameters.
        public init(passes: UInt64, memory: Int) { (self.passes, self.memory) = (passes, memory) }

        /// libsodium's parameters for signing in while somebody waits: two passes over 64 MiB.
        public static let standard = Parameters(passes: 2, memory: 64 << 20)
        /// The least that libsodium allows: for tests alone.
        public static let least = Parameters(passes: 1, memory: 8_192)
    }

    /// The bytes of a stored hash (`crypto_pwhash_STRBYTES`).
    private static let textBytes = 128
    // `SCHED_IDLE` of sched(7), the class of what runs when nothing else would: it gives way to any other thread at once,
    // where a nice one still runs out its slice of milliseconds, and every tile behind it waits. On a busy machine it
    // keeps a small share.
    private static let idleClass: Int32 = 5

    private let parameters: Parameters
    private let pool: NIOThreadPool
    private let most: Int
    private let waiting = Mutex(0)
    private let decoy: String

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - parameters: what new hashes cost.
    ///   - concurrent: how many passwords are hashed at once; each takes `parameters.memory`.
    ///   - waiting: how many more may wait; beyond them `AccountsError.busy` is thrown at once.
    /// - Throws: `AccountsError.cryptography`.
    public init(
        parameters: Parameters = .standard,
        concurrent: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2),
        waiting: Int = 256
    ) throws(AccountsError) {
        try Sodium.prepare()
        self.parameters = parameters
        most = concurrent + waiting
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
    /// - Throws: `AccountsError.busy`, or `.cryptography` when the memory is not to be had.
    public func hash(_ password: String) async throws -> String {
        let parameters = parameters
        return try await run { try Self.hash(password, parameters) }
    }

    /// Whether a password is the one of a hash.
    ///
    /// - Parameter stored: nil where there is no account or no password: the work is the same and the answer no.
    /// - Throws: `AccountsError.busy`.
    public func verify(_ password: String, against stored: String?) async throws -> Bool {
        let text = stored ?? decoy
        let matches = try await run { Self.matches(password, text) }
        return matches && stored != nil
    }

    /// What the decoy costs, as a hash has it.
    var decoyParameters: String { String(decoy.split(separator: "$").dropFirst(2).first ?? "") }

    /// Whether a hash was made with other parameters than now hold.
    public func needsRehash(_ stored: String) -> Bool {
        Self.withTerminated(stored) { text in
            crypto_pwhash_str_needs_rehash(text, parameters.passes, parameters.memory) != 0
        }
    }

    // Not private: tests hold its threads with it.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let isAdmitted = waiting.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { throw AccountsError.busy }
        defer { waiting.withLock { $0 -= 1 } }
        return try await pool.runIfActive {
            Self.giveWay()
            return try work()
        }
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

    private static func hash(_ password: String, _ parameters: Parameters) throws(AccountsError) -> String {
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

    /// libsodium reads the whole field of a stored hash, so a shorter text is filled up with zeros.
    private static func withTerminated<Result>(_ text: String, _ body: ([CChar]) -> Result) -> Result {
        let bytes = text.utf8.prefix(textBytes - 1).map { CChar(bitPattern: $0) }
        return body(bytes + [CChar](repeating: 0, count: textBytes - bytes.count))
    }
}
