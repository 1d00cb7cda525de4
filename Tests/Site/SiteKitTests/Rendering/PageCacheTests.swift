import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite("Cache of finished pages")
struct PageCacheTests {
    /// Makes pages and counts them.
    private final class Source: Sendable {
        private let made = Mutex(0)
        private let minutes = Mutex(0)

        var count: Int { made.withLock { $0 } }
        var now: Int { minutes.withLock { $0 } }

        func wait(seconds: Int) { minutes.withLock { $0 += seconds } }

        func make(
            _ text: String,
            headers: HTTPFields = [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-cache", .vary: "Cookie",
            ],
            status: HTTPResponse.Status = .ok
        ) -> RenderedPage {
            let number = made.withLock { made in
                made += 1
                return made
            }
            return RenderedPage(status: status, headers: headers, body: ByteBuffer(string: "\(text) \(number)"))
        }
    }

    private struct Broken: Error {}

    private let source = Source()

    private func cache(_ limits: PageCache.Limits = .init()) -> PageCache {
        PageCache(limits: limits) { [source] in source.now }
    }

    private func key(_ address: String, _ language: String = "kk") -> PageCache.Key {
        .init(address: address, language: language)
    }

    private func text(_ response: Response) async throws -> String {
        let body = Body()
        try await response.body.write(body)
        return String(buffer: body.bytes.withLock { $0 })
    }

    private final class Body: ResponseBodyWriter {
        let bytes = Mutex(ByteBuffer())

        func write(_ part: ByteBuffer) async throws { bytes.withLock { _ = $0.writeImmutableBuffer(part) } }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    /// Asks for a page and returns its text.
    private func ask(
        _ cache: PageCache,
        _ key: PageCache.Key,
        version: String = "1",
        lifetime: PageCache.Lifetime = .data,
        make: () async throws -> RenderedPage
    ) async throws -> String {
        try await text(
            cache.response(to: [:], for: key, version: version, lifetime: lifetime, make: make)
        )
    }

