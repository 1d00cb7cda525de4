import HTTPTypes
import Hummingbird
import NIOCore

/// Sends `100 Continue` when a route begins to read the body, and not before.
///
/// If the route answers without reading, for example because the announced body is too large, the body is then never sent
/// (RFC 9110 §10.1.1).
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
        request.body = RequestBody(asyncSequence: AwaitedBody(body: request.body, channel: context.channel))
        return try await next(request, context)
    }
}

/// A body whose client waits to be asked before sending it.
private struct AwaitedBody: AsyncSequence, Sendable {
    struct AsyncIterator: AsyncIteratorProtocol {
        var body: RequestBody.AsyncIterator
        var asks: (() -> Void)?

        mutating func next() async throws -> ByteBuffer? {
            asks?()
            asks = nil
            return try await body.next()
        }
    }

    let body: RequestBody
    let channel: any Channel

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator()) {
            channel.triggerUserOutboundEvent(ConnectionHandler.WantsBody(), promise: nil)
        }
    }
}
