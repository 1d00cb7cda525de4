package import HTTPTypes
package import Hummingbird
package import NIOCore

/// A page before it is sent.
package struct RenderedPage: Sendable {
    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: ByteBuffer

    package init(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    /// The page as a response.
    package var response: Response { Response(status: status, headers: headers, body: .init(byteBuffer: body)) }

    /// Whether the page may be sent to other readers: a page that was found, sets no cookie and says nothing against it.
    package var isShareable: Bool {
        guard status == .ok, headers[.setCookie] == nil else { return false }
        let control = headers[.cacheControl] ?? ""
        return !control.contains("private") && !control.contains("no-store")
    }
}
