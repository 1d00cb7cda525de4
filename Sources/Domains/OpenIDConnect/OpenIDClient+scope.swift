import AsyncHTTPClient

extension OpenIDClient {
    /// Runs a closure with a client of its own and closes the client's connections afterwards.
    ///
    /// - Throws: what the body throws.
    public static func withClient<Value: Sendable>(
        _ body: (OpenIDClient) async throws -> Value
    ) async throws -> Value {
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: httpConfiguration)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(OpenIDClient(http: http)))
        } catch {
            result = .failure(error)
        }
        try await http.shutdown()
        return try result.get()
    }
}
