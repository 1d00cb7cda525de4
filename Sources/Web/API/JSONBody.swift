import Hummingbird
import NIOCore

/// The body of a request that says it is JSON.
enum JSONBody {
    /// Reads the whole body.
    ///
    /// - Throws: `Problem` 415 when it is another type, 413 when it is longer than the context allows.
    static func collect(_ request: Request, _ context: PortalContext) async throws -> ByteBuffer {
        guard request.headers[.contentType].map(MediaType.essence) == "application/json" else {
            throw Problem.unsupportedMediaType(expected: "application/json")
        }
        do {
            return try await request.body.collect(upTo: context.maxUploadSize)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: context.maxUploadSize)
        }
    }
}
