import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// A server's response to a browser.
struct TestPage: Sendable {
    /// The requested path with its query.
    let path: String
    let status: Int
    let headers: HTTPFields
    let html: String

    var location: String? { headers[.location] }

    /// The value of a hidden field.
    func hidden(_ name: String) -> String? {
        guard let start = html.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(html[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The text of the page without tags, tokens and times.
    var words: String {
        html.replacing(/<[^>]*>/, with: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// A browser that keeps cookies, sends forms with their token, and does not follow redirects automatically.
final class TestBrowser: Sendable {
    private struct State {
        var cookies: [String: String] = [:]
        var setCookies: [String] = []
        var token: String?
    }

    private let client: any TestClientProtocol
    private let headers: HTTPFields
    private let state = Mutex(State())

    init(_ client: any TestClientProtocol, headers: HTTPFields = [:]) {
        self.client = client
        self.headers = headers
    }

    /// The `Set-Cookie` values of the last response.
    var setCookies: [String] { state.withLock { $0.setCookies } }

    var cookies: [String: String] { state.withLock { $0.cookies } }

    func plant(_ name: String, _ value: String) { state.withLock { $0.cookies[name] = value } }

    func forgetCookies() { state.withLock { $0.cookies = [:] } }

    @discardableResult
    func get(_ path: String, headers more: HTTPFields = [:]) async throws -> TestPage {
        try await send(path, .get, more, body: nil)
    }

    /// Sends a form with the token of the most recently opened page, unless one is given.
    @discardableResult
    func post(
        _ path: String,
        _ fields: [(String, String)],
        token: String? = nil,
        headers more: HTTPFields = [:]
    ) async throws -> TestPage {
        let token = token ?? state.withLock { $0.token }
        let all = fields + (token.map { [("csrf", $0)] } ?? [])
        let body = all.map { "\($0.0)=\(Link.encode($0.1))" }.joined(separator: "&")
        var headers = more
        if headers[.contentType] == nil { headers[.contentType] = FormBody.type }
        return try await send(path, .post, headers, body: ByteBuffer(string: body))
    }

    /// Sends a form as multipart/form-data, with the token of the most recently opened page first, unless one is given.
    @discardableResult
    func postMultipart(
        _ path: String,
        _ fields: [(String, String)],
        files: [(field: String, name: String, content: String)] = [],
        token: String? = nil
    ) async throws -> TestPage {
        let bytes = files.map { (field: $0.field, name: $0.name, content: Data($0.content.utf8)) }
        return try await postFiles(path, fields, bytes, token: token)
    }

    /// Sends a form as `postMultipart`, with files of any content.
    @discardableResult
    func postFiles(
        _ path: String,
        _ fields: [(String, String)],
        _ files: [(field: String, name: String, content: Data)],
        token: String? = nil
    ) async throws -> TestPage {
        let token = token ?? state.withLock { $0.token }
        let all = (token.map { [("csrf", $0)] } ?? []) + fields
        let part = "--TestBoundary\r\nContent-Disposition: form-data; name="
        var body = ByteBuffer(string: all.map { "\(part)\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined())
        for file in files {
            body.writeString("\(part)\"\(file.field)\"; filename=\"\(file.name)\"\r\n\r\n")
            body.writeBytes(file.content)
            body.writeString("\r\n")
        }
        body.writeString("--TestBoundary--\r\n")
        let type = "multipart/form-data; boundary=TestBoundary"
        return try await send(path, .post, [.contentType: type], body: body)
    }

    private func send(
        _ path: String,
        _ method: HTTPRequest.Method,
        _ more: HTTPFields,
        body: ByteBuffer?
    ) async throws -> TestPage {
        var fields = headers
        for field in more { fields[field.name] = field.value }
        let cookies = self.cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        if !cookies.isEmpty { fields[.cookie] = cookies }
        let page = try await client.execute(
            uri: path,
            method: method,
            headers: fields,
            body: body
        ) { response in
            TestPage(
                path: path,
                status: response.status.code,
                headers: response.headers,
                html: String(buffer: response.body)
            )
        }
        take(page)
        return page
    }

    private func take(_ page: TestPage) {
        state.withLock { state in
            state.setCookies = page.headers[values: .setCookie]
            for cookie in state.setCookies {
                let parts = cookie.split(separator: ";")[0].split(separator: "=", omittingEmptySubsequences: false)
                let value = parts.dropFirst().joined(separator: "=")
                state.cookies[String(parts[0])] = value.isEmpty ? nil : value
            }
            if let token = page.hidden("csrf") { state.token = token }
        }
    }
}
