public import Hummingbird
import Logging
import NIOCore

/// A server on a free port of 127.0.0.1 that plays the other side of a protocol during a test.
public enum LoopbackServer {
    /// Thrown when the server ended before it listened.
    public struct NotListening: Error {}

    /// Serves the routes while running a closure with the server's address, which has no trailing slash.
    @discardableResult
    public static func run<Value: Sendable>(
        _ router: Router<BasicRequestContext>,
        _ body: @Sendable (String) async throws -> Value
    ) async throws -> Value {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "loopback")
        logger.logLevel = .critical
        let server = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in told.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { told.finish() }
                try await server.run()
            }
            defer { group.cancelAll() }
            for await port in ports { return try await body("http://127.0.0.1:\(port)") }
            throw NotListening()
        }
    }
}
