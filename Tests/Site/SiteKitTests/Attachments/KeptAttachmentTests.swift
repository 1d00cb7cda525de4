import Attachments
import Civic
import Foundation
import Geo
import TestSupport
import Testing

@testable import SiteKit

/// Kept files whose bytes are in the store of attachments.
@Suite struct KeptAttachmentTests {
    private let folder: TemporaryFolder
    private let root: URL
    private let owner = FormOwner.browser(Data([1]))

    init() throws {
        folder = try TemporaryFolder()
        root = folder.url.appending(path: "unfinished")
    }

    private func upload(size: Int) throws -> UploadedFile {
        let url = folder.url.appending(path: UUID().uuidString)
        try Data(repeating: 1, count: size).write(to: url)
        return UploadedFile(field: "photos", name: "a.jpg", format: .jpeg, size: size, url: url)
    }

    private func attachment() -> KeptAttachment {
        let record = AttachedFile(
            id: AttachmentID(),
            owner: nil,
            name: "a.jpg",
            format: .jpeg,
            content: StoredContent(digest: FileDigest(of: Data([1])), size: 1),
            thumbnail: nil,
            state: .awaitingScan,
            received: Date()
        )
        return KeptAttachment(record, position: Coordinate(longitude: 76.945, latitude: 43.238))
    }

    @Test("A kept attachment counts with its size, holds none of its bytes, and comes back with its position")
    func placeholder() throws {
        var limits = KeptFiles.Limits()
        limits.ownerBytes = 2_500_000
        let files = KeptFiles(root, limits: limits)
        let kept = try files.keep(try upload(size: 1_000_000), of: "/form", for: owner, as: attachment())
        let found = try #require(files.files([kept.id], of: "photos", in: "/form", for: owner).first)
        #expect(found == kept && found.size == 1_000_000)
        let position = try #require(found.attachment?.position)
        #expect(position == Coordinate(longitude: 76.945, latitude: 43.238))
        let first = try #require(kept.attachment?.id)
        #expect(files.attachments([kept.id, "x"], of: owner) == [first])
        let place = root.appending(path: "\(owner.folderName)/\(kept.id)")
        let bytes = try Data(contentsOf: place)
        #expect(bytes.count == 1_000_000 && !bytes.contains(1))
        // The oldest makes room, and its attachment is released.
        let more = try (0..<2).map { _ in
            try files.keep(try upload(size: 1_000_000), of: "/form", for: owner, as: attachment())
        }
        #expect(files.released.takeAll() == [first])
        #expect(files.released.takeAll() == [])
        files.delete(more.map(\.id) + more.map(\.id), of: owner)
        #expect(files.released.takeAll() == more.compactMap { $0.attachment?.id })
    }

    @Test("The attachments of expired files are released, and those of others are not")
    func expiry() throws {
        let files = KeptFiles(root)
        let old = try files.keep(try upload(size: 9), of: "/form", for: owner, as: attachment())
        _ = try files.keep(try upload(size: 9), of: "/form", for: owner)
        let later = KeptFiles(root) { Date() + KeptFiles.lifetime + 60 }
        let fresh = try later.keep(try upload(size: 9), of: "/form", for: owner, as: attachment())
        for path in [fresh.id, fresh.id + ".json"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date() + KeptFiles.lifetime],
                ofItemAtPath: root.appending(path: "\(owner.folderName)/\(path)").path
            )
        }
        try later.deleteExpired()
        let released = try #require(old.attachment?.id)
        #expect(later.released.takeAll() == [released])
        #expect(later.file(fresh.id, of: owner) == fresh)
    }

    @Test("A browser's attachment keeps its record when the person takes it over")
    func adoption() throws {
        let files = KeptFiles(root)
        let kept = try files.keep(try upload(size: 9), of: "/form", for: owner, as: attachment())
        try files.adopt([kept.id], of: owner, by: PersonID(rawValue: 7))
        #expect(files.file(kept.id, of: .person(PersonID(rawValue: 7))) == kept)
        #expect(files.file(kept.id, of: owner) == nil && files.released.takeAll() == [])
    }
}
