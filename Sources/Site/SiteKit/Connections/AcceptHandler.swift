import Logging
import NIOCore
import NIOPosix

/// Accepts connections while there is room, and stops accepting at shutdown without losing any; first in the pipeline of the
/// listening socket.
///
/// Accepting pauses when no descriptor is left: otherwise the event loop would keep being woken for the connections that
/// wait.
final class AcceptHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    private static let pause = TimeAmount.milliseconds(200)
    // Long enough for the loop to accept connections that the system has already established.
    private static let lastAccepts = TimeAmount.milliseconds(50)
    private static let calm = TimeAmount.seconds(10)
    // After the drain timeout, for computations whose connections are closed by now.
    private static let lastComputing = TimeAmount.seconds(2)

    private let registry: ConnectionRegistry
    private let settings: ConnectionSettings
    private let logger: Logger
    private let abandon: @Sendable () -> Void
    private var isReadWanted = false
    private var isPaused = false
    private var isWaitingForRoom = false
    private var lastShortage: NIODeadline?
    private var lastFull: NIODeadline?
    private var isWatching = false
    private var closing: EventLoopPromise<Void>?

    /// - Parameter abandon: ends the process when requests are still being computed after all timeouts: a computation cannot
    ///   be stopped from outside.
    init(
        registry: ConnectionRegistry,
        settings: ConnectionSettings,
        logger: Logger,
        abandon: @escaping @Sendable () -> Void = {}
    ) {
        (self.registry, self.settings, self.logger, self.abandon) = (registry, settings, logger, abandon)
    }

    /// Adds a handler in front of the server's own accept handler.
    static func add(
        to channel: any Channel,
        _ registry: ConnectionRegistry,
        _ settings: ConnectionSettings,
        _ logger: Logger,
        abandon: @escaping @Sendable () -> Void
    ) async {
        let added = channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(
                AcceptHandler(registry: registry, settings: settings, logger: logger, abandon: abandon),
                position: .first
            )
        }
        do { try await added.get() } catch {
            logger.error("Connections are not limited", metadata: ["error": "\(error)"])
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        registry.accept(unwrapInboundIn(data))
        if registry.isCrowded { noteFull(context) }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        guard !isPaused else {
            isReadWanted = true
            return
        }
        if closing == nil, FileDescriptors.areScarce {
            isReadWanted = true
            return pause(context)
        }
        guard registry.isFull, closing == nil else { return context.read() }
        isReadWanted = true
        waitForRoom(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError else { return context.fireErrorCaught(error) }
        // ECONNABORTED: the client has already closed the connection.
        guard error.errnoCode != ECONNABORTED else { return }
        guard FileDescriptors.areUsedUp(error.errnoCode) else { return context.fireErrorCaught(error) }
        logger.debug("Accepting failed", metadata: ["error": "\(error)"])
        pause(context)
    }

    private func pause(_ context: ChannelHandlerContext) {
        if lastShortage == nil {
            logger.warning(
                "Out of file descriptors: no connection is accepted until others close",
                metadata: [
                    "descriptors": "\(FileDescriptors.limit)", "connections": "\(registry.count)",
                ]
            )
        }
        lastShortage = context.eventLoop.now
        watchEpisodes(context)
        isPaused = true
        registry.makeRoom(8)
        resume(context, in: Self.pause)
    }

    private func resume(_ context: ChannelHandlerContext, in time: TimeAmount) {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { [self] in
            isPaused = false
            guard isReadWanted, context.channel.isActive else { return }
            isReadWanted = false
            read(context: context)
        }
    }

    private func noteFull(_ context: ChannelHandlerContext) {
        if lastFull == nil {
            logger.warning(
                "All connections are taken: others are refused until some close",
                metadata: ["connections": "\(settings.most)"]
            )
        }
        lastFull = context.eventLoop.now
        watchEpisodes(context)
    }

    private func waitForRoom(_ context: ChannelHandlerContext) {
        noteFull(context)
        guard !isWaitingForRoom else { return }
        isWaitingForRoom = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        registry.whenRoom {
            loop.execute {
                let (handler, context) = bound.value
                handler.isWaitingForRoom = false
                handler.lastFull = loop.now
                guard handler.isReadWanted, !handler.isPaused, context.channel.isActive else { return }
                handler.isReadWanted = false
                handler.read(context: context)
            }
        }
        // A connection may have closed since the count was read.
        if !registry.isFull { registry.roomMade() }
        registry.makeRoom(1 + settings.most / 64)
    }

    /// Closes once each accepted connection has reached the application; closing earlier would lose those in between.
    private func closeWhenSettled(_ context: ChannelHandlerContext, _ closed: EventLoopPromise<Void>, attempts: Int) {
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.lastAccepts) { [self] in
            guard attempts > 0, registry.hasUnhandled else { return context.close(promise: closed) }
            closeWhenSettled(context, closed, attempts: attempts - 1)
        }
    }

    // The end of an episode is logged on time even when no further client connects.
    private func watchEpisodes(_ context: ChannelHandlerContext) {
        guard !isWatching else { return }
        isWatching = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.calm) { [self] in
            isWatching = false
            endEpisodes(context.eventLoop.now)
            if lastShortage != nil || lastFull != nil, context.channel.isActive { watchEpisodes(context) }
        }
    }

    /// Ends an episode after a while without shortage; only its beginning and its end are logged.
    private func endEpisodes(_ now: NIODeadline) {
        guard lastShortage != nil || lastFull != nil else { return }
        if let last = lastShortage, now - last >= Self.calm {
            lastShortage = nil
            logger.notice("File descriptors are available again")
        }
        if let last = lastFull, !isWaitingForRoom, now - last >= Self.calm {
            lastFull = nil
            logger.notice("Connections are available again")
        }
    }

    // MARK: Shutting down

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent { registry.beginDraining() }
        context.fireUserInboundEventTriggered(event)
    }

    /// Accepts what the system has already established before closing: those clients have begun their requests.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, registry.isDraining else { return context.close(mode: mode, promise: promise) }
        if let closing { return closing.futureResult.cascade(to: promise) }
        let closed = context.eventLoop.makePromise(of: Void.self)
        closing = closed
        closed.futureResult.cascade(to: promise)
        isPaused = false
        context.read()
        ListeningSocket.dropNewcomers(context.channel)
        closeWhenSettled(context, closed, attempts: 40)
        let (registry, logger, abandon, loop) = (registry, logger, abandon, context.eventLoop)
        context.eventLoop.scheduleTask(in: settings.drainTimeout) {
            let count = registry.abortAll()
            guard count > 0 else { return }
            logger.warning("Connections that did not end in time were closed", metadata: ["connections": "\(count)"])
            loop.scheduleTask(in: Self.lastComputing) {
                guard registry.handlingCount > 0 else { return }
                logger.warning("Requests are still being computed: the process ends without them")
                abandon()
            }
        }
    }
}
