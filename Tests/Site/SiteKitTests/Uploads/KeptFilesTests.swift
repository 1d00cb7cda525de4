import Civic
import Foundation
import TestSupport
import Testing

@testable import SiteKit

@Suite("Files of unfinished forms") struct KeptFilesTests {
    private let folder: TemporaryFolder
    private let root: URL
    private let owner = FormOwner.browser(Data([1]))
    private let person = FormOwner.person(PersonID(rawValue: 7))

    init() throws {
        folder = try TemporaryFolder()
        root = folder.url.appending(path: "unfinished")
    }

    private func upload(_ name: String = "a.jpg", size: Int = 3) throws -> UploadedFile {
        let url = folder.url.appending(path: UUID().uuidString)
        try Data(repeating: 1, count: size).write(to: url)
        return UploadedFile(field: "photos", name: name, format: .jpeg, size: size, url: url)
    }

    private func found(_ ids: [String], _ files: KeptFiles, _ owner: FormOwner) -> [KeptFile] {
        files.files(ids, of: "photos", in: "/form", for: owner)
    }

    @Test("A file is found by its owner only, for its form and field only, once, and can be moved away")
    func owners() throws {
        let files = KeptFiles(root)
        let other = FormOwner.browser(Data([2]))
        let kept = try files.keep(try upload(), of: "/form", for: owner)
        let strange = try files.keep(try upload(), of: "/form", for: other)
        #expect(found([kept.id, kept.id], files, owner) == [kept])
        #expect(files.files([kept.id], of: "plan", in: "/form", for: owner).isEmpty)
        #expect(files.files([kept.id], of: "photos", in: "/other", for: owner).isEmpty)
        for id in [kept.id, "../\(owner.folderName)/\(kept.id)", "", kept.id + ".json", "."] {
            #expect(found([id], files, other).isEmpty, "\(id)")
            files.delete([id], of: other)
        }
        #expect(found([kept.id], files, owner) == [kept] && found([strange.id], files, other) == [strange])
        let target = folder.url.appending(path: "kept.jpg")
        try files.move(kept, of: owner, to: target)
        #expect(try Data(contentsOf: target) == Data(repeating: 1, count: 3))
        #expect(found([kept.id], files, owner).isEmpty)
    }

