import Attachments
import Civic
import Foundation
import TestSupport
import Testing

/// What a store of attachments must do, whatever engine keeps it.
@Suite struct AttachmentStoreContract {
    private static let start = Date(timeIntervalSince1970: 1_795_629_937.125)
    private static let quota = StorageQuota(person: StorageUsage(files: 100, bytes: 10_000), totalBytes: 100_000)
    private static let owner = PersonID(rawValue: 7)

    private static func content(_ number: Int, size: Int = 10) -> StoredContent {
        StoredContent(digest: FileDigest(of: Data("\(number)".utf8)), size: size)
    }

    private static func attachment(
        _ number: Int = 1,
        from owner: PersonID? = AttachmentStoreContract.owner,
        thumbnail: Int? = nil,
        _ state: AttachedFile.State = .available,
        after seconds: Double = 0
    ) -> AttachedFile {
        AttachedFile(
            id: AttachmentID(),
            owner: owner,
            name: "Яма №\(number).jpg",
            format: .jpeg,
            content: content(number),
            thumbnail: thumbnail.map { content($0, size: 3) },
            state: state,
            received: start.addingTimeInterval(seconds)
        )
    }

    @Test("A record comes back as it was added", arguments: StoreEngine.allCases)
    func roundTrip(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let states: [AttachedFile.State] = [.available, .awaitingScan, .infected(finding: "Eicar")]
        for (number, state) in states.enumerated() {
            for owner in [Self.owner, nil] {
                let attachment = Self.attachment(number, from: owner, thumbnail: owner == nil ? nil : 90, state)
                #expect(try await store.add(attachment, within: Self.quota) == .added)
                #expect(try await store.attachment(attachment.id) == attachment)
            }
        }
        #expect(try await store.attachment(AttachmentID()) == nil)
        #expect(try await store.attachments(of: Self.owner).count == 3)
        #expect(try await store.attachments(of: PersonID(rawValue: 8)) == [])
    }

    @Test("Quotas are kept, exactly", arguments: StoreEngine.allCases)
    func quotas(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        func quota(files: Int = 9, bytes: Int = 99, total: Int = 999) -> StorageQuota {
            StorageQuota(person: StorageUsage(files: files, bytes: bytes), totalBytes: total)
        }
        let first = Self.attachment(1, thumbnail: 2)
        #expect(try await store.add(first, within: quota(bytes: 12)) == .personHasTooManyBytes)
        #expect(try await store.add(first, within: quota(files: 0)) == .personHasTooManyFiles)
        #expect(try await store.add(first, within: quota(total: 12)) == .full)
        #expect(try await store.usage(of: nil) == StorageUsage(files: 0, bytes: 0))
        #expect(try await store.add(first, within: quota(files: 1, bytes: 13, total: 13)) == .added)
        #expect(try await store.usage(of: Self.owner) == StorageUsage(files: 1, bytes: 13))
        #expect(try await store.add(Self.attachment(3), within: quota(files: 1)) == .personHasTooManyFiles)
        #expect(try await store.add(Self.attachment(3, from: nil), within: quota(files: 0, bytes: 0)) == .added)
        #expect(try await store.usage(of: Self.owner) == StorageUsage(files: 1, bytes: 13))
        #expect(try await store.usage(of: nil) == StorageUsage(files: 2, bytes: 23))
    }

    @Test(
        "Contents are referred to by records and their thumbnails until they are deleted",
        arguments: StoreEngine.allCases
    )
    func references(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let (first, second) = (Self.attachment(1, thumbnail: 3), Self.attachment(1, from: nil))
        for attachment in [first, second] { _ = try await store.add(attachment, within: Self.quota) }
        let (picture, thumbnail) = (Self.content(1).digest, Self.content(3).digest)
        #expect(try await store.isReferenced(picture))
        #expect(try await store.isReferenced(thumbnail))
        #expect(try await !store.isReferenced(Self.content(2).digest))
        #expect(try await store.delete([first.id, AttachmentID()]) == first.files)
        #expect(try await store.isReferenced(picture))
        #expect(try await !store.isReferenced(thumbnail))
        #expect(try await store.delete([second.id]) == second.files)
        #expect(try await !store.isReferenced(picture))
        #expect(try await store.delete([second.id]) == [])
        #expect(try await store.usage(of: nil) == StorageUsage(files: 0, bytes: 0))
    }

    @Test("The contents of all parts are those of all records", arguments: StoreEngine.allCases)
    func shards(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        var expected: [StoredContent] = []
        for number in 0..<60 {
            let attachment = Self.attachment(number, from: nil, thumbnail: number % 2 == 0 ? 1_000 + number : nil)
            _ = try await store.add(attachment, within: Self.quota)
            expected += attachment.files
        }
        _ = try await store.add(Self.attachment(2_000, .infected(finding: "x")), within: Self.quota)
        var found: [StoredContent] = []
        for shard in FileStorage.shards {
            let contents = try await store.references(in: shard)
            #expect(contents.allSatisfy { $0.digest.rawValue.hasPrefix(shard) })
            found += contents
        }
        #expect(found.sorted { $0.digest < $1.digest } == expected.sorted { $0.digest < $1.digest })
    }

