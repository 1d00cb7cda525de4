import Civic
import Crypto
import Gzip
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A finished page as it is kept: plain, compressed from the first request that wants it compressed, and with its entity tag.
final class CachedPage: Sendable {
    /// Below this size compression saves no packet, bytes.
    private static let leastPacked = 1_024

    private let headers: HTTPFields
    private let plain: ByteBuffer
    private let packed = Mutex<ByteBuffer?>(nil)
    private let tag: String
    /// When the page must be made again, seconds since 1970; nil while the data stays the same.
    let expires: Int?

    init(_ page: RenderedPage, expires: Int?) {
        plain = page.body
        tag = "\"" + Self.digest(page.body) + "\""
        var headers = page.headers
        headers[.eTag] = tag
        headers[.vary] = [headers[.vary], "Accept-Encoding"].compactMap(\.self).joined(separator: ", ")
        self.headers = headers
        self.expires = expires
    }

    /// The memory that the page takes, bytes, with an allowance for its compressed form, its headers and its place in the cache.
    ///
    /// Markup shrinks to less than half.
    var size: Int { plain.readableBytes + plain.readableBytes / 2 + 1_024 }

    /// The answer to a request: 304 when the client has the page, otherwise the page in a coding that the client accepts.
    func response(to request: HTTPFields) -> Response {
        if EntityTags.known(request, tag) {
            var headers: HTTPFields = [.eTag: tag]
            for name in [HTTPField.Name.cacheControl, .vary, .contentLanguage] { headers[name] = self.headers[name] }
            return Response(status: .notModified, headers: headers)
        }
        guard Negotiation.acceptsGzip(request), let packed = compressed else {
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: plain))
        }
        var headers = headers
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: packed))
    }

    // Concurrent requests compress it too, rather than wait on an event loop.
    private var compressed: ByteBuffer? {
        guard plain.readableBytes >= Self.leastPacked else { return nil }
        if let packed = packed.withLock({ $0 }) { return packed }
        guard let made = Gzip.pack(plain, level: 6), made.readableBytes < plain.readableBytes / 2 else { return nil }
        packed.withLock { $0 = made }
        return made
    }

    private static func digest(_ body: ByteBuffer) -> String {
        var hash = SHA256()
        body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().prefix(12).hexadecimal
    }
}
