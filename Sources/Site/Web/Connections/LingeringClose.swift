import Foundation
import NIOCore

/// Stands between the socket and the parser: ends a connection so that the last answer reaches the client.
///
/// A socket that is closed while the client still sends makes the system reset the connection, and the client may lose the
/// answer (RFC 9112 §9.6). So the sending side is closed first; then a little of what still arrives is dropped, then nothing is
/// read any more, and soon after the connection is closed whatever the client does.
final class LingeringClose: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State { case open, discarding, flushing, lingering }

    private static let time = TimeAmount.seconds(2)
    private static let mostDiscarded = 262_144

    private var state = State.open
    private var context: ChannelHandlerContext?
    private var discarded = 0
    private var isInputClosed = false
    private var lingers = true
    private var timer: Scheduled<Void>?
    private var hasLineEnded = false
    /// The length of the request line as far as it has arrived, bytes; 0 where requests arrive together.
    private(set) var lineLength = 0
    /// Whether the request line ended with a line feed alone; false where requests arrive together.
    private(set) var hasBareLineFeed = false
    private var lastByte: UInt8?

    /// Whether the last answer was written and the connection is about to end.
    var isClosing: Bool { state == .flushing || state == .lingering }

    /// From here on the next line to come is a request line.
    func startLine() { (hasLineEnded, lineLength, hasBareLineFeed, lastByte) = (false, 0, false, nil) }

    /// Keeps what arrives from the parser.
    func discard() {
        guard state == .open else { return }
        state = .discarding
        context?.read()
    }

    /// Closes once what was written has gone out.
    ///
    /// - Parameter lingers: whether to wait a little for the client to read the answer and close.
    func closeAfterFlush(lingers: Bool = true) {
        guard !isClosing, let context else { return }
        self.lingers = lingers
        discard()
        state = .flushing
        whenFlushed { [self] in waitForClient() }
    }

    /// Calls back when everything that was written has gone out, or the connection has ended.
    func whenFlushed(_ body: @escaping () -> Void) {
        guard let context else { return }
        let flushed = context.eventLoop.makePromise(of: Void.self)
        // An empty buffer comes behind everything that was written.
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(capacity: 0)), promise: flushed)
        flushed.futureResult.assumeIsolated().whenComplete { _ in body() }
    }

    /// Closes at once.
    func abort() { context?.close(promise: nil) }

    /// Closes at once, and has the system drop what the client has not taken, which it would keep for minutes.
    func reset() {
        let socket = context?.channel as? any SocketOptionProvider
        _ = socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        abort()
    }

    private func waitForClient() {
        guard let context, state == .flushing else { return }
        guard lingers, !isInputClosed else { return abort() }
        state = .lingering
        context.close(mode: .output, promise: nil)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.time) { [self] in abort() }
        context.read()
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state == .open else {
            discarded += unwrapInboundIn(data).readableBytes
            return
        }
        if !hasLineEnded {
            let bytes = unwrapInboundIn(data).readableBytesView
            let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
            hasLineEnded = end != nil
            let line = bytes[..<(end ?? bytes.endIndex)]
            lineLength += line.count
            lastByte = line.last ?? lastByte
            hasBareLineFeed = hasLineEnded && lastByte != UInt8(ascii: "\r")
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // What was passed on before is delivered with this.
        context.fireChannelReadComplete()
        if state != .open { read(context: context) }
    }

    func read(context: ChannelHandlerContext) {
        guard state == .open || discarded < Self.mostDiscarded else { return }
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            isInputClosed = true
            if state == .lingering { return abort() }
        }
        context.fireUserInboundEventTriggered(event)
    }
}
