import Synchronization

/// The keys in use, read again when another process may have changed them.
final class KeyStock: Sendable {
    private let held: Mutex<KeyRing>
    private let reread: (@Sendable () -> KeyRing?)?

    init(_ ring: KeyRing, reread: (@Sendable () -> KeyRing?)? = nil) {
        held = Mutex(ring)
        self.reread = reread
    }

    /// The keys as they were last read.
    var ring: KeyRing { held.withLock { $0 } }

    /// Reads the keys again; keeps the present ones when that fails.
    func refresh() {
        guard let fresh = reread?() else { return }
        held.withLock { $0 = fresh }
    }

    /// The key that a sealed value names; reads the keys again once when it is not among the present ones.
    func key(_ id: [UInt8]) -> KeyRing.Key? {
        if let known = ring.all.first(where: { $0.id == id }) { return known }
        refresh()
        return ring.all.first { $0.id == id }
    }
}
