import Synchronization

/// How much room the files of unfinished forms take on the disk, counted as they come and go.
///
/// Other processes with the same folder are noticed when everything is recounted, at the start and every hour.
final class KeptFilesUsage: Sendable {
    /// The bytes on the disk.
    struct Totals: Equatable {
        /// Of everybody.
        var all = 0
        /// Of browsers without a session.
        var browsers = 0

        mutating func add(_ bytes: Int, isBrowser: Bool) {
            all = max(0, all + bytes)
            if isBrowser { browsers = max(0, browsers + bytes) }
        }
    }

    private struct State {
        /// Nil until everything was counted once.
        var totals: Totals?
        /// What was added while everything is being counted, which the count may have missed.
        var added = Totals()
    }

    private let state = Mutex(State())

    /// The bytes that a file takes on the disk: whole blocks, and room for its note and its folder.
    ///
    /// Otherwise any number of tiny files would fit within the limits.
    static func bytesOnDisk(_ size: Int) -> Int { (size + 4_095) / 4_096 * 4_096 + 8_192 }

    /// Reserves part of the allowed space.
    ///
    /// - Parameter count: counts everything; called the first time.
    /// - Returns: false when it is used up.
    /// - Throws: what `count` throws.
    func reserve(
        _ bytes: Int,
        isBrowser: Bool,
        _ limits: KeptFiles.Limits,
        count: () throws -> Totals
    ) throws -> Bool {
        try state.withLock { state in
            var totals = try state.totals ?? count()
            defer { state.totals = totals }
            guard totals.all + bytes <= limits.bytes, !isBrowser || totals.browsers + bytes <= limits.browserBytes
            else { return false }
            totals.add(bytes, isBrowser: isBrowser)
            state.added.add(bytes, isBrowser: isBrowser)
            return true
        }
    }

    /// Releases reserved space.
    func release(_ bytes: Int, isBrowser: Bool) { state.withLock { $0.totals?.add(-bytes, isBrowser: isBrowser) } }

    /// Counts a browser's space as a person's from now on.
    func passOn(_ bytes: Int) {
        state.withLock { state in
            state.totals?.add(-bytes, isBrowser: true)
            state.totals?.add(bytes, isBrowser: false)
        }
    }

    /// Replaces the totals with a new count.
    func recount(_ count: () -> Totals) {
        state.withLock { $0.added = Totals() }
        var totals = count()
        state.withLock { state in
            totals.add(state.added.browsers, isBrowser: true)
            totals.add(state.added.all - state.added.browsers, isBrowser: false)
            state.totals = totals
        }
    }
}
