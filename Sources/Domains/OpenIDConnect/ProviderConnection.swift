import AsyncHTTPClient
import Civic
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Sends requests to providers, within limits of size and time.
struct ProviderConnection: Sendable {
    /// The time limit from the first byte sent to the last byte received, in seconds.
    static let timeout: TimeInterval = 10
    /// The longest answer that is read, in bytes; Google's documents have less than 3 kB.
    static let longestAnswer = 256 * 1024

    private let http: HTTPClient
    private let timeout: TimeInterval

    init(_ http: HTTPClient, timeout: TimeInterval = timeout) {
        self.http = http
        self.timeout = timeout
    }

    struct Answer: Sendable {
        let status: Int
        let body: Data
    }

    func get(
        _ address: ProviderAddress,
        what: String,
        bearer: String? = nil
    ) async throws(OpenIDError) -> Answer {
        var request = HTTPClientRequest(url: address.text)
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        return try await send(request, to: address, what: what)
    }

    func post(
        _ fields: [(name: String, value: String)],
        to address: ProviderAddress,
        what: String,
        authorization: String? = nil
    ) async throws(OpenIDError) -> Answer {
        var request = HTTPClientRequest(url: address.text)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: FormText.encode(fields)))
        return try await send(request, to: address, what: what)
    }

    private func send(
        _ request: HTTPClientRequest,
        to address: ProviderAddress,
        what: String
    ) async throws(OpenIDError) -> Answer {
        var request = request
        request.headers.add(name: "Accept", value: "application/json")
        do {
            return try await answer(request)
        } catch is NIOTooManyBytesError {
            throw .tooLarge(what: what, limit: Self.longestAnswer)
        } catch let error as HTTPClientError {
            throw .unreachable(host: address.host, reason: OpenIDError.plain(error.shortDescription))
        } catch {
            throw .unreachable(host: address.host, reason: OpenIDError.plain(String(describing: type(of: error))))
        }
    }

    private func answer(_ request: HTTPClientRequest) async throws -> Answer {
        // The client's own deadline covers only the head of the answer, so a slow body needs the second task.
        try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { [http, timeout] in
                let response = try await http.execute(request, timeout: .milliseconds(Int64(timeout * 1000)))
                let body = try await response.body.collect(upTo: Self.longestAnswer)
                return Answer(status: Int(response.status.code), body: Data(buffer: body))
            }
            group.addTask { [timeout] in
                try await Task.sleep(for: .seconds(timeout))
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
