package import HTTPTypes
package import Hummingbird
package import NIOCore

/// A page before it is sent.
package struct RenderedPage: Sendable {
    /// The status of the response.
    package var status: HTTPResponse.Status
    /// The headers of the response.
    package var headers: HTTPFields
    /// The HTML.
    package var body: ByteBuffer

    /// Makes a page of its parts.
    package init(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    /// The page as a response.
    package var response: Response { Response(status: status, headers: headers, body: .init(byteBuffer: body)) }

    /// Whether the page may be sent to other readers: a page that was found, sets no cookie and does not forbid it.
    package var isShareable: Bool {
        guard status == .ok, headers[.setCookie] == nil else { return false }
        let control = headers[.cacheControl] ?? ""
        return !control.contains("private") && !control.contains("no-store")
    }
}
