import Attachments
import HTTPTypes
import Hummingbird
import NIOCore

/// An attachment as an answer: the header fields that keep a browser from doing more with it than save or draw it, and the file.
struct AttachmentAnswer {
    private let delivery: AttachmentDelivery
    private let fields: HTTPFields

    init(_ delivery: AttachmentDelivery) {
        self.delivery = delivery
        var fields = HTTPFields()
        for (name, value) in delivery.fields {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        self.fields = fields
    }

    /// The answer; the file is read piece by piece while it is written, so it is never in memory as a whole.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    func response(to request: Request, from files: ReadAttachments) async throws -> Response {
        if let tag = fields[.eTag], EntityTags.known(request.headers, tag) {
            return Response(status: .notModified, headers: fields.unchanged)
        }
        let file = try await files.open(delivery)
        let body = ResponseBody(contentLength: file.size) { writer in
            var position = 0
            while case let bytes = try await file.bytes(at: position), !bytes.isEmpty {
                try await writer.write(ByteBuffer(bytes: bytes))
                position += bytes.count
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: fields, body: body)
    }
}

extension HTTPFields {
    /// The fields of an answer that the client already has (RFC 9110 §15.4.5).
    fileprivate var unchanged: HTTPFields {
        var fields = HTTPFields()
        for name in [HTTPField.Name.eTag, .cacheControl, .contentSecurityPolicy] { fields[name] = self[name] }
        return fields
    }
}
