import HTTPTypes
import Hummingbird
import NIOCore

/// Tells a client that waits for `100 Continue` to send its body when a route begins to read it, and not before.
///
/// A route that answers without reading, or a body that is announced as too large, then costs no transfer (RFC 9110 §10.1.1).
struct ContinueMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard request.method != .get, request.headers[.expect] != nil else {
            return try await next(request, context)
        }
        var request = request
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        request.body = RequestBody(
            asyncSequence: AwaitedBody(
                body: request.body,
                channel: context.channel,
                limit: context.maxUploadSize,
                isTooLarge: announced > context.maxUploadSize
            )
        )
        return try await next(request, context)
    }
}

/// A body whose client sends it only when it is asked to.
private struct AwaitedBody: AsyncSequence, Sendable {
    struct AsyncIterator: AsyncIteratorProtocol {
        var body: RequestBody.AsyncIterator
        var asks: (() throws -> Void)?

        mutating func next() async throws -> ByteBuffer? {
            try asks?()
            asks = nil
            return try await body.next()
        }
    }

    let body: RequestBody
    let channel: any Channel
    let limit: Int
    let isTooLarge: Bool

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator()) {
            if isTooLarge { throw NIOTooManyBytesError(maxBytes: limit) }
            channel.triggerUserOutboundEvent(ConnectionHandler.WantsBody(), promise: nil)
        }
    }
}
