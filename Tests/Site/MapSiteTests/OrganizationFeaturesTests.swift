import Civic
import Foundation
import Gazetteer
import Hummingbird
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct OrganizationFeaturesTests {
    /// Collects the chunks of a body.
    private final class Reader: ResponseBodyWriter {
        let pieces = Mutex<[ByteBuffer]>([])

        func write(_ part: ByteBuffer) async throws { pieces.withLock { $0.append(part) } }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}

        var all: ByteBuffer {
            pieces.withLock { pieces in
                pieces.reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
            }
        }
    }

    private func hits(_ snapshot: GazetteerSnapshot) -> ArraySlice<OrganizationHit> {
        snapshot.directory.search(OrganizationQuery())[...]
    }

    @Test("All institutions of the city come in small chunks that together equal the whole collection")
    func pieces() async throws {
        let city = try EmbeddedSnapshot.city()
        let features = OrganizationFeatures(hits(city), of: city, .kk)
        let (paced, whole) = (Reader(), Reader())
        try await features.paced.write(paced)
        try await features.whole.write(whole)
        #expect(paced.all == whole.all)
        let sizes = paced.pieces.withLock { $0.map(\.readableBytes) }
        #expect(sizes.count > 5)
        #expect(sizes.allSatisfy { $0 < OrganizationFeatures.pieceBytes + 4_096 })
        let found = try object(paced.all)["features"] as? [[String: Any]]
        #expect(found?.count == city.directory.organizations.count { $0.position != nil })
    }

    @Test("Without matches the collection is empty")
    func empty() async throws {
        let city = try GazetteerSnapshot(TinyCity.contents(), version: 1)
        let reader = Reader()
        try await OrganizationFeatures([], of: city, .ru).paced.write(reader)
        #expect((try object(reader.all)["features"] as? [Any])?.isEmpty == true)
    }
}
