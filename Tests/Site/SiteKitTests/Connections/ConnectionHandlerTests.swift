import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// A connection without a socket, with a clock that the test moves.
@Suite struct ConnectionHandlerTests {
    private let settings = ConnectionSettings(
        maxPerAddress: 2,
        headTimeout: .seconds(3),
        bodyTimeout: .seconds(4),
        idleTimeout: .seconds(10),
        writeTimeout: .seconds(5)
    )

    private func connection(
        _ registry: ConnectionRegistry? = nil,
        from address: String = "192.0.2.1"
    ) throws -> EmbeddedChannel {
        let registry = registry ?? ConnectionRegistry(settings: settings, proxies: TrustedProxies())
        let channel = EmbeddedChannel()
        channel.remoteAddress = try SocketAddress(ipAddress: address, port: 50_000)
        try PortalChannel.addHandlers(
            to: channel,
            settings,
            registry,
            Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try channel.connect(to: SocketAddress(ipAddress: address, port: 50_000)).wait()
        return channel
    }

    private func send(_ text: String, _ channel: EmbeddedChannel) throws {
        _ = try? channel.writeInbound(ByteBuffer(string: text.replacing("\n", with: "\r\n")))
    }

    private func sent(_ channel: EmbeddedChannel) throws -> String {
        var text = ""
        while let part = try channel.readOutbound(as: IOData.self) {
            if case .byteBuffer(let buffer) = part { text += String(buffer: buffer) }
        }
        return text
    }

    private func answer(_ channel: EmbeddedChannel, status: HTTPResponseStatus = .ok) throws {
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: ["content-length": "0"])
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        channel.embeddedEventLoop.run()
    }

    private func isOpen(_ channel: EmbeddedChannel) -> Bool {
        channel.embeddedEventLoop.run()
        return channel.isActive
    }

    private let request = "GET / HTTP/1.1\nHost: a\n\n"

    @Test("A connection without a request is closed silently, one with an incomplete request gets 408")
    func headTimeout() throws {
        let silent = try connection()
        silent.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(try sent(silent).isEmpty)
        silent.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(try sent(silent).isEmpty)
        #expect(!isOpen(silent))

        let slow = try connection()
        try send("GET / HTTP/1.1\n", slow)
        slow.embeddedEventLoop.advanceTime(by: .seconds(4))
        #expect(try sent(slow).hasPrefix("HTTP/1.1 408 "))
    }

