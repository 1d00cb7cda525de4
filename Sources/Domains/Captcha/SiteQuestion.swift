import AsyncHTTPClient
import Civic
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// A request to a siteverify endpoint and its answer, both within limits.
struct SiteQuestion: Sendable {
    /// The longest answer that is read, in bytes; a real one has about 300.
    static let longestAnswer = 16 * 1024

    let host: String
    private let endpoint: String
    private let http: HTTPClient
    private let timeout: TimeInterval

    init(endpoint: String, http: HTTPClient, timeout: TimeInterval) throws(CaptchaError) {
        guard let url = URL(string: endpoint), let host = url.host(), !host.isEmpty, url.user() == nil else {
            throw .unusableSetting("the endpoint is no address")
        }
        guard url.scheme == "https" || (url.scheme == "http" && Self.isLoopback(host)) else {
            throw .unusableSetting("the endpoint on \(host) must be https")
        }
        guard timeout > 0, timeout <= 60 else { throw .unusableSetting("the time-out must be from 0 to 60 seconds") }
        self.host = host
        self.endpoint = endpoint
        self.http = http
        self.timeout = timeout
    }

    private static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
        return isIPv4 || ["localhost", "::1", "[::1]"].contains(host.lowercased())
    }

    /// Posts the fields that are not empty and reads the answer.
    func ask(_ fields: [(name: String, value: String)]) async throws(CaptchaError) -> SiteAnswer {
        let body = FormText.encode(fields.filter { !$0.value.isEmpty })
        var request = HTTPClientRequest(url: endpoint)
        request.method = .POST
        request.headers = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"]
        request.body = .bytes(ByteBuffer(string: body))
        let (status, data) = try await send(request)
        guard status == 200 else { throw .unexpectedStatus(host: host, status: status) }
        guard let answer = try? JSONDecoder().decode(SiteAnswer.self, from: data) else {
            throw .malformedAnswer(host: host)
        }
        return answer
    }

    private func send(_ request: HTTPClientRequest) async throws(CaptchaError) -> (status: Int, body: Data) {
        do {
            // The client's own deadline covers only the head of the answer, so a slow body needs this one.
            return try await withThrowingTaskGroup(of: (Int, Data).self) { group in
                group.addTask { [http, timeout] in
                    let response = try await http.execute(request, timeout: .milliseconds(Int64(timeout * 1000)))
                    let body = try await response.body.collect(upTo: Self.longestAnswer)
                    return (Int(response.status.code), Data(buffer: body))
                }
                group.addTask { [timeout] in
                    try await Task.sleep(for: .seconds(timeout))
                    throw HTTPClientError.deadlineExceeded
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            }
        } catch is NIOTooManyBytesError {
            throw .tooLarge(host: host, limit: Self.longestAnswer)
        } catch let error as HTTPClientError {
            throw .unreachable(host: host, reason: CaptchaError.plain(error.shortDescription))
        } catch {
            throw .unreachable(host: host, reason: CaptchaError.plain(String(describing: type(of: error))))
        }
    }
}
