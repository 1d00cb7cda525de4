import Civic
import Foundation
import TestSupport
import Testing

@testable import SiteKit

@Suite("Files of unfinished forms") struct KeptFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func upload(_ name: String) throws -> UploadedFile {
        let url = folder.url.appending(path: UUID().uuidString)
        try Data(repeating: 1, count: 3).write(to: url)
        return UploadedFile(field: "photos", name: name, format: .jpeg, size: 3, url: url)
    }

    @Test("A file is found by its owner only, for its field only, and can be moved away")
    func owners() throws {
        let files = KeptFiles(folder.url.appending(path: "unfinished"))
        let (owner, other) = (FormOwner.browser(Data([1])), FormOwner.browser(Data([2])))
        let kept = try files.keep(try upload("a.jpg"), for: owner)
        #expect(files.files([kept.id], of: "photos", for: owner) == [kept])
        #expect(files.files([kept.id], of: "photos", for: other).isEmpty)
        #expect(files.files([kept.id], of: "plan", for: owner).isEmpty)
        #expect(files.files(["../\(kept.id)", "", kept.id + ".json"], of: "photos", for: owner).isEmpty)
        files.delete([kept.id], of: other)
        let target = folder.url.appending(path: "kept.jpg")
        try files.move(kept, of: owner, to: target)
        #expect(try Data(contentsOf: target) == Data(repeating: 1, count: 3))
        #expect(files.files([kept.id], of: "photos", for: owner).isEmpty)
    }

    @Test("Removed, sent and expired files are deleted")
    func deletion() throws {
        let root = folder.url.appending(path: "unfinished")
        let files = KeptFiles(root)
        try files.deleteExpired()
        let owner = FormOwner.person(PersonID(rawValue: 7))
        let kept = try (0..<3).map { try files.keep(try upload("\($0).jpg"), for: owner) }
        files.delete([kept[0].id], of: owner)
        #expect(files.files(kept.map(\.id), of: "photos", for: owner) == Array(kept.dropFirst()))
        try files.deleteExpired()
        #expect(files.files(kept.map(\.id), of: "photos", for: owner).count == 2)
        let later = KeptFiles(root) { Date() + KeptFiles.lifetime + 60 }
        try later.deleteExpired()
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).isEmpty)
        _ = try files.keep(try upload("a.jpg"), for: owner)
        files.deleteAll(of: owner)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).isEmpty)
    }
}
