import NIOCore
import Synchronization

/// The open connections of the server: enforces the limits and chooses which idle connections to close.
final class ConnectionRegistry: Sendable {
    /// Events that are sent to connections on their own event loop.
    enum Event: Sendable {
        /// Close unless a request has begun, to make room for another connection.
        case giveWay
        /// Close immediately: the drain timeout has passed.
        case abort
    }

    /// One connection.
    final class Entry: Sendable {
        let channel: any Channel
        /// The address it counts for; nil for proxies, which serve many people.
        let address: String?
        // Nanoseconds of the monotonic clock; 0 while a request is being answered.
        fileprivate let idleSince = Atomic<UInt64>(0)

        fileprivate init(channel: any Channel, address: String?) {
            self.channel = channel
            self.address = address
            markIdle(.now())
        }

        /// From now on the connection may be closed to make room for another.
        func markIdle(_ now: NIODeadline) { idleSince.store(now.uptimeNanoseconds, ordering: .relaxed) }

        /// From now on it may not be closed for that.
        func markBusy() { idleSince.store(0, ordering: .relaxed) }
    }

    private struct Connections {
        var entries: [ObjectIdentifier: Entry] = [:]
        var perAddress: [String: Int] = [:]
    }

    private let settings: ConnectionSettings
    private let proxies: TrustedProxies
    private let connections = Mutex(Connections())
    private let accepted = Atomic<Int>(0)
    private let unhandled = Mutex<Set<ObjectIdentifier>>([])
    private let handling = Atomic<Int>(0)
    private let draining = Atomic<Bool>(false)
    private let onRoom = Mutex<(@Sendable () -> Void)?>(nil)

    init(settings: ConnectionSettings, proxies: TrustedProxies) {
        (self.settings, self.proxies) = (settings, proxies)
    }

    /// How many connections are open.
    var count: Int { accepted.load(ordering: .relaxed) }

    /// Whether no further connection fits, not even in the reserved slots.
    var isFull: Bool { count >= settings.most + ConnectionSettings.reserved }

    /// Whether all slots but the reserved ones are taken.
    var isCrowded: Bool { count > settings.most }

    /// Whether the server is shutting down.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Marks the server as shutting down, for connections that open from now on.
    func beginDraining() { draining.store(true, ordering: .relaxed) }

    // MARK: Total

    /// Counts a connection from accept to close, and closes idle ones before the limit is reached.
    func accept(_ channel: any Channel) {
        let count = accepted.add(1, ordering: .relaxed).newValue
        let id = ObjectIdentifier(channel)
        _ = unhandled.withLock { $0.insert(id) }
        channel.closeFuture.whenComplete { _ in
            // Covers a connection that closes before it was set up.
            _ = self.unhandled.withLock { $0.remove(id) }
            self.release()
        }
        let spare = settings.most / 32
        // Beyond the limit `admit` chooses, so that the slot of the closed idle connection goes to the new one.
        if count <= settings.most, count + spare >= settings.most { makeRoom(1 + spare / 2) }
    }

    /// Whether connections are still on their way from the listening socket to the application.
    var hasUnhandled: Bool { unhandled.withLock { !$0.isEmpty } }

    /// Records that a connection has reached the application.
    func beginHandling(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        _ = unhandled.withLock { $0.remove(id) }
        handling.add(1, ordering: .relaxed)
    }

    /// Records that the application has finished with a connection.
    func endHandling() { handling.subtract(1, ordering: .relaxed) }

    /// How many connections the application is busy with, including those that have closed in the meantime.
    var handlingCount: Int { handling.load(ordering: .relaxed) }

    private func release() {
        accepted.subtract(1, ordering: .relaxed)
        roomMade()
    }

    /// Calls the callback that waits for room.
    func roomMade() {
        let resume = onRoom.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        resume?()
    }

    /// Registers a callback for the next time a connection closes; it is called once.
    func whenRoom(_ resume: @escaping @Sendable () -> Void) { onRoom.withLock { $0 = resume } }

    /// Asks the connections that have been idle longest to close.
    func makeRoom(_ count: Int) {
        let idle = connections.withLock { connections in
            Self.idle(connections.entries.values).prefix(count)
        }
        for entry in idle { tell(entry, .giveWay) }
    }

    // MARK: Per address

    /// Counts a connection against the limits.
    ///
    /// - Returns: `ProtocolFault.tooManyConnections` when its address has too many and none of them is idle; `.noRoom` when
    ///   all slots are taken, none of them by an idle connection, and it comes from neither this machine nor a trusted proxy.
    func admit(_ channel: any Channel) -> Result<Entry, ProtocolFault> {
        let peer = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        let isProxy = peer.map { proxies.contains($0) } ?? false
        let address = isProxy ? nil : peer?.subscriber
        let isPrivileged = isProxy || (peer?.isLoopback ?? false)
        let entry = Entry(channel: channel, address: address)
        let (refusal, replaced) = connections.withLock { connections -> (ProtocolFault?, Entry?) in
            var replaced: Entry?
            if let address, settings.maxPerAddress > 0,
                connections.perAddress[address, default: 0] >= settings.maxPerAddress
            {
                replaced = Self.idle(connections.entries.values.filter { $0.address == address }).first
                if replaced == nil { return (.tooManyConnections, nil) }
            }
            if replaced == nil, connections.entries.count >= settings.most {
                replaced = Self.idle(connections.entries.values).first
                if replaced == nil, !isPrivileged { return (.noRoom, nil) }
            }
            // Under the lock, so that no other loop chooses it too.
            replaced?.markBusy()
            if let address { connections.perAddress[address, default: 0] += 1 }
            connections.entries[ObjectIdentifier(entry)] = entry
            return (nil, replaced)
        }
        if let replaced { tell(replaced, .giveWay) }
        if let refusal { return .failure(refusal) }
        channel.closeFuture.whenComplete { _ in self.remove(entry) }
        return .success(entry)
    }

    private func remove(_ entry: Entry) {
        connections.withLock { connections in
            connections.entries[ObjectIdentifier(entry)] = nil
            guard let address = entry.address, let count = connections.perAddress[address] else { return }
            connections.perAddress[address] = count > 1 ? count - 1 : nil
        }
    }

    /// Closes all connections at once and returns how many there were.
    func abortAll() -> Int {
        let entries = connections.withLock { Array($0.entries.values) }
        for entry in entries { tell(entry, .abort) }
        return entries.count
    }

    private func tell(_ entry: Entry, _ event: Event) {
        // Keeps it from being chosen twice; a connection that has become busy since carries on and marks itself again.
        if case .giveWay = event { entry.markBusy() }
        entry.channel.pipeline.fireUserInboundEventTriggered(event)
    }

    private static func idle(_ entries: some Sequence<Entry>) -> [Entry] {
        entries.map { (entry: $0, since: $0.idleSince.load(ordering: .relaxed)) }.filter { $0.since > 0 }
            .sorted { $0.since < $1.since }.map(\.entry)
    }
}