    @Test("Removed and expired files are deleted, and those of an erased account")
    func deletion() throws {
        let files = KeptFiles(root)
        try files.deleteExpired()
        try files.deleteAll(of: PersonID(rawValue: 7))
        let kept = try (0..<3).map { try files.keep(try upload("\($0).jpg"), of: "/form", for: person) }
        files.delete([kept[0].id], of: person)
        #expect(found(kept.map(\.id), files, person) == Array(kept.dropFirst()))
        try files.deleteExpired()
        #expect(try files.files(of: PersonID(rawValue: 7)).map(\.name) == ["1.jpg", "2.jpg"])
        let later = KeptFiles(root) { Date() + KeptFiles.lifetime + 60 }
        try later.deleteExpired()
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).isEmpty)
        let others = try files.keep(try upload(), of: "/form", for: owner)
        _ = try files.keep(try upload(), of: "/form", for: person)
        try files.deleteAll(of: PersonID(rawValue: 7))
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path) == [owner.folderName])
        #expect(found([others.id], files, owner) == [others])
    }

    @Test("A file that is named again is kept for another day, for thirty days at most")
    func touched() throws {
        let start = Date()
        let kept = try KeptFiles(root).keep(try upload(), of: "/form", for: owner)
        func isThere(after hours: Double, isNamed: Bool) throws -> Bool {
            let files = KeptFiles(root) { start + hours * 3_600 }
            try files.deleteExpired()
            if isNamed { return found([kept.id], files, owner) == [kept] }
            return FileManager.default.fileExists(atPath: root.appending(path: "\(owner.folderName)/\(kept.id)").path)
        }
        for hours in stride(from: 20.0, to: 719, by: 20) {
            #expect(try isThere(after: hours, isNamed: true), "\(hours)")
        }
        #expect(try isThere(after: 719, isNamed: false))
        #expect(try !isThere(after: 721, isNamed: false))
        let other = try KeptFiles(root).keep(try upload(), of: "/form", for: owner)
        _ = found([other.id], KeptFiles(root) { start + 20 * 3_600 }, owner)
        let swept = KeptFiles(root) { start + 45 * 3_600 }
        try swept.deleteExpired()
        #expect(found([other.id], swept, owner).isEmpty)
    }

    @Test("The oldest files of an owner make room for new ones")
    func ownerLimits() throws {
        var limits = KeptFiles.Limits()
        #expect(limits.ownerFiles == 50 && limits.ownerBytes == 200_000_000)
        (limits.ownerFiles, limits.ownerBytes) = (3, 1_000)
        let files = KeptFiles(root, limits: limits)
        func keep(_ size: Int, minute: Double) throws -> String {
            let kept = try files.keep(try upload(size: size), of: "/form", for: owner)
            KeptFolder(root, owner).touch(kept.id, Date() - 3_600 + minute * 60)
            return kept.id
        }
        let small = try (0..<4).map { try keep(10, minute: Double($0)) }
        #expect(small.map { KeptFolder(root, owner).file($0) != nil } == [false, true, true, true])
        let large = try keep(985, minute: 5)
        #expect(found(small + [large], files, owner).map(\.id) == [small[3], large])
    }

    @Test("Browsers without a session cannot take the room of people, and beyond the limit nothing more is kept")
    func totalLimits() throws {
        let each = KeptFilesUsage.bytesOnDisk(3)
        #expect(KeptFilesUsage.bytesOnDisk(4_097) == 16_384)
        var limits = KeptFiles.Limits()
        #expect(limits.bytes == 2_000_000_000 && limits.browserBytes == 1_000_000_000)
        (limits.bytes, limits.browserBytes) = (4 * each, 2 * each)
        func keep(_ files: KeptFiles, _ owner: FormOwner) throws -> KeptFile {
            try files.keep(try upload(), of: "/form", for: owner)
        }
        let files = KeptFiles(root, limits: limits)
        // A new cookie makes a new owner.
        let browsers = (1...3).map { FormOwner.browser(Data([$0])) }
        let first = try keep(files, browsers[0])
        let second = try keep(files, browsers[1])
        #expect(throws: CivicError.storeBusy) { try keep(files, browsers[2]) }
        let own = try (0..<2).map { _ in try keep(files, person) }
        #expect(throws: CivicError.storeBusy) { try keep(files, person) }
        // What is there when the server starts counts as well.
        let restarted = KeptFiles(root, limits: limits)
        #expect(throws: CivicError.storeBusy) { try keep(restarted, person) }
        // Whatever frees room frees it for others.
        files.delete([first.id, first.id], of: browsers[0])
        let third = try keep(files, browsers[2])
        #expect(throws: CivicError.storeBusy) { try keep(files, browsers[0]) }
        try files.move(second, of: browsers[1], to: folder.url.appending(path: "moved"))
        _ = try keep(files, browsers[0])
        try files.deleteAll(of: PersonID(rawValue: 7))
        #expect(found(own.map(\.id), files, person).isEmpty)
        _ = try (0..<2).map { _ in try keep(files, person) }
        #expect(throws: CivicError.storeBusy) { try keep(files, person) }
        // The sweep notices what others did in the folder.
        try FileManager.default.removeItem(at: root.appending(path: browsers[2].folderName))
        #expect(throws: CivicError.storeBusy) { try keep(files, browsers[2]) }
        try files.deleteExpired()
        #expect(try keep(files, browsers[2]) != third)
        #expect(throws: CivicError.storeBusy) { try keep(files, browsers[2]) }
    }

    @Test("A file that cannot be kept takes no room")
    func failure() throws {
        var limits = KeptFiles.Limits()
        limits.bytes = KeptFilesUsage.bytesOnDisk(3)
        let files = KeptFiles(root, limits: limits)
        let gone = UploadedFile(
            field: "photos",
            name: "a",
            format: .jpeg,
            size: 3,
            url: folder.url.appending(path: "no")
        )
        #expect(throws: CocoaError.self) { try files.keep(gone, of: "/form", for: owner) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path + "/" + owner.folderName).isEmpty)
        _ = try files.keep(try upload(), of: "/form", for: owner)
    }

    @Test("What cannot be swept does not keep the rest from being deleted")
    func sweep() throws {
        let files = KeptFiles(root)
        for number in 1...5 { _ = try files.keep(try upload(), of: "/form", for: .browser(Data([UInt8(number)]))) }
        for name in ["0", "7", "zzz"] { try Data().write(to: root.appending(path: name)) }
        #expect(throws: (any Error).self) {
            try KeptFiles(root, now: { Date() + KeptFiles.lifetime + 60 }).deleteExpired()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() == ["0", "7", "zzz"])
    }
}
