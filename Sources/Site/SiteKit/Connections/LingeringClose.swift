import Foundation
import NIOCore

/// Closes a connection so that the last answer reaches the client; stands between the socket and the parser.
///
/// Closing a socket while the client is still sending makes the system reset the connection, and the client may lose the
/// answer (RFC 9112 §9.6). So this handler closes the sending side first, discards a limited amount of further input, then
/// stops reading, and soon afterwards closes the connection whatever the client does.
final class LingeringClose: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State { case open, discarding, flushing, lingering }

    private static let time = TimeAmount.seconds(2)
    private static let maxDiscarded = 262_144

    private var state = State.open
    private var context: ChannelHandlerContext?
    private var discarded = 0
    private var isInputClosed = false
    private var lingers = true
    private var timer: Scheduled<Void>?
    private var hasLineEnded = false
    /// The length so far of the request line, bytes; 0 for pipelined requests.
    package private(set) var lineLength = 0
    /// Whether the request line ended with a bare line feed; false for pipelined requests.
    package private(set) var hasBareLineFeed = false
    private var lastByte: UInt8?

    /// Whether the last answer was written and the connection is about to end.
    var isClosing: Bool { state == .flushing || state == .lingering }

    /// Records that the next line to arrive is a request line.
    func startLine() { (hasLineEnded, lineLength, hasBareLineFeed, lastByte) = (false, 0, false, nil) }

    /// Stops passing input to the parser.
    func discard() {
        guard state == .open else { return }
        state = .discarding
        context?.read()
    }

    /// Closes once everything that was written has been sent.
    ///
    /// - Parameter lingers: whether to wait a little for the client to read the answer and close.
    func closeAfterFlush(lingers: Bool = true) {
        guard !isClosing, let context else { return }
        self.lingers = lingers
        discard()
        state = .flushing
        whenFlushed { [self] in waitForClient() }
    }

    /// Calls back when everything that was written has been sent, or the connection has closed.
    func whenFlushed(_ body: @escaping () -> Void) {
        guard let context else { return }
        let flushed = context.eventLoop.makePromise(of: Void.self)
        // This empty buffer is queued behind everything that was written.
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(capacity: 0)), promise: flushed)
        flushed.futureResult.assumeIsolated().whenComplete { _ in body() }
    }

    /// Closes immediately.
    func abort() { context?.close(promise: nil) }

    /// Closes immediately and makes the system drop unsent data, which it would otherwise keep for minutes.
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
        // Delivers what was passed on before.
        context.fireChannelReadComplete()
        if state != .open { read(context: context) }
    }

    func read(context: ChannelHandlerContext) {
        guard state == .open || discarded < Self.maxDiscarded else { return }
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
