import Hummingbird
import NIOCore
import NIOPosix

/// The body of a request that says it is JSON, read as strictly as a query.
enum JSONBody {
    /// Reads a body that is an object with one array.
    ///
    /// - Parameters:
    ///   - name: the name of its one member.
    ///   - shape: the code of the fault of a body that is none, which tells an example.
    /// - Throws: `Problem.badRequest` naming the line of a fault in the JSON, a member that does not exist or stands twice, or
    ///   the one that is missing; else as `collect(_:_:)`.
    static func array(
        _ name: String,
        shape: String,
        _ request: Request,
        _ context: PortalContext
    ) async throws -> [JSONValue] {
        let body = try await collect(request, context)
        guard body.readableBytes > largest else { return try array(name, shape: shape, in: body.readableBytesView) }
        // A megabyte takes long enough to hold up everything else on an event loop.
        return try await NIOThreadPool.singleton.runIfActive {
            try array(name, shape: shape, in: body.readableBytesView)
        }
    }

    static func array(
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
                unknown.prefix(mostTold).map { .init(String($0.name.prefix(40)), "unknown_member", ["allowed": name]) }
            )
        }
        guard case .array(let elements)? = members.first?.value else { throw .badRequest(name, shape) }
        return elements
    }

    // From here on reading leaves the event loop, bytes.
    private static let largest = 16_384
    // More faults of one kind tell nothing new.
    private static let mostTold = 10

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
