public import Foundation
public import NIOPosix
import Synchronization

/// Verifies CMS signatures over a content against the operator's roots.
///
/// Files that have changed are read again at most once a minute; while they cannot be read, what was read before counts.
public final class SignatureVerifier: Sendable {
    /// The most bytes of a message without armour.
    public static let maxBytes = 1_048_576
    /// The most bytes of a content.
    public static let maxContent = 1_048_576
    /// The most certificates of a message.
    public static let maxCertificates = 10
    /// How far the clock of a signer may be ahead, seconds.
    public static let clockTolerance = 300.0
    /// How often files are looked at, seconds.
    public static let lookInterval = 60.0

    private struct Held {
        var trust: Trust
        var looked: Date
    }

    private let files: TrustFiles
    private let threads: NIOThreadPool
    private let held: Mutex<Held>

    /// Reads the files.
    ///
    /// - Throws: `SignaturesError`.
    public init(_ files: TrustFiles, threads: NIOThreadPool = .singleton) throws(SignaturesError) {
        self.files = files
        self.threads = threads
        held = Mutex(Held(trust: try Trust(files), looked: .distantPast))
    }

    /// What is trusted at present.
    public var inventory: Trust.Inventory { held.withLock { $0.trust.inventory } }

    /// Verifies a signature on another thread.
    ///
    /// - Parameters:
    ///   - sent: the message as DER, BER, PEM or base64.
    ///   - content: the bytes that must have been signed, whether the message has them within or not.
    ///   - expected: who must have signed.
    ///   - time: for which the certificates must be valid.
    /// - Throws: `SignatureRefusal`; `CancellationError` when the threads have ended.
    public func verify(
        _ sent: [UInt8],
        over content: [UInt8],
        by expected: ExpectedSigner,
        at time: Date = Date()
    ) async throws -> VerifiedSignature {
        try await threads.runIfActive { [self] in
            try refreshed(at: Date()).verify(sent, over: content, by: expected, at: time)
        }
    }

    /// The trust after looking at the files, if that is due.
    func refreshed(at now: Date) -> Trust {
        let (present, isDue) = held.withLock { held in
            let isDue = abs(now.timeIntervalSince(held.looked)) >= Self.lookInterval
            if isDue { held.looked = now }
            return (held.trust, isDue)
        }
        // Read without the lock: others go on with what there was.
        guard isDue, let marks = try? files.marks(), marks != present.marks, let fresh = try? Trust(files) else {
            return present
        }
        held.withLock { $0.trust = fresh }
        return fresh
    }
}
