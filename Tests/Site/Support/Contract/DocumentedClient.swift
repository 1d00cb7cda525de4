import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// A test client that compares every answer with the OpenAPI document.
struct DocumentedClient: TestClientProtocol {
    let client: any TestClientProtocol

    var port: Int? { client.port }

    func executeRequest(
        uri: String,
        method: HTTPRequest.Method,
        headers: HTTPFields,
        body: ByteBuffer?
    ) async throws -> TestResponse {
        let response = try await client.executeRequest(uri: uri, method: method, headers: headers, body: body)
        let faults = try DocumentedAnswers.usual.get()
            .faults(method, uri, status: response.status.code, headers: response.headers, body: response.body)
        if !faults.isEmpty {
            Issue.record("\(method) \(uri.prefix(200)): \(faults.joined(separator: "; ").prefix(2_000))")
        }
        return response
    }
}
