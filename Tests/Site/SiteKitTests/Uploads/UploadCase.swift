import Civic
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import TestSupport

@testable import SiteKit

/// A form with files, sent to a `FormReader` over a spool in a folder of its own.
struct UploadCase {
    static let rules = FileRules(
        [
            FileRules.Field("photos", count: 3, bytes: 2_000, formats: [.jpeg, .png]),
            FileRules.Field("plan", count: 1, bytes: 5_000, formats: [.pdf]),
        ],
        totalBytes: 6_000
    )
    static let boundary = "----formBoundary"

    let folder: TemporaryFolder
    let spool: UploadSpool
    let tokens: CSRFTokens
    private let reader: FormReader
    private var visitor = Visitor()

    /// - Parameter folder: of the spool, relative to the folder of the case.
    init(capacity: Int = 1_000_000, folder name: String = "spool") throws {
        folder = try TemporaryFolder()
        spool = UploadSpool(folder.url.appending(path: name), capacity: capacity)
        tokens = CSRFTokens(ValueSealer(try KeyRing.random()))
        reader = FormReader(tokens: tokens, spool: spool)
        visitor.formKey = SecretToken().text
    }

    /// The token of the form.
    var token: String { tokens.token(for: visitor) ?? "" }

    /// The files that the spool holds, of whatever request.
    var spooled: [String] {
        let all = FileManager.default.enumerator(atPath: folder.url.appending(path: "spool").path)
        return (all?.compactMap { $0 as? String } ?? []).filter { !$0.hasSuffix(".lock") }
    }

    /// A text field of a body.
    static func text(_ name: String, _ value: String) -> [UInt8] {
        Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }

    /// A file of a body.
    static func file(_ field: String, _ name: String, _ content: [UInt8]) -> [UInt8] {
        let header = "Content-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\nContent-Type: a/b"
        return Array("--\(boundary)\r\n\(header)\r\n\r\n".utf8) + content + Array("\r\n".utf8)
    }

    /// Bytes that begin like a JPEG file.
    static func jpeg(_ count: Int) -> [UInt8] { [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 13, count: count - 3) }

    /// The end of a body.
    static let end = Array("--\(boundary)--\r\n".utf8)

    /// Sends a body.
    ///
    /// - Parameters:
    ///   - chunk: the size of the chunks that it arrives in.
    ///   - failure: thrown in place of the end of the body; nil for a body that arrives in whole.
    ///   - perform: called when the form is accepted.
    ///   - stale: called when the form is shown again.
    func send(
        _ body: [UInt8],
        type: String = "multipart/form-data; boundary=\(boundary)",
        rules: FileRules = rules,
        chunk: Int = 1_000,
        failure: (any Error)? = nil,
        perform: @escaping (FormBody) throws -> Void = { _ in },
        stale: @escaping (FormBody) throws -> Void = { _ in }
    ) async throws -> HTTPResponse.Status {
        var context = PortalContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test"))
        )
        context.visitor = visitor
        let (stream, source) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
        var rest = body[...]
        while !rest.isEmpty {
            source.yield(ByteBuffer(bytes: rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        source.finish(throwing: failure)
        let head = HTTPRequest(
            method: .post,
            scheme: nil,
            authority: nil,
            path: "/ru/form",
            headerFields: [.contentType: type]
        )
        let request = Request(head: head, body: RequestBody(asyncSequence: stream))
        let page = PageRequest(request: request, context: context, language: .ru)
        return try await reader.answer(page, files: rules) { _, body in
            FormAction(
                stale: {
                    try stale(body)
                    return Response(status: .forbidden)
                },
                perform: { form in
                    try perform(form.body)
                    return Response(status: .ok)
                }
            )
        }.status
    }
}
