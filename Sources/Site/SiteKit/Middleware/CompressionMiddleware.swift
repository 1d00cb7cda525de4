import Gzip
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import Synchronization

/// Compresses text for clients that accept gzip; large responses with an ETag are compressed once and kept.
final class CompressionMiddleware: RouterMiddleware {
    typealias Context = PortalContext

    /// Below this size compression costs more than it saves, bytes.
    private static let least = 1_024
    /// From this size on compression runs off the event loop and its result is kept, bytes.
    private static let large = 32_768
    /// The maximum number of compressed bodies kept; beyond that the cache is emptied.
    private static let maxKept = 64

    private let kept = Mutex<[String: ByteBuffer]>([:])

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        // Some routes compress their answers themselves, such as tiles.
        guard !context.route.isPacked, request.method == .get else {
            return try await next(request, context)
        }
        guard Negotiation.acceptsGzip(request.headers) else {
            var response = try await next(request, context)
            if response.status == .notModified || isWorthPacking(response) { Self.varies(&response) }
            return response
        }
        // The compressed body has an ETag of its own (RFC 9110 §8.8.3), which contains that of the plain body.
        let known = request.headers[.ifNoneMatch]
        var head = request.head
        if let known { head.headerFields[.ifNoneMatch] = EntityTags.unpacked(known) }
        var response = try await next(Request(head: head, body: request.body), context)
        if response.status == .notModified {
            if let known, EntityTags.namesPacked(known) { mark(&response) }
            Self.varies(&response)
        }
        if response.headers[.contentEncoding] == "gzip" { mark(&response) }
        guard isWorthPacking(response) else { return response }
        let key = response.headers[.eTag].map { $0 + request.uri.string }
        guard let packed = try await packed(response, key: key) else { return response }
        mark(&response)
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = String(packed.readableBytes)
        Self.varies(&response)
        response.body = .init(byteBuffer: packed)
        return response
    }

    private func isWorthPacking(_ response: Response) -> Bool {
        guard response.headers[.contentEncoding] == nil, let length = response.body.contentLength,
            length >= Self.least, let type = response.headers[.contentType]
        else { return false }
        let essence = MediaType.essence(type)
        return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence.hasSuffix("xml")
    }

    // Also set on plain bodies: a cache may reuse them only for clients that want them (RFC 9110 §12.5.5).
    private static func varies(_ response: inout Response) {
        let name = "Accept-Encoding"
        guard let vary = response.headers[.vary] else {
            response.headers[.vary] = name
            return
        }
        if !vary.contains(name) { response.headers[.vary] = vary + ", " + name }
    }

    private func packed(_ response: Response, key: String?) async throws -> ByteBuffer? {
        if let key, let known = kept.withLock({ $0[key] }) { return known }
        let collected = CollectedBody()
        try await response.body.write(collected)
        let body = collected.bytes
        if body.readableBytes < Self.large { return Gzip.pack(body, level: 4) }
        let packed = try await NIOThreadPool.singleton.runIfActive { Gzip.pack(body, level: 6) }
        if let key, let packed {
            kept.withLock { kept in
                if kept.count >= Self.maxKept { kept = [:] }
                kept[key] = packed
            }
        }
        return packed
    }

    private func mark(_ response: inout Response) {
        guard let tag = response.headers[.eTag], tag.hasSuffix("\"") else { return }
        response.headers[.eTag] = EntityTags.packed(tag)
    }
}

/// Collects a body as it is written.
private final class CollectedBody: ResponseBodyWriter {
    private let buffer = Mutex(ByteBuffer())

    var bytes: ByteBuffer { buffer.withLock { $0 } }

    func write(_ part: ByteBuffer) async throws { buffer.withLock { _ = $0.writeImmutableBuffer(part) } }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
