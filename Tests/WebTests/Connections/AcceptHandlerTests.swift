import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Web

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct AcceptHandlerTests {
    /// Counts how often the socket is asked for connections.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = Never
        var reads = 0

        func read(context: ChannelHandlerContext) { reads += 1 }
    }

    private func listening(most: Int) throws -> (EmbeddedChannel, ReadCounter, ConnectionRegistry) {
        let settings = ConnectionSettings(most: most)
        let registry = ConnectionRegistry(settings: settings, proxies: TrustedProxies())
        let counter = ReadCounter()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let channel = EmbeddedChannel(handlers: [
            counter, AcceptHandler(registry: registry, settings: settings, logger: logger),
        ])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        counter.reads = 0
        return (channel, counter, registry)
    }

    @Test("Without descriptors accepting pauses, and goes on by itself", arguments: [EMFILE, ENFILE, ENOMEM, ENOBUFS])
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

    @Test("A caller that has hung up changes nothing")
    func hungUp() throws {
        let (channel, counter, _) = try listening(most: 100)
        channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNABORTED, reason: "accept"))
        channel.read()
        #expect(counter.reads == 1)
    }

    @Test("At the limit accepting waits until a connection closes")
    func full() throws {
        let (channel, counter, registry) = try listening(most: 2)
        let accepted = (0..<2).map { _ in EmbeddedChannel() }
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
}
