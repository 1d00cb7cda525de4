import AsyncHTTPClient

extension OpenIDClient {
    /// Runs something with a client of its own and shuts its connections down after it.
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