    @Test("A page is made once for its address and language")
    func keeps() async throws {
        let cache = cache()
        for _ in 0..<3 { #expect(try await ask(cache, key("/kk/")) { source.make("a") } == "a 1") }
        #expect(try await ask(cache, key("/kk/?")) { source.make("a") } == "a 1")
        #expect(try await ask(cache, key("/kk/?q=1")) { source.make("b") } == "b 2")
        #expect(try await ask(cache, key("/kk/", "ru")) { source.make("c") } == "c 3")
        #expect(try await ask(cache, key("/kk/")) { source.make("a") } == "a 1")
        #expect(cache.usage.pages == 3)
    }

    @Test("A new version of the data empties the cache")
    func versions() async throws {
        let cache = cache()
        _ = try await ask(cache, key("/a")) { source.make("a") }
        _ = try await ask(cache, key("/b")) { source.make("b") }
        #expect(try await ask(cache, key("/a"), version: "2") { source.make("a") } == "a 3")
        #expect(cache.usage.pages == 1)
        // A page whose making began before the change is sent but not kept.
        let late = try await ask(cache, key("/c"), version: "2") {
            _ = try await ask(cache, key("/a"), version: "3") { source.make("a") }
            return source.make("c")
        }
        #expect(late == "c 5")
        #expect(try await ask(cache, key("/c"), version: "3") { source.make("c") } == "c 6")
    }

    @Test("A page that tells the time is kept until the minute ends")
    func minutes() async throws {
        let cache = cache()
        source.wait(seconds: 30)
        #expect(try await ask(cache, key("/a"), lifetime: .minute) { source.make("a") } == "a 1")
        source.wait(seconds: 29)
        #expect(try await ask(cache, key("/a"), lifetime: .minute) { source.make("a") } == "a 1")
        source.wait(seconds: 1)
        #expect(try await ask(cache, key("/a"), lifetime: .minute) { source.make("a") } == "a 2")
        #expect(cache.usage.pages == 1)
    }

    private static let unkept: [(HTTPResponse.Status, HTTPFields)] = [
        (.ok, [.cacheControl: "private, no-cache"]), (.ok, [.cacheControl: "no-store"]),
        (.ok, [.setCookie: "oa_form=1"]), (.notFound, [:]), (.seeOther, [.location: "/"]), (.internalServerError, [:]),
    ]

    @Test("A page for one reader, with a cookie, or that was not found is never kept", arguments: unkept)
    func refuses(status: HTTPResponse.Status, headers: HTTPFields) async throws {
        let cache = cache()
        for number in 1...2 {
            let response = try await cache.response(to: [:], for: key("/a"), version: "1", lifetime: .data) {
                source.make("a", headers: headers, status: status)
            }
            #expect(response.status == status)
            for field in headers { #expect(response.headers[field.name] == field.value) }
            #expect(response.headers[.eTag] == nil)
            #expect(try await text(response) == "a \(number)")
        }
        #expect(cache.usage.pages == 0)
    }

    @Test("Memory is bounded when every request asks for another page")
    func bounded() async throws {
        var limits = PageCache.Limits()
        (limits.pages, limits.bytes, limits.pageBytes) = (50, 100_000, 20_000)
        let cache = cache(limits)
        for number in 0..<500 {
            let length = [10, 3_000, 12_000, 25_000][number % 4]
            _ = try await ask(cache, key("/kk/search?q=\(number)")) {
                source.make(String(repeating: "\(number) ", count: length / 4))
            }
            #expect(cache.usage.pages <= limits.pages)
            #expect(cache.usage.bytes <= limits.bytes)
        }
        #expect(cache.usage.pages > 2)
        #expect(source.count == 500)
        let long = key("/" + String(repeating: "a", count: limits.addressBytes))
        let pages = cache.usage.pages
        for number in 501...502 { #expect(try await ask(cache, long) { source.make("a") } == "a \(number)") }
        #expect(cache.usage.pages == pages)
    }

    @Test("A page that is asked for again and again stays")
    func recent() async throws {
        var limits = PageCache.Limits()
        limits.pages = 10
        let cache = cache(limits)
        for number in 0..<100 {
            #expect(try await ask(cache, key("/home")) { source.make("home") } == "home 1")
            _ = try await ask(cache, key("/\(number)")) { source.make("other") }
        }
    }

    @Test("Many requests for a page that is not there make it once")
    func together() async throws {
        let cache = cache()
        let (gate, open) = AsyncStream<Void>.makeStream()
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await ask(cache, key("/a")) {
                        for await _ in gate { break }
                        return source.make("a")
                    }
                }
            }
            while source.count == 0 {
                await Task.yield()
                open.yield()
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(texts == Array(repeating: "a 1", count: 50))
    }

    @Test("Requests that waited for a page that failed or is private make their own")
    func failing() async throws {
        let cache = cache()
        let texts = await withTaskGroup(of: String.self) { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        return try await ask(cache, key("/a")) {
                            await Task.yield()
                            if number % 2 == 0 { throw Broken() }
                            return source.make("a", headers: [.cacheControl: "private"])
                        }
                    } catch { return "failed" }
                }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(texts.count { $0 == "failed" } == 10)
        #expect(Set(texts).count == 11)
        #expect(cache.usage.pages == 0)
    }

    @Test("A kept page has a tag, is answered with 304, and is sent compressed to clients that want it")
    func representations() async throws {
        let cache = cache()
        let body = String(repeating: "қала ", count: 1_000)
        func response(_ headers: HTTPFields) async throws -> Response {
            try await cache.response(to: headers, for: key("/a"), version: "1", lifetime: .data) { source.make(body) }
        }
        let plain = try await response([:])
        let tag = try #require(plain.headers[.eTag])
        #expect(plain.headers[.vary] == "Cookie, Accept-Encoding")
        #expect(plain.headers[.contentEncoding] == nil)
        let packed = try await response([.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.headers[.eTag] == tag)
        #expect(try #require(packed.body.contentLength) < 1_000)
        let known = try await response([.ifNoneMatch: "\"other\", \(tag)"])
        #expect(known.status == .notModified)
        #expect(known.body.contentLength == 0)
        #expect(known.headers[.vary] == "Cookie, Accept-Encoding")
        #expect(try await response([.ifNoneMatch: "\"other\""]).status == .ok)
        #expect(source.count == 1)
    }
}
