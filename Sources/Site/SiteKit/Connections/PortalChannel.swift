import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Sets up the server's connections: HTTP/1 with our limits and timeouts.
struct PortalChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let settings: ConnectionSettings
    let registry: ConnectionRegistry

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try Self.addHandlers(to: channel, settings, registry, logger)
            try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value: Value, logger: Logger) async {
        registry.beginHandling(value.channel)
        defer { registry.endHandling() }
        await handleHTTP(asyncChannel: value, logger: logger)
    }

    /// Adds the handlers between the socket and the application.
    static func addHandlers(
        to channel: any Channel,
        _ settings: ConnectionSettings,
        _ registry: ConnectionRegistry,
        _ logger: Logger
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        let lingering = LingeringClose()
        try pipeline.addHandler(lingering)
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = ConnectionSettings.largestField
        limits.maxHeaderListSize = ConnectionSettings.largestHeader
        limits.maxHeaderFieldCount = ConnectionSettings.maxFields
        try pipeline.configureHTTPServerPipeline(
            // Hummingbird answers the requests of a connection one at a time.
            withPipeliningAssistance: false,
            withErrorHandling: false,
            // Swift HTTP types can only hold valid fields.
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: limits
        )
        try pipeline.addHandler(
            ConnectionHandler(
                settings: settings,
                registry: registry,
                admission: registry.admit(channel),
                lingering: lingering,
                logger: logger
            )
        )
    }
}
