import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct AcceptHandlerTests {
    /// Counts how often the socket is asked to accept.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = Never
        var reads = 0

        func read(context: ChannelHandlerContext) { reads += 1 }
    }

    private func listening(
        most: Int,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        abandon: @escaping @Sendable () -> Void = {}
    ) throws -> (EmbeddedChannel, ReadCounter, ConnectionRegistry) {
        let settings = ConnectionSettings(most: most)
        let registry = ConnectionRegistry(settings: settings, proxies: TrustedProxies())
        let counter = ReadCounter()
        let channel = EmbeddedChannel(handlers: [
            counter, AcceptHandler(registry: registry, settings: settings, logger: logger, abandon: abandon),
        ])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        counter.reads = 0
        return (channel, counter, registry)
    }

    @Test("Without descriptors accepting pauses and resumes by itself", arguments: [EMFILE, ENFILE, ENOMEM, ENOBUFS])
    func pauses(number: CInt) throws {
        let (channel, counter, _) = try listening(most: 100)
        channel.pipeline.fireErrorCaught(IOError(errnoCode: number, reason: "accept"))
        for _ in 0..<50 { channel.read() }
        #expect(counter.reads == 0)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(counter.reads == 1)
        channel.read()
        #expect(counter.reads == 2)
    }

    @Test("A client that has already disconnected changes nothing")
    func hungUp() throws {
        let (channel, counter, _) = try listening(most: 100)
        channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNABORTED, reason: "accept"))
        channel.read()
        #expect(counter.reads == 1)
    }

    @Test("At the limit accepting waits until a connection closes")
    func full() throws {
        let (channel, counter, registry) = try listening(most: 2)
        let accepted = (0..<2 + ConnectionSettings.reserved).map { _ in EmbeddedChannel() }
        for child in accepted { channel.pipeline.fireChannelRead(child as any Channel) }
        #expect(registry.isFull)
        for _ in 0..<50 { channel.read() }
        #expect(counter.reads == 0)
        accepted[0].close(promise: nil)
        accepted[0].embeddedEventLoop.run()
        channel.embeddedEventLoop.run()
        #expect(!registry.isFull)
        #expect(counter.reads == 1)
    }

    /// Collects log messages.
    private struct KeptLog: LogHandler {
        final class Lines: Sendable { let all = Mutex<[String]>([]) }
        let lines: Lines
        var metadata = Logger.Metadata()
        var logLevel = Logger.Level.info
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(
            level: Logger.Level,
            message: Logger.Message,
            metadata: Logger.Metadata?,
            source: String,
            file: String,
            function: String,
            line: UInt
        ) {
            lines.all.withLock { $0.append("\(message)") }
        }
    }

    @Test("The end of a shortage is logged on time even without further clients")
    func tellsTheEnd() throws {
        let lines = KeptLog.Lines()
        let (channel, _, _) = try listening(most: 1, logger: Logger(label: "test") { _ in KeptLog(lines: lines) })
        let child = EmbeddedChannel()
        for _ in 0..<ConnectionSettings.reserved { channel.pipeline.fireChannelRead(EmbeddedChannel() as any Channel) }
        channel.pipeline.fireChannelRead(child as any Channel)
        channel.read()
        channel.embeddedEventLoop.advanceTime(by: .minutes(1))
        #expect(lines.all.withLock { $0.count } == 1, "while nobody leaves, the places stay taken")
        child.close(promise: nil)
        child.embeddedEventLoop.run()
        channel.embeddedEventLoop.run()
        channel.embeddedEventLoop.advanceTime(by: .minutes(1))
        let told = lines.all.withLock { $0 }
        #expect(told.count == 2 && told.last == "Connections are available again", "\(told)")
    }

    @Test("A connection that ends before it was set up does not count as unhandled")
    func neverSetUp() throws {
        let (channel, _, registry) = try listening(most: 2)
        let child = EmbeddedChannel()
        channel.pipeline.fireChannelRead(child as any Channel)
        #expect(registry.hasUnhandled)
        child.close(promise: nil)
        child.embeddedEventLoop.run()
        #expect(!registry.hasUnhandled)
    }

    @Test(
        "What is still computed after the drain time and two seconds more does not hold the process back",
        arguments: [true, false]
    )
    func abandons(isComputing: Bool) throws {
        let abandoned = Atomic<Int>(0)
        let (channel, _, registry) = try listening(most: 2) { abandoned.add(1, ordering: .relaxed) }
        // A connection whose request is computed: it does not close when it is told to.
        let child = EmbeddedChannel()
        _ = try registry.admit(child).get()
        registry.beginHandling(child)
        // Otherwise its client did not read its answer and was cut off, and the services behind the server may end in order.
        if !isComputing { registry.endHandling() }
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        channel.close(promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(11))
        #expect(abandoned.load(ordering: .relaxed) == 0)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(abandoned.load(ordering: .relaxed) == (isComputing ? 1 : 0))
    }

    /// A client's connection.
    private func caller(_ address: String, _ registry: ConnectionRegistry) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        channel.remoteAddress = try SocketAddress(ipAddress: address, port: 4_000)
        registry.accept(channel)
        return channel
    }

    @Test("When all slots are taken, this machine and trusted proxies still get one, others are refused")
    func reserved() throws {
        let proxies = try #require(TrustedProxies("192.0.2.7"))
        let registry = ConnectionRegistry(settings: ConnectionSettings(most: 3), proxies: proxies)
        for _ in 0..<3 { try registry.admit(caller("198.51.100.1", registry)).get().markBusy() }
        for address in ["127.0.0.1", "::1", "192.0.2.7"] {
            let entry = try registry.admit(caller(address, registry)).get()
            entry.markBusy()
        }
        let refused = try caller("198.51.100.2", registry)
        #expect(throws: ProtocolFault.noRoom) { try registry.admit(refused).get() }
        #expect(ProtocolFault.noRoom.status == .serviceUnavailable)
        #expect(ProtocolFault.noRoom.answer.head.headers["retry-after"] == ["5"])
    }

    @Test("An idle connection is closed for a new one beyond the limit too")
    func idleGivesWay() throws {
        let registry = ConnectionRegistry(settings: ConnectionSettings(most: 1), proxies: TrustedProxies())
        _ = try registry.admit(caller("198.51.100.1", registry)).get()
        _ = try registry.admit(caller("198.51.100.2", registry)).get()
    }
}