    @Test("A slowly trickling head gets no more time")
    func trickle() throws {
        let channel = try connection()
        try send("GET / HTTP/1.1\n", channel)
        for _ in 0..<4 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try send("X: y\n", channel)
        }
        #expect(try sent(channel).hasPrefix("HTTP/1.1 408 "))
    }

    @Test("A request being answered has no deadline; the time between requests has")
    func idle() throws {
        let channel = try connection()
        try send(request, channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        try answer(channel)
        let text = try sent(channel)
        #expect(text.hasPrefix("HTTP/1.1 200 "))
        #expect(!text.contains("connection: close"))
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(isOpen(channel))
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!isOpen(channel))
    }

    @Test("A stalled body becomes an error of the body, and the connection closes after the answer")
    func bodyTimeout() throws {
        let channel = try connection()
        let errors = ErrorCollector()
        try channel.pipeline.syncOperations.addHandler(errors)
        try send("POST / HTTP/1.1\nHost: a\nContent-Length: 100000\n\nabc", channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(errors.faults == [.bodyTimeout])
        #expect(try sent(channel).isEmpty)
        try answer(channel, status: .requestTimeout)
        #expect(try sent(channel).contains("connection: close"))
    }

    @Test("Enough bytes in each period keep a body alive")
    func steadyBody() throws {
        let channel = try connection()
        let errors = ErrorCollector()
        try channel.pipeline.syncOperations.addHandler(errors)
        try send("POST / HTTP/1.1\nHost: a\nContent-Length: 100000\n\n", channel)
        for _ in 0..<20 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(2))
            try send(String(repeating: "x", count: 2_500), channel)
        }
        #expect(errors.faults.isEmpty)
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        #expect(errors.faults == [.bodyTimeout])
    }

    @Test("When the client disconnects within a body, the body ends with an error")
    func lostBody() throws {
        let channel = try connection()
        let errors = ErrorCollector()
        try channel.pipeline.syncOperations.addHandler(errors)
        try send("POST / HTTP/1.1\nHost: a\nContent-Length: 100\n\nabc", channel)
        channel.pipeline.fireChannelInactive()
        #expect(!errors.faults.isEmpty)
    }

    @Test("Only a connection without a request is closed to make room")
    func givesWay() throws {
        let channel = try connection()
        try send(request, channel)
        channel.pipeline.fireUserInboundEventTriggered(ConnectionRegistry.Event.giveWay)
        #expect(isOpen(channel))
        try answer(channel)
        channel.pipeline.fireUserInboundEventTriggered(ConnectionRegistry.Event.giveWay)
        #expect(!isOpen(channel))
    }

    @Test("At shutdown idle connections end soon and pending requests are still answered")
    func drain() throws {
        let idle = try connection()
        idle.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(isOpen(idle))
        idle.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!isOpen(idle))

        let busy = try connection()
        try send(request, busy)
        busy.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        busy.embeddedEventLoop.advanceTime(by: .seconds(5))
        try answer(busy)
        #expect(try sent(busy).contains("connection: close"))
    }

    /// A connection with a complete answer of 100 kB that its client has not read.
    private func unread() throws -> (channel: EmbeddedChannel, gate: FlushGate) {
        let channel = try connection()
        let gate = FlushGate()
        try channel.pipeline.syncOperations.addHandler(gate, position: .first)
        gate.isShut = true
        try send(request, channel)
        let body = ByteBuffer(repeating: 0x61, count: 100_000)
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["content-length": "100000"])
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        channel.embeddedEventLoop.run()
        return (channel, gate)
    }

    @Test("A client that begins a request without reading its answer does not block the event loop")
    func unreadAnswer() throws {
        let (channel, _) = try unread()
        try send("G", channel)
        // An event loop with a task that is always due would never return from this.
        for _ in 0..<4 { channel.embeddedEventLoop.advanceTime(by: .seconds(1)) }
        #expect(isOpen(channel))
        for _ in 0..<8 { channel.embeddedEventLoop.advanceTime(by: .seconds(1)) }
        #expect(!isOpen(channel))
    }

    @Test("The idle timeout begins when the answer has been sent")
    func slowlyReadAnswer() throws {
        let (channel, gate) = try unread()
        channel.embeddedEventLoop.advanceTime(by: .seconds(4))
        try send("GET / HT", channel)
        gate.open()
        #expect(try sent(channel).hasSuffix("aaa"))
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        try send("TP/1.1\nHost: a\n\n", channel)
        try answer(channel)
        #expect(try sent(channel).hasPrefix("HTTP/1.1 200 "))
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(isOpen(channel))
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!isOpen(channel))
    }

    @Test("An answer that the client is still reading is not cut off, neither for another connection nor at shutdown")
    func delivery() throws {
        let (channel, gate) = try unread()
        channel.pipeline.fireUserInboundEventTriggered(ConnectionRegistry.Event.giveWay)
        #expect(isOpen(channel))
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(isOpen(channel))
        gate.open()
        #expect(try sent(channel).hasSuffix("aaa"))
        channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        #expect(!isOpen(channel))
    }

    @Test("A further head that stops half-way gets 408 soon after the previous answer")
    func partialHead() throws {
        let channel = try connection()
        try send(request, channel)
        try send("GET / HT", channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(6))
        try answer(channel)
        #expect(try sent(channel).hasPrefix("HTTP/1.1 200 "))
        channel.embeddedEventLoop.advanceTime(by: .seconds(4))
        #expect(try sent(channel).hasPrefix("HTTP/1.1 408 "))
    }

    @Test("Addresses of one /64 IPv6 network count together")
    func networks() throws {
        let registry = ConnectionRegistry(settings: settings, proxies: try #require(TrustedProxies("10.0.0.0/8")))
        var channels: [EmbeddedChannel] = []
        func isRefused(_ address: String) throws -> Bool {
            let channel = try connection(registry, from: address)
            channels.append(channel)
            try send(request, channel)
            return try sent(channel).hasPrefix("HTTP/1.1 429 ")
        }
        #expect(try !isRefused("2001:db8:0:1::1"))
        #expect(try !isRefused("2001:db8:0:1::2"))
        #expect(try isRefused("2001:db8:0:1:ffff::3"))
        #expect(try !isRefused("2001:db8:0:2::1"))
        for _ in 0..<5 { #expect(try !isRefused("10.1.2.3")) }
        channels[0].pipeline.fireUserInboundEventTriggered(ConnectionRegistry.Event.abort)
        channels[0].embeddedEventLoop.run()
        #expect(try !isRefused("2001:db8:0:1::4"))
    }
}

/// Collects the errors that reach the application.
private final class ErrorCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    private(set) var faults: [ProtocolFault] = []

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let fault = error as? ProtocolFault { faults.append(fault) }
    }
}

/// Holds back writes while closed, like the socket of a client that does not read.
private final class FlushGate: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    var isShut = false
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func flush(context: ChannelHandlerContext) {
        if !isShut { context.flush() }
    }

    func open() {
        isShut = false
        context?.flush()
        context?.eventLoop.assumeIsolated().execute {}
    }
}
