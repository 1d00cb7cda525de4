import Logging
import NIOCore
import NIOHTTP1

/// Handles one HTTP/1 connection between the parser and the application: rejects what RFC 9112 forbids, enforces the
/// timeouts, and decides when the connection closes.
///
/// Faults in a head are answered here. Faults in a body become an error of the body that the application reads, so the route
/// can answer them in its own way; the connection closes after that answer.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Signals that the application is about to read a body whose client waits for `100 Continue`.
    struct WantsBody: Sendable {}

    // How long an idle connection may still begin a request at shutdown: one may already be on its way.
    private static let lastRequests = TimeAmount.milliseconds(250)
    private static let shortestWait = TimeAmount.milliseconds(10)

    private let settings: ConnectionSettings
    private let registry: ConnectionRegistry
    /// The registered connection; nil when it was refused and only gets the reason.
    private let entry: ConnectionRegistry.Entry?
    /// Why it was refused.
    private let refusal: ProtocolFault?
    private let lingering: LingeringClose
    private let logger: Logger

    /// Requests that were passed on but not yet answered, in order.
    private var pending = CircularBuffer<RequestFraming>(initialCapacity: 2)
    /// Whether the body of the last pending request is incomplete.
    private var isBodyArriving = false
    private var bodyReceived = 0
    /// Whether an answer has begun and not ended.
    private var isAnswering = false
    /// Whether the last answer is written but not completely sent: the client is still reading it.
    private var isDelivering = false
    /// Whether part of a further head arrived while requests were pending.
    private var hasPartialHead = false
    /// Whether the parser produced something since the last read.
    private var hasParsed = false
    /// Whether no further request is accepted after the pending ones.
    private var isLast = false
    /// A fault to report after the answers that come before it.
    private var fault: (fault: ProtocolFault, omitsBody: Bool)?

    // Deadlines; nil when not running.
    private var headDeadline: NIODeadline?
    private var idleDeadline: NIODeadline?
    private var bodyWatch = StallWatch()
    private var writeWatch = StallWatch()
    private var bodyWritten = 0
    private var timer: Scheduled<Void>?
    private var timerDeadline = NIODeadline.distantFuture

    init(
        settings: ConnectionSettings,
        registry: ConnectionRegistry,
        admission: Result<ConnectionRegistry.Entry, ProtocolFault>,
        lingering: LingeringClose,
        logger: Logger
    ) {
        (self.settings, self.registry) = (settings, registry)
        switch admission {
        case .success(let entry): (self.entry, refusal) = (entry, nil)
        case .failure(let fault): (entry, refusal) = (nil, fault)
        }
        (self.lingering, self.logger) = (lingering, logger)
    }

    // MARK: Reading

    func channelActive(context: ChannelHandlerContext) {
        // A new client gets no more time for its first request than for a head.
        idleDeadline = context.eventLoop.now + settings.headTimeout
        arm(context)
        context.fireChannelActive()
        if let refusal {
            refuse(context, refusal, omitsBody: false)
        } else if registry.isDraining {
            drain(context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasParsed = true
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard !isLast else { return }
            headDeadline = nil
            hasPartialHead = false
            do {
                let framing = try RequestFraming(head)
                if pending.isEmpty { entry?.markBusy() }
                pending.append(framing)
                isBodyArriving = true
                bodyReceived = 0
                isLast = framing.closes || registry.isDraining
            } catch {
                return refuse(context, error, omitsBody: head.method == .HEAD)
            }
        case .body(let buffer):
            guard isBodyArriving else { return }
            bodyReceived += buffer.readableBytes
        case .end:
            guard isBodyArriving else { return }
            isBodyArriving = false
            bodyWatch.end()
            lingering.startLine()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isBodyArriving {
            if bodyWatch.deadline == nil {
                bodyWatch.begin(at: 0, context.eventLoop.now, settings.bodyTimeout)
                arm(context)
            }
        } else if !hasParsed, !isLast {
            // Bytes arrived that did not complete a head.
            if !pending.isEmpty {
                hasPartialHead = true
            } else if headDeadline == nil {
                headDeadline = context.eventLoop.now + settings.headTimeout
                arm(context)
            }
        }
        hasParsed = false
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        var fault =
            (error as? HTTPParserError).map {
                ProtocolFault($0, isInTarget: lingering.lineLength > ConnectionSettings.longestTarget)
            }
            ?? .connectionLost
        // The parser takes a bare line feed for part of the version.
        if fault == .unsupportedVersion, lingering.hasBareLineFeed { fault = .malformed }
        if isBodyArriving {
            failBody(context, fault)
        } else if fault == .connectionLost {
            context.fireErrorCaught(fault)
        } else if !isLast {
            refuse(context, fault, omitsBody: false)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        // Without an error the application would take the part that has arrived for the whole body.
        if isBodyArriving { failBody(context, .connectionLost) }
        context.fireChannelInactive()
    }

    /// Answers a fault once the requests before it are answered.
    private func refuse(_ context: ChannelHandlerContext, _ fault: ProtocolFault, omitsBody: Bool) {
        logger.debug("Refused a request", metadata: ["fault": "\(fault)"])
        isLast = true
        lingering.discard()
        self.fault = (fault, omitsBody)
        if pending.isEmpty { finish(context) }
    }

    /// Tells the application that the body will not be completed.
    private func failBody(_ context: ChannelHandlerContext, _ fault: ProtocolFault) {
        logger.debug("A body did not arrive", metadata: ["fault": "\(fault)"])
        isLast = true
        isBodyArriving = false
        bodyWatch.end()
        lingering.discard()
        context.fireErrorCaught(fault)
    }

    // MARK: Writing

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let framing = pending.first else {
            // The connection is closing, so nobody waits for this.
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where (100..<200).contains(head.status.code):
            context.write(data, promise: promise)
        case .head(var head):
            if !canKeepAlive(framing) { isLast = true }
            if framing.isOld, head.headers["content-length"].isEmpty {
                // HTTP/1.0 has no chunked coding: closing the connection ends the body.
                head.version = .http1_0
                isLast = true
            }
            if isLast, pending.count == 1 {
                head.headers.replaceOrAdd(name: "connection", value: "close")
            } else if framing.isOld {
                head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
            }
            isAnswering = true
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let body):
            bodyWritten += body.readableBytes
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            isAnswering = false
            pending.removeFirst()
            if pending.isEmpty { finish(context) }
        }
    }

    /// Whether the unread rest of the body is so small that reading it costs less than a new connection.
    private func canKeepAlive(_ framing: RequestFraming) -> Bool {
        guard pending.count == 1, isBodyArriving else { return true }
        guard let length = framing.length, !framing.expectsContinue else { return false }
        return length - bodyReceived <= ConnectionSettings.smallRemainder
    }

    /// Continues when all requests are answered: waits for the next request, or closes.
    private func finish(_ context: ChannelHandlerContext) {
        if let (fault, omitsBody) = fault {
            self.fault = nil
            let (head, body) = fault.answer
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if !omitsBody { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
            context.write(wrapOutboundOut(.end(nil)), promise: nil)
        }
        if isLast {
            // A refused connection keeps its slot only until its answer is sent.
            lingering.closeAfterFlush(lingers: entry != nil)
        } else {
            isDelivering = true
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard isDelivering, pending.isEmpty else { return }
        guard buffered(context) > 0 else { return delivered(context) }
        arm(context)
        lingering.whenFlushed { [self] in
            if isDelivering, pending.isEmpty, buffered(context) == 0 { delivered(context) }
        }
    }

    /// The client has received its answer; the idle timeout starts now.
    private func delivered(_ context: ChannelHandlerContext) {
        isDelivering = false
        writeWatch.end()
        guard !isLast else { return }
        let now = context.eventLoop.now
        entry?.markIdle(now)
        if headDeadline != nil || hasPartialHead { headDeadline = now + settings.headTimeout }
        hasPartialHead = false
        idleDeadline = now + settings.idleTimeout
        // Otherwise the running timer fires earlier and picks up the new deadline.
        if let deadline = waitsUntil, deadline < timerDeadline { arm(context) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable, writeWatch.deadline == nil {
            _ = isStalled(context, context.eventLoop.now)
            arm(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output:
            // The application has answered its last request.
            isLast = true
            lingering.closeAfterFlush()
            promise?.succeed()
        case .all where lingering.isClosing:
            context.channel.closeFuture.cascade(to: promise)
        default:
            context.close(mode: mode, promise: promise)
        }
    }

    // MARK: Events

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: drain(context)
        case ConnectionRegistry.Event.giveWay:
            if pending.isEmpty, !isDelivering { lingering.abort() }
        case ConnectionRegistry.Event.abort: lingering.reset()
        default:
            if event as? ChannelEvent == .inputClosed { isLast = true }
            context.fireUserInboundEventTriggered(event)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is WantsBody else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if pending.first?.expectsContinue == true, !isAnswering {
            pending[pending.startIndex].expectsContinue = false
            if isBodyArriving, bodyReceived == 0 {
                let head = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            }
        }
        promise?.succeed()
    }

    /// Accepts no further request; closes at once when none has begun.
    private func drain(_ context: ChannelHandlerContext) {
        guard pending.isEmpty else {
            isLast = true
            return
        }
        guard !lingering.isClosing else { return }
        guard !isDelivering else {
            isLast = true
            return lingering.closeAfterFlush()
        }
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.lastRequests) { [self] in
            if pending.isEmpty, headDeadline == nil, !isDelivering, !lingering.isClosing { lingering.abort() }
        }
    }

    // MARK: Time

    /// When the wait for a request times out; nil while requests are being answered or their answers read.
    private var waitsUntil: NIODeadline? {
        guard pending.isEmpty, !isDelivering, !lingering.isClosing else { return nil }
        return headDeadline ?? idleDeadline
    }

    /// Schedules a check for the next deadline.
    private func arm(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        var next = waitsUntil ?? now + settings.writeTimeout
        if let deadline = bodyWatch.deadline { next = min(next, deadline) }
        if let deadline = writeWatch.deadline { next = min(next, deadline) }
        // An event loop runs all due tasks before anything else, so a task that is always due would block it.
        next = max(next, now + Self.shortestWait)
        guard timer == nil || next < timerDeadline else { return }
        timer?.cancel()
        timerDeadline = next
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: next) { [self] in
            timer = nil
            if context.channel.isActive { check(context) }
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        if isStalled(context, now) {
            logger.debug("A client did not read its answer")
            return lingering.reset()
        }
        if isBodyArriving, bodyWatch.isStalled(at: bodyReceived, now, settings.bodyTimeout) {
            failBody(context, .bodyTimeout)
        } else if let deadline = waitsUntil, now >= deadline {
            guard headDeadline != nil else { return lingering.abort() }
            refuse(context, .headTimeout, omitsBody: false)
        }
        arm(context)
    }

    /// Whether the client has read too little of its answer.
    private func isStalled(_ context: ChannelHandlerContext, _ now: NIODeadline) -> Bool {
        let buffered = buffered(context)
        guard buffered > 0 else {
            writeWatch.end()
            return false
        }
        return writeWatch.isStalled(at: bodyWritten - buffered, now, settings.writeTimeout)
    }

    /// How many bytes are waiting to be sent.
    private func buffered(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
