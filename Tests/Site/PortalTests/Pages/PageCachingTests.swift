import HTTPTypes
import Hummingbird
import HummingbirdTesting
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

    @Test(
        "A page that is the same for everybody has a tag, which is answered with 304",
        arguments: [
            "/ru/", "/kk/directory", "/en/directory?district=west", "/ru/directory/park", "/ru/districts",
            "/ru/districts/west", "/ru/organizations/clinic", "/ru/map", "/ru/map?category=park",
        ]
    )
    func kept(uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            let first = try await ask(client, uri)
            let tag = try #require(first.tag)
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

    @Test(
        "A page that is one reader's own is not kept",
        arguments: [
            "/ru/search", "/ru/search?q=a", "/ru/map?pin=0.25,0.25", "/ru/map?q=a", "/ru/login", "/ru/nothing",
            "/ru/organizations/nothing",
        ]
    )
    func own(uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            for _ in 0..<2 { #expect(try await ask(client, uri).tag == nil) }
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
}
