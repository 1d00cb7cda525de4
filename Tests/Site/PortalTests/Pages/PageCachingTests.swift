import Gazetteer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite("Which pages are kept")
struct PageCachingTests {
    private struct Answer: Equatable {
        let status: HTTPResponse.Status
        let tag: String?
        let length: Int
    }

    private func ask(
        _ client: any TestClientProtocol,
        _ uri: String,
        _ headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await client.execute(uri: uri, method: .get, headers: headers) { response in
            Answer(status: response.status, tag: response.headers[.eTag], length: response.body.readableBytes)
        }
    }

    /// The pages that are kept.
    private static let kept = [
        "/ru/", "/kk/directory", "/en/directory?district=west", "/ru/directory/park", "/ru/districts",
        "/ru/districts/west", "/ru/organizations/clinic", "/ru/map", "/ru/map?category=park",
        "/ru/map?organization=clinic", "/ru/map?category=park&open=1", "/ru/directory/park?x=%22%3E%3Cscript%3E",
    ]

    @Test("A page that is the same for everybody has a tag, which is answered with 304")
    func tags() async throws {
        try await TestPortal.test { (client, _) async throws in
            for uri in Self.kept {
                let first = try await ask(client, uri)
                let tag = try #require(first.tag, "\(uri)")
                #expect(try await ask(client, uri) == first)
                #expect(
                    try await ask(client, uri, [.ifNoneMatch: tag]) == Answer(status: .notModified, tag: tag, length: 0)
                )
                let packed = try await ask(client, uri, [.acceptEncoding: "gzip"])
                #expect(packed.length < first.length / 2)
                #expect(packed.tag == EntityTags.packed(tag))
                let known = try await ask(client, uri, [.acceptEncoding: "gzip", .ifNoneMatch: EntityTags.packed(tag)])
                #expect(known.status == .notModified)
            }
        }
    }

    @Test("A page that is one reader's own is not kept")
    func own() async throws {
        let pages = [
            "/ru/search", "/ru/search?q=a", "/ru/map?pin=0.25,0.25", "/ru/map?q=a", "/ru/login", "/ru/nothing",
            "/ru/organizations/nothing",
        ]
        try await TestPortal.test { (client, _) async throws in
            for uri in pages + pages { #expect(try await ask(client, uri).tag == nil, "\(uri)") }
        }
    }

    @Test("A reader with a session gets a page of their own, before and after others")
    func sessions() async throws {
        try await TestPortal.test { (client, _) async throws in
            let session: HTTPFields = [.cookie: "oa_session=abcdefghijklmnopqrstuvwxyz0123456789abcdefg"]
            #expect(try await ask(client, "/ru/", session).tag == nil)
            #expect(try await ask(client, "/ru/").tag != nil)
            #expect(try await ask(client, "/ru/", session).tag == nil)
            #expect(try await ask(client, "/ru/", [.cookie: "lang=kk"]).tag != nil)
        }
    }

    @Test("A page is kept for its whole address and its language")
    func addresses() async throws {
        try await TestPortal.test { (client, _) async throws in
            var tags: Set<String> = []
            for uri in ["/ru/", "/kk/", "/en/", "/ru/?a=1", "/ru/?a=2", "/ru/directory?a=%3Cscript%3E"] {
                tags.insert(try #require(try await ask(client, uri).tag))
            }
            #expect(tags.count == 6)
        }
    }

    /// What a browser sends that others must not see: each value contains a mark.
    private static let marked: HTTPFields = {
        let mark = String(repeating: "zmarkz", count: 8)
        let cookies = ["form", "device", "step", "identity", "draft", "typed"].map { "oa_\($0)=\(mark)" } + ["lang=en"]
        var fields: HTTPFields = [
            .cookie: cookies.joined(separator: "; "), .userAgent: mark, .referer: "https://example.kz/\(mark)",
            .acceptLanguage: "en, zmarkz", .accept: "text/html, */zmarkz",
        ]
        for name in ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via"] {
            if let name = HTTPField.Name(name) { fields[name] = mark }
        }
        return fields
    }()

    @Test("Nothing of the reader for whom a page was made is in the page that others get")
    func everybody() async throws {
        try await TestPortal.test { (other, _) async throws in
            try await TestPortal.test { (client, _) async throws in
                for uri in Self.kept {
                    let alone = try await other.execute(uri: uri, method: .get) { $0 }
                    let first = try await client.execute(uri: uri, method: .get, headers: Self.marked) { $0 }
                    let second = try await client.execute(uri: uri, method: .get) { $0 }
                    for answer in [first, second] {
                        let html = String(buffer: answer.body)
                        #expect(html == String(buffer: alone.body), "\(uri)")
                        #expect(!html.contains("zmarkz") && !html.contains("name=\"csrf\"") && !html.contains("nonce="))
                        #expect(answer.headers == alone.headers, "\(uri)")
                        #expect(answer.headers[.setCookie] == nil)
                        #expect(answer.headers[.vary]?.contains("Cookie") == true)
                    }
                }
            }
        }
    }

    @Test("A signed-in reader gets the page with their account, and nobody else does")
    func signedIn() async throws {
        try await AccountPortal.test(hasCity: true) { portal async throws in
            let (reader, other) = (portal.browser(), portal.browser())
            try await portal.register(reader, "a@example.kz", username: "aigul")
            for uri in Self.kept {
                for browser in [reader, other, reader, other] {
                    let page = try await browser.get(uri)
                    let isOwn = browser === reader
                    #expect(page.status == 200)
                    #expect(page.html.contains("account-link--in") == isOwn, "\(uri)")
                    #expect((page.headers[.cacheControl] == "private, no-cache") == isOwn, "\(uri)")
                    #expect((page.headers[.eTag] == nil) == isOwn, "\(uri)")
                }
            }
        }
    }

    @Test("HEAD of a kept page has the headers of GET and no body")
    func head() async throws {
        try await TestPortal.test { (client, _) async throws in
            for uri in Self.kept {
                for coding in ["identity", "gzip"] {
                    var headers: HTTPFields = [.acceptEncoding: coding]
                    let head = try await client.execute(uri: uri, method: .head, headers: headers) { $0 }
                    let get = try await client.execute(uri: uri, method: .get, headers: headers) { $0 }
                    #expect(head.body.readableBytes == 0)
                    #expect((get.headers[.contentEncoding] == "gzip") == (coding == "gzip"))
                    for name in [HTTPField.Name.eTag, .vary, .contentEncoding, .contentType, .cacheControl] {
                        #expect(head.headers[name] == get.headers[name], "\(uri) \(name)")
                    }
                    let tag: String = try #require(get.headers[.eTag])
                    headers[.ifNoneMatch] = tag
                    for method in [HTTPRequest.Method.head, .get] {
                        let known = try await client.execute(uri: uri, method: method, headers: headers) { $0 }
                        #expect(known.status == .notModified && known.headers[.eTag] == get.headers[.eTag], "\(uri)")
                    }
                }
            }
        }
    }

    @Test("An import replaces the kept pages")
    func imports() async throws {
        try await TestPortal.test { (client, city) async throws in
            let uri = "/ru/directory/park"
            let before = try await client.execute(uri: uri, method: .get) { $0 }
            #expect(!String(buffer: before.body).contains("Новый парк"))
            try city.write([
                try Organization(
                    TinyCity.record(["id": "new", "category": "park", "name_ru": "Новый парк"], at: (0.1, 0.1))
                )
            ])
            // A generous timeout: on a machine busy with all other tests the store is checked late.
            var html = ""
            for _ in 0..<1200 where !html.contains("Новый парк") {
                try await Task.sleep(for: .milliseconds(100))
                html = try await client.text(uri).body
            }
            #expect(html.contains("Новый парк"))
            let tag = try #require(before.headers[.eTag])
            let known: HTTPFields = [.ifNoneMatch: tag]
            #expect(try await client.execute(uri: uri, method: .get, headers: known) { $0.status } == .ok)
        }
    }
}
