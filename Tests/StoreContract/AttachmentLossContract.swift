import Attachments
import Civic
import Foundation
import TestSupport
import Testing

/// What a store of attachments must do when files change their owner, are given up or are lost.
@Suite struct AttachmentLossContract {
    private static let start = Date(timeIntervalSince1970: 1_795_629_937.125)
    private static let quota = StorageQuota(person: StorageUsage(files: 100, bytes: 10_000), totalBytes: 100_000)
    private static let owner = PersonID(rawValue: 7)

    private static func content(_ number: Int, size: Int = 10) -> StoredContent {
        StoredContent(digest: FileDigest(of: Data("\(number)".utf8)), size: size)
    }

    private static func attachment(
        _ number: Int,
        from owner: PersonID? = nil,
        thumbnail: Int? = nil,
        _ state: AttachedFile.State = .available
    ) -> AttachedFile {
        AttachedFile(
            id: AttachmentID(),
            owner: owner,
            name: "\(number).jpg",
            format: .jpeg,
            content: content(number),
            thumbnail: thumbnail.map { content($0, size: 3) },
            state: state,
            received: start.addingTimeInterval(Double(number))
        )
    }

    @Test("A person gets the files of a browser within the quota, in their order", arguments: StoreEngine.allCases)
    func adoption(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let mine = (1...3).map { Self.attachment($0, thumbnail: 10 + $0) }
        let others = [
            Self.attachment(4, from: PersonID(rawValue: 8)), Self.attachment(5, .infected(finding: "x")),
            Self.attachment(6),
        ]
        for attachment in mine + others { _ = try await store.add(attachment, within: Self.quota) }
        #expect(try await store.claim([others[2].id], of: nil, at: Self.start))
        let quota = StorageUsage(files: 9, bytes: 38)
        let ids = (others + mine).map(\.id) + [AttachmentID()]
        #expect(try await store.adopt(ids, by: Self.owner, within: quota) == mine.prefix(2).map(\.id))
        #expect(try await store.usage(of: Self.owner) == StorageUsage(files: 2, bytes: 26))
        #expect(try await store.usage(of: nil) == StorageUsage(files: 5, bytes: 59))
        #expect(try await store.attachments(of: Self.owner).map(\.id) == mine.prefix(2).map(\.id))
        #expect(try await store.attachment(others[0].id)?.owner == PersonID(rawValue: 8))
        #expect(try await store.adopt(ids, by: Self.owner, within: StorageUsage(files: 2, bytes: 999)) == [])
        #expect(try await store.claim([mine[0].id], of: Self.owner, at: Self.start))
    }

    @Test("What a record has claimed is not given up with the rest", arguments: StoreEngine.allCases)
    func givenUp(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let files = (1...4).map { Self.attachment($0, from: Self.owner, thumbnail: 20) }
        let stranger = Self.attachment(9, from: PersonID(rawValue: 8))
        for attachment in files + [stranger] { _ = try await store.add(attachment, within: Self.quota) }
        #expect(try await store.claim([files[0].id], of: Self.owner, at: Self.start))
        let given = try await store.deleteUnclaimed([files[0].id, files[1].id, AttachmentID()])
        #expect(given == files[1].files)
        #expect(try await store.usage(of: Self.owner) == StorageUsage(files: 3, bytes: 39))
        #expect(try await store.deleteUnclaimed(of: Self.owner) == files[2].files + files[3].files)
        #expect(try await store.attachments(of: Self.owner).map(\.id) == [files[0].id])
        #expect(try await store.attachment(stranger.id) == stranger)
        #expect(try await store.usage(of: nil) == StorageUsage(files: 2, bytes: 23))
    }

    @Test("The records of a content are found, and a thumbnail is taken from a record", arguments: StoreEngine.allCases)
    func thumbnails(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let first = Self.attachment(1, from: Self.owner, thumbnail: 2)
        let second = Self.attachment(2)
        let infected = Self.attachment(2, .infected(finding: "x"))
        for attachment in [first, second, infected] { _ = try await store.add(attachment, within: Self.quota) }
        let shared = Self.content(2).digest
        #expect(try await store.attachments(referringTo: shared).map(\.id) == [first.id, second.id])
        #expect(try await store.attachments(referringTo: Self.content(3).digest) == [])
        for _ in 0..<2 { try await store.dropThumbnail(of: first.id) }
        #expect(try await store.attachment(first.id)?.thumbnail == nil)
        #expect(try await store.attachments(referringTo: shared).map(\.id) == [second.id])
        #expect(try await store.usage(of: Self.owner) == StorageUsage(files: 1, bytes: 10))
        #expect(try await store.usage(of: nil) == StorageUsage(files: 2, bytes: 20))
    }
}