    @Test("All or none of some records are claimed, once, by their owner", arguments: StoreEngine.allCases)
    func claims(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let mine = [Self.attachment(1), Self.attachment(2)]
        let others = [
            Self.attachment(3, from: PersonID(rawValue: 8)), Self.attachment(4, from: nil),
            Self.attachment(5, .infected(finding: "x")),
        ]
        for attachment in mine + others { _ = try await store.add(attachment, within: Self.quota) }
        for other in others.map(\.id) + [AttachmentID(), mine[0].id] {
            #expect(try await !store.claim([mine[0].id, other], of: Self.owner, at: Self.start))
        }
        #expect(try await store.attachment(mine[0].id)?.claimed == nil)
        #expect(try await store.claim(mine.map(\.id), of: Self.owner, at: Self.start))
        #expect(try await store.attachment(mine[0].id)?.claimed == Self.start)
        #expect(try await !store.claim([mine[1].id], of: Self.owner, at: Self.start))
        #expect(try await store.claim([others[1].id], of: nil, at: Self.start))
    }

    @Test("Only unclaimed records that are old enough expire, the oldest first", arguments: StoreEngine.allCases)
    func expiry(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let attachments = (0..<4).map { Self.attachment($0, after: Double($0)) }
        for attachment in attachments { _ = try await store.add(attachment, within: Self.quota) }
        #expect(try await store.claim([attachments[1].id], of: Self.owner, at: Self.start))
        let time = Self.start.addingTimeInterval(2.5)
        #expect(try await store.deleteUnclaimed(before: time, limit: 1) == attachments[0].files)
        #expect(try await store.deleteUnclaimed(before: time, limit: 9) == attachments[2].files)
        #expect(try await store.deleteUnclaimed(before: time, limit: 9) == [])
        #expect(try await store.attachments(of: Self.owner).map(\.id) == [attachments[1].id, attachments[3].id])
    }

    @Test("All records of a person are deleted and no other", arguments: StoreEngine.allCases)
    func erasure(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let other = Self.attachment(9, from: PersonID(rawValue: 8))
        for attachment in [Self.attachment(1), Self.attachment(2), other, Self.attachment(3, from: nil)] {
            _ = try await store.add(attachment, within: Self.quota)
        }
        #expect(try await store.deleteAll(of: Self.owner).count == 2)
        #expect(try await store.usage(of: Self.owner) == StorageUsage(files: 0, bytes: 0))
        #expect(try await store.usage(of: nil) == StorageUsage(files: 2, bytes: 20))
        #expect(try await store.attachment(other.id) == other)
    }

    @Test(
        "Scans are taken when due, oldest first, again when their lease ends, and not twice",
        arguments: StoreEngine.allCases
    )
    func scans(engine: StoreEngine) async throws {
        let store = try engine.stores().attachments
        let waiting = (0..<3).map { Self.attachment($0, .awaitingScan, after: Double($0)) }
        for attachment in waiting + [Self.attachment(9)] { _ = try await store.add(attachment, within: Self.quota) }
        func claim(after seconds: Double, limit: Int = 9) async throws -> [AwaitedScan] {
            try await store.claimScans(at: Self.start.addingTimeInterval(seconds), limit: limit, lease: .seconds(100))
        }
        #expect(try await claim(after: -1) == [])
        #expect(try await claim(after: 1.5, limit: 1).map(\.attachment) == [waiting[0]])
        #expect(try await claim(after: 5).map(\.attachment) == [waiting[1], waiting[2]])
        #expect(try await claim(after: 99) == [])
        #expect(try await claim(after: 102).map(\.attempts) == [2])
        try await store.postponeScan(waiting[0].id, until: Self.start.addingTimeInterval(50))
        #expect(try await claim(after: 60).map(\.attachment.id) == [waiting[0].id])
        try await store.markAvailable(waiting[1].id)
        #expect(try await store.attachment(waiting[1].id)?.state == .available)
        #expect(try await store.markInfected(waiting[2].id, finding: "x") == waiting[2].files)
        #expect(try await store.attachment(waiting[2].id)?.state == .infected(finding: "x"))
        #expect(try await store.usage(of: nil).files == 3)
        #expect(try await store.markInfected(waiting[2].id, finding: "y") == [])
        #expect(try await claim(after: 9_999).map(\.attachment.id) == [waiting[0].id])
        // A verdict that comes late does not change what was decided.
        try await store.markAvailable(waiting[2].id)
        #expect(try await store.attachment(waiting[2].id)?.state == .infected(finding: "x"))
    }

    @Test(
        "Processes that add at the same time never exceed a quota, nor take a scan twice",
        arguments: StoreEngine.allCases
    )
    func concurrent(engine: StoreEngine) async throws {
        let connections = try engine.connections(2)
        let quota = StorageQuota(person: StorageUsage(files: 25, bytes: 10_000), totalBytes: 100_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                let store = connections[number % 2].attachments
                group.addTask { _ = try await store.add(Self.attachment(number, .awaitingScan), within: quota) }
            }
            try await group.waitForAll()
        }
        #expect(try await connections[0].attachments.usage(of: Self.owner) == StorageUsage(files: 25, bytes: 250))
        let taken = try await withThrowingTaskGroup { group in
            for number in 0..<6 {
                let store = connections[number % 2].attachments
                group.addTask {
                    var ids: [AttachmentID] = []
                    while case let batch = try await store.claimScans(at: Self.start, limit: 3, lease: .seconds(99)),
                        !batch.isEmpty
                    {
                        ids += batch.map(\.attachment.id)
                    }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == 25 && Set(taken).count == 25)
    }
}
