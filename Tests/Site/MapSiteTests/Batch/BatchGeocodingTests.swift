import Civic
import Configuration
import Foundation
import Gazetteer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct BatchGeocodingTests {
    /// A text with the given number of house addresses.
    private func text(_ houses: Int) -> String {
        [String](repeating: "Абая 10", count: houses).joined(separator: "; ")
    }

    private func batch(_ texts: [String], limit: Int = 1) throws -> BatchGeocoding {
        BatchGeocoding(
            city: City(
                try GazetteerSnapshot(TinyCity.contents(), version: 1),
                tiles: [:],
                symbols: try TestPortal.symbols()
            ),
            texts: texts,
            limit: limit,
            language: .ru
        )
    }

    /// Collects chunks and disconnects after a given number.
    private final class Reader: ResponseBodyWriter {
        struct Gone: Error {}

        let pieces = Mutex<[ByteBuffer]>([])
        private let most: Int

        init(most: Int = .max) { self.most = most }

        func write(_ part: ByteBuffer) async throws {
            let count = pieces.withLock {
                $0.append(part)
                return $0.count
            }
            if count >= most { throw Gone() }
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}

        var json: [String: Any] {
            get throws {
                var all = ByteBuffer()
                for piece in pieces.withLock({ $0 }) { all.writeImmutableBuffer(piece) }
                return try object(all)
            }
        }
    }

    @Test("A bounded answer is marked as truncated and is made in small chunks")
    func bounded() async throws {
        let texts = [String](repeating: text(290), count: 60)
        let batch = try batch(texts)
        let reader = Reader()
        let counted = Mutex<[Int]>([])
        try await batch.body { used in counted.withLock { $0.append(used) } }.write(reader)
        let pieces = reader.pieces.withLock { $0 }
        #expect(pieces.count > 10)
        // A chunk ends with the address that fills it, and an address takes a few hundred bytes.
        #expect(pieces.allSatisfy { $0.readableBytes < BatchGeocoding.pieceBytes + 8_192 })
        #expect(pieces.reduce(0) { $0 + $1.readableBytes } < BatchGeocoding.maxBytes + 1_048_576)
        let answer = try reader.json
        #expect(answer["truncated"] as? Bool == true)
        let results = answer["results"] as? [[String: Any]] ?? []
        #expect(results.map { $0["query"] as? String } == texts)
        let addresses = results.map { ($0["addresses"] as? [Any])?.count ?? -1 }
        #expect((addresses.first ?? 0) > 200 && addresses.last == 0)
        #expect(addresses.reduce(0, +) <= BatchGeocoding.maxResults)
        let marks = results.map { $0["truncated"] as? Bool }
        #expect(marks.first == false && marks.last == true)
        #expect(counted.withLock { $0 } == [addresses.reduce(0, +)])
    }

    @Test func aWholeAnswerIsNotTruncated() async throws {
        let reader = Reader()
        try await batch(["пр. Абая 10", "нет", ""]).body { _ in }.write(reader)
        let answer = try reader.json
        #expect(answer["truncated"] as? Bool == false)
        #expect((answer["results"] as? [[String: Any]])?.map { $0["truncated"] as? Bool } == [false, false, false])
    }

    @Test("Nothing is produced after the client has disconnected, and what was produced is counted")
    func gone() async throws {
        let batch = try batch([String](repeating: text(290), count: 60))
        let reader = Reader(most: 2)
        let counted = Mutex<[Int]>([])
        await #expect(throws: Reader.Gone.self) {
            try await batch.body { used in counted.withLock { $0.append(used) } }.write(reader)
        }
        #expect(reader.pieces.withLock { $0.count } == 2)
        let used = counted.withLock { $0 }
        #expect(used.count == 1 && (1..<2_000).contains(used[0]))
    }

    @Test("The client's limit counts results, not requests")
    func limit() async throws {
        let api = try TestPortal.settings(["limit.batch.results": .init(.int(100), isSecret: false)]).api
        try await TestPortal.test(api: api) { (client, _) async throws in
            let long = #"{"texts":["\#(text(290))"]}"#
            let first = try await post("/api/v1/geocode", long, client)
            #expect(first.status == .ok)
            let addresses = (try object(first.body)["results"] as? [[String: Any]])?.first?["addresses"] as? [Any]
            #expect((1...100).contains(addresses?.count ?? 0), "no batch answers more than the client may have")
            // A minute refills the allowance, and a busy machine may need that long for one answer.
            var refused = first
            for _ in 0..<20 where refused.status == .ok { refused = try await post("/api/v1/geocode", long, client) }
            #expect(refused.status == .tooManyRequests)
            #expect((1...60).contains(refused.headers[.retryAfter].flatMap { Int($0) } ?? 0))
            let points = [String](repeating: "[0.2,0.2]", count: 10_000).joined(separator: ",")
            let many = try await post("/api/v1/resolve", #"{"points":[\#(points)]}"#, client)
            #expect(many.status == .tooManyRequests)
        }
    }

    @Test("A short text uses one result of the limit even when nothing is found")
    func shortTexts() async throws {
        let api = try TestPortal.settings(["limit.batch.results": .init(.int(20), isSecret: false)]).api
        try await TestPortal.test(api: api) { (client, _) async throws in
            var statuses: [Int] = []
            for _ in 0..<40 {
                statuses.append(try await post("/api/v1/geocode", #"{"texts":["нет"]}"#, client).status.code)
            }
            #expect(statuses.prefix(10).allSatisfy { $0 == 200 })
            #expect(statuses.contains(429))
        }
    }

    private func post(_ path: String, _ body: String, _ client: any TestClientProtocol) async throws -> TestResponse {
        try await client.execute(
            uri: path,
            method: .post,
            headers: [.contentType: "application/json"],
            body: ByteBuffer(string: body)
        ) { $0 }
    }
}
