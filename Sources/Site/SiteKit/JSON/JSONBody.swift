package import Hummingbird
package import NIOCore
import NIOPosix

/// Reads JSON request bodies as strictly as `Query` reads queries.
package enum JSONBody {
    /// Reads a body that is an object with a single array.
    ///
    /// - Parameters:
    ///   - name: the name of its only member.
    ///   - shape: the fault code for a body of another shape; its words give an example.
    /// - Throws: `Problem.badRequest` with the line of a syntax error, an unknown or repeated member, or the missing one;
    ///   otherwise as `collect(_:_:)`.
    package static func array(
        _ name: String,
        shape: String,
        _ request: Request,
        _ context: PortalContext
    ) async throws -> [JSONValue] {
        let body = try await collect(request, context)
        guard body.readableBytes > largest else { return try array(name, shape: shape, in: body.readableBytesView) }
        // Parsing a megabyte would hold up everything else on an event loop.
        return try await NIOThreadPool.singleton.runIfActive {
            try array(name, shape: shape, in: body.readableBytesView)
        }
    }

    /// Reads an array under the only member of an object.
    package static func array(
        _ name: String,
        shape: String,
        in bytes: some Sequence<UInt8>
    ) throws(Problem) -> [JSONValue] {
        let value: JSONValue
        do throws(JSONReader.Fault) {
            value = try JSONReader.read(bytes)
        } catch {
            switch error.reason {
            case .repeated(let member): throw .badRequest(member, "repeated")
            case .malformed, .notText: throw .badRequest("body", "not_json", ["line": String(error.line)])
            }
        }
        guard case .object(let members) = value else { throw .badRequest(name, shape) }
        let unknown = members.filter { $0.name != name }
        guard unknown.isEmpty else {
            throw .badRequest(
                unknown.prefix(maxReported).map {
                    .init(String($0.name.prefix(40)), "unknown_member", ["allowed": name])
                }
            )
        }
        guard case .array(let elements)? = members.first?.value else { throw .badRequest(name, shape) }
        return elements
    }

    // From this size on parsing runs off the event loop, bytes.
    private static let largest = 16_384
    // More faults of one kind would add nothing.
    private static let maxReported = 10

    /// Reads the whole body.
    ///
    /// - Throws: `Problem` 415 for another media type, 413 when the body exceeds the context's limit.
    package static func collect(_ request: Request, _ context: PortalContext) async throws -> ByteBuffer {
        try await request.collectBody(type: "application/json", atMost: context.maxUploadSize)
    }
}

extension Request {
    /// Reads the whole body.
    ///
    /// - Parameters:
    ///   - type: the media type that it must have, without parameters.
    ///   - limit: bytes.
    /// - Throws: `Problem` 415 for another media type, 413 when the body exceeds the limit.
    package func collectBody(type: String, atMost limit: Int) async throws -> ByteBuffer {
        guard headers[.contentType].map(MediaType.essence) == type else {
            throw Problem.unsupportedMediaType(expected: type)
        }
        try checkAnnouncedLength(atMost: limit)
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        }
    }
}
